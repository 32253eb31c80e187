//! Labeled pages: read from a folder with `html/ID.html.gz` and `ground-truth.jsonl.gz`, parsed once, cut into folds.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use serde::Deserialize;

use gristmill::extract::blocks::Blocks;
use gristmill::extract::html::limits::Limits;
use gristmill::extract::html::tree::{Page, Tree};
use gristmill::extract::{Hints, charset};

/// Folds of cross-validation.
pub const FOLDS: usize = 5;

#[derive(Deserialize)]
struct Entry {
    file_id: String,
    url: Option<String>,
    page_type: String,
    main_content: String,
}

/// A page with its truth.
pub struct Labeled {
    /// Bytes as saved.
    pub payload: Vec<u8>,
    /// Address; empty if it is not known.
    pub url: String,
    /// Kind of page, as labeled.
    pub kind: String,
    /// The main text, as labeled.
    pub truth: String,
    /// Which fold it is tested in.
    pub fold: usize,
    /// Its registrable domain, as a number.
    pub domain: usize,
    source: String,
    tree: Tree,
    /// Its blocks.
    pub blocks: Blocks,
}

impl Labeled {
    /// The page as parsed.
    pub fn page(&self) -> Page<'_> {
        Page { source: &self.source, tree: &self.tree }
    }
}

/// All pages of a set. Pages of one domain are in one fold; folds have about as many pages each.
pub fn read(folder: &Path) -> Result<Vec<Labeled>> {
    let truth = text(&folder.join("ground-truth.jsonl.gz"))?;
    let entries = truth.lines().map(serde_json::from_str::<Entry>).collect::<Result<Vec<_>, _>>()?;
    let domains = domains(&entries);
    let folds = folds(&domains);
    let read = |(entry, domain): (Entry, usize)| {
        let path = folder.join("html").join(format!("{}.html.gz", entry.file_id));
        Ok(labeled(entry, bytes(&path)?, domain, folds[domain]))
    };
    entries.into_par_iter().zip(domains.clone()).map(read).collect()
}

fn labeled(entry: Entry, payload: Vec<u8>, domain: usize, fold: usize) -> Labeled {
    let url = entry.url.unwrap_or_default();
    let source = charset::decode(&payload, &Hints { http_charset: None, url: &url }).text.into_owned();
    let (mut tree, mut blocks) = (Tree::default(), Blocks::default());
    if tree.parse(&source, &Limits::default()).is_ok() {
        blocks.fill(Page { source: &source, tree: &tree });
    }
    Labeled { payload, url, kind: entry.page_type, truth: entry.main_content, fold, domain, source, tree, blocks }
}

/// Numbers of domains; a page without an address is a domain of its own.
fn domains(entries: &[Entry]) -> Vec<usize> {
    let mut numbers = HashMap::new();
    let host = |url: &str| url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let name = |entry: &Entry| {
        let host = entry.url.as_deref().and_then(host).unwrap_or_else(|| entry.file_id.clone());
        psl::domain_str(&host).map_or(host.clone(), str::to_owned)
    };
    entries
        .iter()
        .map(|entry| {
            let next = numbers.len();
            *numbers.entry(name(entry)).or_insert(next)
        })
        .collect()
}

/// Largest domains first, each into the fold that has the fewest pages so far.
fn folds(domains: &[usize]) -> Vec<usize> {
    let mut sizes = BTreeMap::new();
    for domain in domains {
        *sizes.entry(*domain).or_insert(0_usize) += 1;
    }
    let mut order: Vec<_> = sizes.into_iter().collect();
    // Domains are numbered in the order of the set; mixed, so that neighbors are not in one fold by rule.
    order.sort_by_key(|(domain, pages)| (usize::MAX - pages, domain.wrapping_mul(0x9E37_79B9) & 0xFFFF_FFFF));
    let mut filled = [0; FOLDS];
    let mut folds = vec![0; order.len()];
    for (domain, pages) in order {
        let fold = (0..FOLDS).min_by_key(|fold| filled[*fold]).unwrap_or(0);
        folds[domain] = fold;
        filled[fold] += pages;
    }
    folds
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let file = File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    MultiGzDecoder::new(file).read_to_end(&mut out).with_context(|| format!("{} is no gzip file", path.display()))?;
    Ok(out)
}

fn text(path: &Path) -> Result<String> {
    String::from_utf8(bytes(path)?).with_context(|| format!("{} is not UTF-8", path.display()))
}
