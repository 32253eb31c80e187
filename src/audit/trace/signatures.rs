//! Documents that are as a whole like a passage, by the signatures that the set has kept of them.

use arrow::array::AsArray;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::passage::Passage;
use super::{Texts, TraceError};
use crate::dedup::minhash::MinHash;
use crate::dedup::minhash::config::Config;
use crate::shard::reader::ShardReader;
use crate::shard::schema;

/// Id and estimated similarity, the most alike first.
pub type Alike = Vec<(String, f64)>;

/// For each passage the documents whose estimated Jaccard similarity to it is at least `share`; none if the set has kept
/// no signatures.
pub fn alike(texts: &Texts<'_>, passages: &[Passage], share: f64) -> Result<Vec<Alike>, TraceError> {
    let Some(minhash) = stage(texts).filter(|_| !texts.record.signatures.is_empty()) else {
        return Ok(vec![Alike::new(); passages.len()]);
    };
    let keys: Vec<Vec<u8>> = passages
        .iter()
        .map(|passage| {
            let mut key = Vec::with_capacity(minhash.key_bytes());
            minhash.push_key(&passage.text, &mut key);
            key
        })
        .collect();
    let files: Result<Vec<Vec<Alike>>, TraceError> = texts
        .record
        .signatures
        .par_iter()
        .map(|file| {
            let mut found = vec![Alike::new(); passages.len()];
            let mut other = Vec::with_capacity(minhash.key_bytes());
            for batch in ShardReader::open(texts.store, &texts.root.join(&file.path), &schema::SIGNATURES)? {
                let batch = batch?;
                let ids = batch.column(0).as_string::<i32>();
                let [bands, rows] = [1, 2].map(|column| batch.column(column).as_binary::<i32>());
                for row in 0..batch.num_rows() {
                    other.clear();
                    other.extend_from_slice(bands.value(row));
                    other.extend_from_slice(rows.value(row));
                    if other.len() != minhash.key_bytes() {
                        continue;
                    }
                    for (key, found) in keys.iter().zip(&mut found) {
                        let similarity = f64::from(minhash.similarity(key, &other));
                        if similarity >= share {
                            found.push((ids.value(row).to_owned(), similarity));
                            cut(found, 2 * texts.matches_max, texts.matches_max);
                        }
                    }
                }
            }
            Ok(found)
        })
        .collect();
    let mut all = vec![Alike::new(); passages.len()];
    for file in files? {
        all.iter_mut().zip(file).for_each(|(all, found)| all.extend(found));
    }
    all.iter_mut().for_each(|all| cut(all, 0, texts.matches_max));
    Ok(all)
}

/// Keeps the most alike, if there are more than `from`.
fn cut(found: &mut Alike, from: usize, matches_max: usize) {
    if found.len() > from {
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(matches_max);
    }
}

/// The stage that made the signatures, as the manifest has it.
fn stage(texts: &Texts<'_>) -> Option<MinHash> {
    let stages = texts.record.plan.stages.as_array()?.iter();
    let configs = stages.filter_map(|stage| serde_json::from_value(stage["stage"]["dedup"]["minhash"].clone()).ok());
    let config = configs.into_iter().find(|config: &Config| config.signatures)?;
    Config { against: Vec::new(), ..config }.build().ok()
}
