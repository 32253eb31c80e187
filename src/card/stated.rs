//! What cards state of a set as a whole. What its maker did not say falls back to something that the record knows.

use super::visible;
use crate::ledger::funnel::{counted, grouped};
use crate::ledger::run_record::RunRecord;

/// Title for people: the maker's, else the set's name.
pub fn title(record: &RunRecord) -> String {
    visible::line(record.about.title.as_ref().unwrap_or(&record.name))
}

/// What the set is: the maker's words, else what the figures say.
pub fn description(record: &RunRecord) -> String {
    match &record.about.description {
        Some(description) => visible::lines(description),
        None => computed_description(record),
    }
}

fn computed_description(record: &RunRecord) -> String {
    let total = record.statistics.total;
    let files = counted(record.inputs.len() as u64, "crawl file");
    format!(
        "{} with {} bytes of text, made from {files} by {} {}. Every row names the byte range of the crawl record it was \
         made from, and the evidence for its license.",
        counted(total.documents, "document"),
        grouped(total.text_bytes),
        record.tool.name,
        record.tool.version
    )
}

/// Day of publication, `YYYY-MM-DD`: the maker's, else that of the last capture; none if there is no capture.
pub fn day(record: &RunRecord) -> Option<&str> {
    let captured = || record.statistics.captures.as_ref().and_then(|span| span.last.get(..10));
    let is_day = |day: &&str| day.parse::<chrono::NaiveDate>().is_ok();
    record.about.published.as_deref().or_else(captured).filter(is_day)
}

/// First and last capture; none if there is none, or if they are no moments as RFC 3339 writes them.
pub fn captures(record: &RunRecord) -> Option<[&str; 2]> {
    let span = record.statistics.captures.as_ref()?;
    let ends = [span.first.as_str(), span.last.as_str()];
    ends.iter().all(|moment| chrono::DateTime::parse_from_rfc3339(moment).is_ok()).then_some(ends)
}

/// A UUID made of the manifest's digest (version 8, RFC 9562), so that equal sets have the same one.
pub fn uuid(manifest_sha256: &str) -> String {
    let digits = &manifest_sha256[..32];
    // The two high bits of the digit at 16 are the variant, 10 in binary.
    let variant = digits.as_bytes()[16] as char;
    let variant = 8 + (variant.to_digit(16).expect("digests are written in hex") & 3);
    let [a, b, c, d, e] = [&digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..]];
    format!("{a}-{b}-8{c}-{variant:x}{d}-{e}")
}

/// Where to ask, as it is written: a mail address, or a web address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// A mail address.
    Mail(String),
    /// A web address, or words.
    Address(String),
}

/// Where to ask for removal, if the maker says so.
pub fn contact(record: &RunRecord) -> Option<Contact> {
    let contact = visible::line(record.about.contact.as_ref()?.trim());
    let mail = contact.strip_prefix("mailto:").unwrap_or(&contact);
    let is_mail = mail.matches('@').count() == 1 && !mail.contains([' ', '/', ':']);
    Some(if is_mail { Contact::Mail(mail.to_owned()) } else { Contact::Address(contact) })
}

/// The curators, as people read them.
pub fn curators(record: &RunRecord) -> impl Iterator<Item = String> + '_ {
    record.about.curators.iter().map(|curator| visible::line(curator))
}

/// The configurations of the set, the folders below `data/`, each once and in the order of the shards.
pub fn configs(record: &RunRecord) -> Vec<&str> {
    let mut configs: Vec<&str> = Vec::new();
    let folders = record.shards.iter().filter_map(|shard| shard.path.strip_prefix("data/")?.rsplit_once('/'));
    for (folder, _) in folders {
        // Shards of a configuration lie side by side, and there are at most some hundreds of configurations.
        if configs.last() != Some(&folder) && !configs.contains(&folder) {
            configs.push(folder);
        }
    }
    configs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::example;
    use crate::plan::about::About;

    #[test]
    fn what_the_maker_does_not_say_is_taken_from_the_record() {
        let silent = example::record();
        assert_eq!(title(&silent), "small-set");
        assert_eq!(day(&silent), Some("2026-01-19"));
        assert!(description(&silent).starts_with("3 documents with 2,500 bytes of text, made from 2 crawl files by"));
        assert_eq!(contact(&silent), None);
        let spoken = RunRecord { about: example::about(), ..silent };
        assert_eq!((title(&spoken).as_str(), day(&spoken)), ("A small set", Some("2026-02-03")));
        assert_eq!(description(&spoken), "Three pages about mills.");
    }

    #[test]
    fn a_set_without_captures_has_no_day() {
        let mut record = example::record();
        record.statistics.captures = None;
        assert_eq!(day(&record), None);
    }

    #[test]
    fn contacts_are_mail_or_web() {
        let check = |contact: &str, expected: Contact| {
            let about = About { contact: Some(contact.into()), ..About::default() };
            assert_eq!(super::contact(&RunRecord { about, ..example::record() }), Some(expected));
        };
        check("set@example.org", Contact::Mail("set@example.org".into()));
        check("mailto:set@example.org", Contact::Mail("set@example.org".into()));
        check("https://user@example.org/", Contact::Address("https://user@example.org/".into()));
        check("ask at the mill", Contact::Address("ask at the mill".into()));
    }

    #[test]
    fn the_uuid_has_version_8_and_the_right_variant() {
        let digest = "0123456789abcdef0123456789abcdef".repeat(2);
        assert_eq!(uuid(&digest), "01234567-89ab-8def-8123-456789abcdef");
        assert_eq!(uuid(&"f".repeat(64)), "ffffffff-ffff-8fff-bfff-ffffffffffff");
    }

    #[test]
    fn configurations_are_folders() {
        let mut record = example::record();
        assert_eq!(configs(&record), ["default"]);
        record.shards[1].path = String::from("data/deu/train-00000-of-00001.parquet");
        assert_eq!(configs(&record), ["default", "deu"]);
    }
}
