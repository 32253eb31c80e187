//! The sample data: pages that this project writes, one for every way a page can go.
//!
//! [`samples`] lists the records in the order of the file, [`warc`] writes them, [`readme::readme`] says what each is
//! for.
//! Hosts end in names that RFC 2606 reserves, but for one under `example.edu`, which IANA holds.
//! License marks on the pages are part of the test; the pages themselves are given away under CC0 1.0.

#![allow(dead_code, reason = "the example and the tests each use a part of this")]

pub mod endless_book;
pub mod fate;
pub mod page;
pub mod pages_charsets;
pub mod pages_duplicates;
pub mod pages_languages;
pub mod pages_open;
pub mod pages_quality;
pub mod pages_repetition;
pub mod pages_reserved;
pub mod pages_tiers;
pub mod pages_traps;
pub mod pages_urls;
pub mod readme;
pub mod records;
pub mod template;

use super::warc_builder::WarcBuilder;
use super::warc_builder::WarcFile;
use super::warc_builder::damage::Damage;
use super::warc_builder::record::Record;

use fate::{Fate, NOT_CONTENT};
use page::Page;

/// Where the file lies in the repository.
pub const WARC_PATH: &str = "sample-data/tiny.warc.gz";
/// Where its description lies.
pub const README_PATH: &str = "sample-data/README.md";

/// One URL of the sample data with its record, or its records.
pub struct Sample {
    /// Name in the read-me; occurs once.
    pub name: &'static str,
    /// What the record claims to be a capture of; empty for `warcinfo`.
    pub url: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// What the quickstart pipeline does with it.
    pub fate: Fate,
    /// The page, where there is one, with language, charset and license tier.
    pub page: Option<Page>,
    /// How its record comes into the file.
    pub form: Form,
}

/// How a sample is written.
pub enum Form {
    /// The record that names the crawl.
    Warcinfo,
    /// A response.
    Response(Box<super::warc_builder::http::Http>),
    /// Request, response and metadata.
    Triple(Box<super::warc_builder::http::Http>),
    /// Any record, made with the date that is its turn.
    Record(fn(&str) -> Record),
    /// A response that is damaged in the file.
    Damaged(Box<super::warc_builder::http::Http>, Damage),
}

/// A part of the table in the read-me.
pub struct Group {
    /// Heading.
    pub title: &'static str,
    /// What the group is about.
    pub about: &'static str,
    /// Its records, in the order of the file.
    pub samples: Vec<Sample>,
}

impl Sample {
    /// A page as a response, or as a triple if the page asks for it.
    pub fn of_page(page: Page) -> Self {
        let http = Box::new(page.http());
        let form = if page.triple { Form::Triple(http) } else { Form::Response(http) };
        let Page { name, url, purpose, fate, .. } = page;
        Self { name, url, purpose, fate, page: Some(page), form }
    }

    /// Fate of each record that the sample puts into the file, in their order.
    pub fn fates(&self) -> Vec<Fate> {
        match self.form {
            Form::Triple(_) => vec![NOT_CONTENT, self.fate, NOT_CONTENT],
            _ => vec![self.fate],
        }
    }
}

/// All groups, in the order of the file.
pub fn groups() -> Vec<Group> {
    let pages = |title, about, pages: &[Page]| Group {
        title,
        about,
        samples: pages.iter().copied().map(Sample::of_page).collect(),
    };
    vec![
        Group { title: "The file", about: "What every file of a crawl begins with.", samples: records::begin() },
        pages("URLs", "Kept out by their URL, before anything is parsed.", pages_urls::PAGES),
        pages("Open licenses", "English pages that are kept, one for every way to state a license.", pages_open::PAGES),
        pages(
            "Other tiers",
            "English pages whose license is there and is not open, or is missing.",
            pages_tiers::PAGES,
        ),
        Group {
            title: "Damage",
            about: "Records that cannot be read; those after them can.",
            samples: records::damaged(),
        },
        pages("Reservations", "Signals against text and data mining, and what looks like one.", pages_reserved::PAGES),
        pages("Traps", "A license is on the page, but not for its text.", pages_traps::PAGES),
        pages("Duplicates", "The first of each cluster is kept.", pages_duplicates::PAGES),
        pages(
            "Languages",
            "All openly licensed, so that a preset of another language keeps them.",
            pages_languages::PAGES,
        ),
        pages(
            "Charsets",
            "Charsets declared in the HTTP header, in the page, nowhere, or wrongly.",
            pages_charsets::PAGES,
        ),
        pages("Quality", "Each breaks one rule of Gopher's quality filter, or one limit.", pages_quality::PAGES),
        pages("Repetition", "Each breaks one rule of Gopher's repetition filter.", pages_repetition::PAGES),
        Group {
            title: "Records of other kinds",
            about: "What a crawl holds beside pages.",
            samples: records::others(),
        },
        Group { title: "The end", about: "A transfer that broke off.", samples: records::end() },
    ]
}

/// All samples, in the order of the file.
pub fn samples() -> Vec<Sample> {
    groups().into_iter().flat_map(|group| group.samples).collect()
}

/// All samples as a builder, to write them in any form.
pub fn builder() -> WarcBuilder {
    samples().iter().fold(WarcBuilder::new(), |mut builder, sample| match &sample.form {
        Form::Warcinfo => builder.warcinfo("tiny.warc.gz"),
        Form::Response(http) => builder.response(sample.url, http),
        Form::Triple(http) => builder.triple(sample.url, http),
        Form::Damaged(http, damage) => builder.response(sample.url, http).damaged(*damage),
        Form::Record(make) => {
            let date = builder.next_date();
            builder.record(make(&date))
        }
    })
}

/// The file `sample-data/tiny.warc.gz`.
pub fn warc() -> WarcFile {
    builder().gzip()
}
