//! How to cite a set: an entry of BibTeX for the card, and `CITATION.cff` on request.
//!
//! `CITATION.cff` is Citation File Format 1.2.0. Who made a set and when is for its maker to say, in `[about]`; what
//! is not said is left out, but for the authors, which the format asks for.

use std::fmt::Write;

use super::escape::{latex, quoted, quoted_long};
use crate::ledger::run_record::RunRecord;

/// Stands where the maker did not say who made the set.
const UNNAMED: &str = "Maker not stated";
/// Licenses of data that the format's list of names has; others are left out, since a name off that list is refused.
const LICENSES: [&str; 16] = [
    "CC0-1.0",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-ND-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "ODbL-1.0",
    "ODC-By-1.0",
    "PDDL-1.0",
    "CDLA-Permissive-1.0",
    "Apache-2.0",
    "MIT",
    "etalab-2.0",
];

/// The entry of BibTeX.
pub fn bibtex(record: &RunRecord) -> String {
    let about = &record.about;
    let title = about.title.as_deref().unwrap_or(&record.name);
    let mut fields = vec![("title", format!("{{{}}}", latex(title)))];
    if !about.curators.is_empty() {
        let authors: Vec<_> = about.curators.iter().map(|curator| format!("{{{}}}", latex(curator))).collect();
        fields.push(("author", authors.join(" and ")));
    }
    if let Some(year) = year(record) {
        fields.push(("year", year.to_owned()));
    }
    if let Some(version) = &about.version {
        fields.push(("version", latex(version)));
    }
    if let Some(homepage) = &about.homepage {
        fields.push(("howpublished", format!("\\url{{{}}}", homepage.replace(['{', '}', '\\', '`'], ""))));
    }
    let digest = record.plan.digest.get(..16).unwrap_or(&record.plan.digest);
    let note = format!("Made with {} {}, plan {digest}", record.tool.name, record.tool.version);
    fields.push(("note", latex(&note)));
    let mut out = format!("@misc{{{},\n", key(record));
    for (name, value) in fields {
        writeln!(out, "  {name} = {{{value}}},").expect("a string takes all that is written to it");
    }
    out + "}"
}

/// Letters and digits of the set's name, and the year.
fn key(record: &RunRecord) -> String {
    let name: String = record.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let name = name.trim_matches('_');
    let name = if name.is_empty() { "set" } else { name };
    year(record).map_or_else(|| name.to_owned(), |year| format!("{name}_{year}"))
}

/// The year of publication, or that of the last capture.
fn year(record: &RunRecord) -> Option<&str> {
    let last = record.statistics.captures.as_ref().map(|span| span.last.as_str());
    let year = record.about.published.as_deref().or(last)?.get(..4)?;
    year.bytes().all(|byte| byte.is_ascii_digit()).then_some(year)
}

/// `CITATION.cff`.
pub fn cff(record: &RunRecord) -> String {
    let about = &record.about;
    let mut out = String::from("cff-version: 1.2.0\n");
    let mut line = |text: String| writeln!(out, "{text}").expect("a string takes all that is written to it");
    line(format!("message: {}", quoted("If you use this data set, please cite it as below.")));
    line(String::from("type: dataset"));
    line(format!("title: {}", quoted(about.title.as_deref().unwrap_or(&record.name))));
    line(String::from("authors:"));
    match about.curators.as_slice() {
        [] => line(format!("- name: {}", quoted(UNNAMED))),
        curators => curators.iter().for_each(|curator| line(format!("- name: {}", quoted(curator)))),
    }
    if let Some(description) = &about.description {
        line(format!("abstract: {}", quoted_long(description.trim())));
    }
    if let Some(version) = &about.version {
        line(format!("version: {}", quoted(version)));
    }
    if let Some(published) = &about.published {
        line(format!("date-released: {}", quoted(published)));
    }
    let is_web = |address: &&String| address.starts_with("https://") || address.starts_with("http://");
    if let Some(homepage) = about.homepage.as_ref().filter(is_web) {
        line(format!("url: {}", quoted(homepage)));
    }
    if let Some(license) = about.license.as_deref().filter(|license| LICENSES.contains(license)) {
        line(format!("license: {license}"));
    }
    line(format!(
        "identifiers:\n- type: other\n  value: {}\n  description: {}",
        quoted(&format!("sha256:{}", record.plan.digest)),
        quoted(&format!("Digest of the plan by which {} {} made the set", record.tool.name, record.tool.version)),
    ));
    line(String::from("keywords:\n- training data\n- web text"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::example;

    #[test]
    fn what_is_not_said_is_left_out() {
        let bare = example::bare();
        let digest = "0".repeat(16);
        assert_eq!(
            bibtex(&bare),
            format!(
                "@misc{{bare_set,\n  title = {{{{bare-set}}}},\n  note = {{Made with gristmill 0.0.0, plan {digest}}},\n}}"
            )
        );
        let cff = cff(&bare);
        assert!(cff.contains("- name: \"Maker not stated\"\n") && !cff.contains("version: \""), "{cff}");
    }

    #[test]
    fn what_is_said_stands_in_both() {
        let rich = example::rich();
        let (entry, cff) = (bibtex(&rich), cff(&rich));
        let author = "author = {{Mill Friends \\& Sons} and {A. Miller}},";
        assert!(entry.starts_with("@misc{rich_set_2026,\n  title = {{A set that has everything}},\n"), "{entry}");
        assert!(entry.contains(author) && entry.contains("\\url{https://mills.example.org/set}"), "{entry}");
        for line in ["version: \"1.2.0\"", "date-released: \"2026-02-03\"", "license: ODC-By-1.0"] {
            assert!(cff.contains(&format!("\n{line}\n")), "{line} is not in {cff}");
        }
    }

    #[test]
    fn the_year_is_that_of_the_last_capture_where_nobody_says_another() {
        let mut record = example::rich();
        record.about.published = None;
        assert_eq!(year(&record), Some("2026"));
        record.statistics.captures = None;
        assert_eq!(year(&record), None);
    }

    #[test]
    fn nothing_breaks_out() {
        let mut record = example::rich();
        record.about.title = Some("a}\n```\n\"x\": y".into());
        record.about.license = Some("MIT\nfoo: bar".into());
        assert!(bibtex(&record).contains("title = {{a\\}\u{FFFD}'''\u{FFFD}\"x\": y}},"), "{}", bibtex(&record));
        let cff = cff(&record);
        assert!(cff.contains("title: \"a}\u{FFFD}```\u{FFFD}\\\"x\\\": y\"\n") && !cff.contains("foo"), "{cff}");
    }
}
