//! What is known to be wrong with a set, or may be: sentences with the figures that the run measured.

use super::making;
use crate::card::escape;
use crate::ledger::figures::FigureRecord;
use crate::ledger::funnel::{counted, grouped, share};
use crate::ledger::run_record::{RunRecord, is_damage};

/// A similarity at which readers would call two texts the same but for some words.
const ALIKE: f64 = 0.8;

/// The sentences, one a limit, in Markdown.
pub fn of(record: &RunRecord) -> Vec<String> {
    let mut limits = vec![damage(record)];
    let set = &record.statistics;
    let total = set.total.documents;
    if set.truncated > 0 {
        let documents = counted(set.truncated, "document");
        limits.push(format!(
            "**Cut pages.** {documents} came from a page that the crawler had cut, so the end of the \
            text may be missing; the column `truncated` says why."
        ));
    }
    if let Some(FigureRecord { mean, p10, .. }) = figure(record, "extraction_expected_f1") {
        limits.push(format!(
            "**Main text.** A program told the text from the rest of the page, and errs: it expects \
            to be right by {mean:.2} on average, and by less than {p10:.2} for a tenth of the \
            documents (F1 of words: 1 means that nothing is missing and nothing is too much)."
        ));
    }
    if let Some(FigureRecord { p10, .. }) = figure(record, "language_score") {
        let unknown = set.languages.get("und").map(|amount| counted(amount.documents, "document"));
        let unknown = unknown.map(|documents| format!(", and none for {documents}")).unwrap_or_default();
        limits.push(format!(
            "**Language.** A program found the language, with a score of less than {p10:.2} for a \
            tenth of the documents (1 is sure){unknown}. Languages that resemble each other are mixed up \
            more often than others."
        ));
    }
    limits.extend(licenses(record));
    limits.extend(reservations(record));
    limits.extend(duplicates(record));
    limits.push(personal_data(record));
    if record.domain_spread.domains > 0 {
        let largest = share(record.domain_spread.of_largest, total);
        limits.push(format!(
            "**Few voices.** The domain with the most documents gave {largest} of them. Crawls hold \
            what is linked to and may be fetched: people and countries that publish little on the \
            web are heard little."
        ));
    }
    limits.push(content(record));
    limits
}

fn damage(record: &RunRecord) -> String {
    let damaged: u64 = record.inputs.iter().map(|input| input.damaged).sum();
    let first = record.funnel.stages().first();
    let reasons = first.into_iter().flat_map(|stage| &stage.dropped).filter(|(reason, _)| is_damage(reason));
    let reasons: Vec<_> =
        reasons.map(|(reason, count)| format!("{} {}", escape::code(reason), grouped(*count))).collect();
    let records = counted(damaged, "record");
    let mut words = match damaged {
        0 => String::from("**Damage.** All records of the crawl files could be read."),
        _ => format!("**Damage.** {records} of the crawl files could not be read: {}.", reasons.join(", ")),
    };
    let repairs: u64 = record.repairs.values().sum();
    if repairs > 0 {
        let kinds = record.repairs.iter().map(|(kind, count)| format!("{} {}", escape::code(kind), grouped(*count)));
        words +=
            &format!(" {} lost nothing: {}.", counted(repairs, "other fault"), kinds.collect::<Vec<_>>().join(", "));
    }
    words
}

fn licenses(record: &RunRecord) -> Option<String> {
    let set = &record.statistics;
    if set.scopes.is_empty() {
        return None;
    }
    let count = |word: &str| set.confidences.get(word).copied().unwrap_or_default();
    let (unsure, all) = (count("medium") + count("weak"), set.confidences.values().sum());
    Some(format!(
        "**Licenses.** A license is what a page states, as a program read it. Nobody checked whether whoever states \
            it had the right to. Of {} with a verdict, {} ({}) rest on medium or weak evidence.",
        counted(all, "document"),
        grouped(unsure),
        share(unsure, all)
    ))
}

fn reservations(record: &RunRecord) -> Option<String> {
    let reserved = record.statistics.reservations.get("reserved").copied().filter(|reserved| *reserved > 0)?;
    let (documents, verb) =
        (counted(reserved, "document"), if reserved == 1 { "reserves its" } else { "reserve their" });
    Some(format!("**Reserved rights.** {documents} of the set {verb} rights against text and data mining."))
}

fn duplicates(record: &RunRecord) -> Vec<String> {
    let stages = making::plan(record).filter_map(|(name, stage)| Some((name, making::bands_and_rows(stage)?)));
    let limits: Vec<_> = stages
        .map(|(name, (bands, rows))| {
            let missed = 1.0 - making::probability(ALIKE, bands, rows);
            format!(
                "**Near-duplicates.** `{name}` does not find all of them: of two texts that share {:.0} % of \
                their word sequences it misses {:.1} %, and of those that are less alike more.",
                100.0 * ALIKE,
                100.0 * missed
            )
        })
        .collect();
    if limits.is_empty() {
        return vec![String::from(
            "**Near-duplicates.** No stage looked for them, so many texts may be in the set more than once.",
        )];
    }
    limits
}

fn personal_data(record: &RunRecord) -> String {
    match making::masking_stages(record).is_empty() {
        true => String::from(
            "**Personal data.** It was not masked. The texts hold what their pages hold: names, addresses, telephone \
                numbers.",
        ),
        false => String::from(
            "**Personal data.** Only values that have a form of their own were masked. Names, postal addresses and \
                numbers in national form are still there, and the columns `url`, `title` and `author` were not \
                masked. The set is not anonymous.",
        ),
    }
}

fn content(record: &RunRecord) -> String {
    let has = |kind: &str| making::plan(record).any(|(name, _)| name.split('#').next() == Some(kind));
    let mut words =
        String::from("**Content.** No stage judges whether a text is true, lawful, kind, or fit for children");
    words +=
        if has("filter.fasttext_classifier") { ", but for what the plan's classifier was trained on." } else { "." };
    if !has("filter.contamination") {
        words += " No stage looked for the texts of tests by which models are measured.";
    }
    words
}

fn figure<'a>(record: &'a RunRecord, name: &str) -> Option<&'a FigureRecord> {
    record.figures.iter().find(|figure| figure.figure == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::example;

    #[track_caller]
    fn check(record: &RunRecord, expected: &[&str], absent: &[&str]) {
        let limits = of(record).join("\n");
        expected.iter().for_each(|words| assert!(limits.contains(words), "{words:?} is not in:\n{limits}"));
        absent.iter().for_each(|words| assert!(!limits.contains(words), "{words:?} is in:\n{limits}"));
    }

    #[test]
    fn limits_are_those_of_the_record() {
        let bare = ["could be read", "No stage looked for them", "It was not masked", "texts of tests"];
        check(
            &example::bare(),
            &bare,
            &["**Cut pages.**", "**Licenses.**", "**Few voices.**", "**Language.**", "**Reserved rights.**"],
        );
        let rich =
            ["2 records of the crawl files could not be read: `warc.bad_gzip` 2", "misses 7.6 %", "**Few voices.**"];
        check(&example::rich(), &["1 document of the set reserves its rights"], &[]);
        check(&example::rich(), &rich, &["It was not masked", "No stage looked for them"]);
    }
}
