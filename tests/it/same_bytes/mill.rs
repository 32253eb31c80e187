//! An input and a preset that use every kind of stage and write every kind of file.
//!
//! The input is hostile to order: files of very different size, so that those which are begun later are done earlier, with
//! copies, near-duplicates and common lines across all of them.

use std::ffi::OsString;
use std::path::Path;

use gristmill::annotate::AnnotateConfig;
use gristmill::dedup::DedupConfig;
use gristmill::extract::ExtractConfig;
use gristmill::plan::config::{Preset, Stage};
use gristmill::store::Store;
use gristmill::store::local::Local;
use gristmill::store::stop::Stop;

use crate::support::golden::in_repository;
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;
use crate::support::warc_builder::http::Http;

/// Pages of each file.
const FILES: [usize; 12] = [24, 1, 1, 9, 2, 0, 12, 1, 3, 1, 15, 3];
/// A page that is longer than all others together.
const LONG_PAGE: usize = 31;
const KEY: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
/// Stands on so many pages that it is cut.
const NOTICE: &str = "All that stands here may be read aloud in the mill.";

const SENTENCES: [[&str; 8]; 3] = [
    [
        "The miller opens the sluice before the sun is up.",
        "Nine sacks of rye stand beside the door of the barn.",
        "The old wheel turns slowly when the brook is low.",
        "His daughter writes down what every farmer has brought.",
        "Two bakers come from the town to fetch their flour.",
        "A new stone was bought from the quarry last autumn.",
        "The swallows build their nests under the roof every spring.",
        "Nobody remembers who painted the sign above the gate.",
    ],
    [
        "Der Müller öffnet das Wehr, bevor die Sonne aufgeht.",
        "Neun Säcke Roggen stehen neben dem Tor der Scheune.",
        "Das alte Rad dreht sich langsam, wenn der Bach wenig Wasser führt.",
        "Seine Tochter schreibt auf, was jeder Bauer gebracht hat.",
        "Zwei Bäcker kommen aus der Stadt und holen ihr Mehl.",
        "Im letzten Herbst wurde ein neuer Stein gekauft.",
        "Die Schwalben bauen jedes Frühjahr ihre Nester unter dem Dach.",
        "Niemand weiß mehr, wer das Schild über dem Tor gemalt hat.",
    ],
    [
        "Le meunier ouvre la vanne avant le lever du soleil.",
        "Neuf sacs de seigle attendent près de la porte de la grange.",
        "La vieille roue tourne lentement quand le ruisseau est bas.",
        "Sa fille note tout ce que les paysans ont apporté.",
        "Deux boulangers viennent de la ville chercher leur farine.",
        "Une meule neuve a été achetée à la carrière en automne.",
        "Les hirondelles font leurs nids sous le toit au printemps.",
        "Personne ne sait plus qui a peint l'enseigne de la porte.",
    ],
];

/// Every kind of stage. `EARLIER` stands for the folder of the earlier set.
const STAGES: &str = r#"recipe = 1
[[stage]]
filter.url = { words = { entries = ["forbidden"] } }
[[stage]]
extract.html = {}
[[stage]]
edit.personal_data = { replace = "hash", key_file = "key.txt" }
[[stage]]
annotate.language = {}
[[stage]]
annotate.rights = {}
[[stage]]
annotate.quality = {}
[[stage]]
annotate.tokens = { tokenizer = "gpt2.json" }
[[stage]]
filter.length = { words_min = 7, words_max = 100_000 }
[[stage]]
dedup.exact = { by = "text" }
[[stage]]
dedup.minhash = { shingle_words = 3, bands = 20, rows_per_band = 2, verify = "shingles", signatures = true, against = [EARLIER] }
[[stage]]
dedup.lines = { documents_max = 12, chars_min = 15 }
[[stage]]
filter.length = { words_min = 9, words_max = 100_000 }
[output]
name = "mill"
dropped = true
group_by = "language"
extra_cards = ["citation", "spdx"]
shard_bytes_max = 65_536
[about]
title = "Mills"
curators = ["Mill Friends"]
published = "2026-02-03"
"#;

/// Some number of a page, the same one everywhere.
fn draw(page: usize, salt: usize) -> usize {
    (page * 2_654_435_761 + salt * 40_503) >> 7
}

fn page(page: usize) -> Http {
    // Every sixth page is a copy, or almost one, of a page that may lie in another file.
    let (text, changed) = if page % 6 == 5 { (page * 7 / 12, page % 12 == 5) } else { (page, false) };
    let sentences = &SENTENCES[draw(text, 1) % SENTENCES.len()];
    let count = if text % 10 == 9 { 0 } else { 2 + draw(text, 2) % 5 };
    let mut paragraphs: Vec<String> = (0..count).map(|at| sentences[draw(text, 3 + at) % 8].to_owned()).collect();
    if count > 0 {
        paragraphs.push(format!("The {text}th letter of this year came from miller{}@mill-{text}.com.", text % 9));
    }
    if changed {
        paragraphs.push(String::from("Some words are new."));
    }
    if page == LONG_PAGE {
        // Does not fit into one shard with the others.
        let line = |line: usize| format!("Of sack {line} the mill made flour of {} pounds.", draw(page, line) % 1000);
        paragraphs.extend((0..1500).map(line));
    }
    paragraphs.insert(paragraphs.len() / 2, NOTICE.to_owned());
    let license = ["by", "by-sa", "by-nc", ""][draw(text, 20) % 4];
    let link = match license {
        "" => String::new(),
        unit => format!("<link rel=license href='https://creativecommons.org/licenses/{unit}/4.0/'>"),
    };
    let body: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
    Http::html(format!("<head><title>Page {page}</title>{link}</head><article>{body}</article>"))
}

/// So many pages, the first of this number.
pub fn pages(first: usize, count: usize) -> WarcBuilder {
    let url = |number: usize| match number % 17 {
        3 => format!("https://mill.example/forbidden/{number}"),
        _ => format!("https://m{}.example/{number}", number % 10),
    };
    let pages = first..first + count;
    pages.fold(WarcBuilder::new().warcinfo("mill.warc.gz"), |warc, number| warc.response(&url(number), &page(number)))
}

/// The preset `p.toml` with what it names, the earlier set, and the files `in/*.warc.gz`.
pub fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("key.txt", KEY);
    sandbox
        .write("gpt2.json", std::fs::read(in_repository("tests/tokens/gpt2.json")).expect("a file of the repository"));
    sandbox.write("older/a.warc.gz", pages(2, 6).gzip().bytes);
    sandbox.write("earlier.toml", STAGES.replace("against = [EARLIER]", "against = []"));
    assert_eq!(run(&sandbox, "earlier.toml", "earlier", &["--input", &path(&sandbox, "older")]), (0, String::new()));
    sandbox.write("p.toml", STAGES.replace("EARLIER", &format!("{:?}", path(&sandbox, "earlier"))));
    let mut first = 0;
    for (number, count) in FILES.into_iter().enumerate() {
        let mut bytes = pages(first, count).gzip().bytes;
        if number == 6 {
            bytes.extend(b"rubbish");
        }
        sandbox.write(&format!("in/{number:02}.warc.gz"), bytes);
        first += count;
    }
    sandbox
}

/// A path in the sandbox, in words.
pub fn path(sandbox: &Sandbox, name: &str) -> String {
    sandbox.path(name).to_str().expect("a path of UTF-8").to_owned()
}

/// Runs a preset in this process. Exit code and messages.
pub fn run(sandbox: &Sandbox, preset: &str, out: &str, more: &[&str]) -> (u8, String) {
    run_until(sandbox, &Stop::default(), &Local, (preset, out), more)
}

/// Runs `p.toml` over `in` with so many threads and these arguments besides; it has to end well.
#[track_caller]
pub fn run_well(sandbox: &Sandbox, out: &str, more: &[&str]) {
    assert_eq!(run(sandbox, "p.toml", out, more), (0, String::new()), "{out}");
}

/// The same on any store, until somebody asks to stop.
pub fn run_until(
    sandbox: &Sandbox,
    stop: &Stop,
    store: &dyn Store,
    (preset, out): (&str, &str),
    more: &[&str],
) -> (u8, String) {
    let words =
        ["gristmill", "run", &path(sandbox, preset), "--out", &path(sandbox, out), "--quiet"].map(OsString::from);
    let arguments = words.into_iter().chain(more.iter().map(OsString::from));
    let mut errors = Vec::new();
    let code = gristmill::cli::run_until(stop, arguments, store, &mut Vec::new(), &mut errors);
    (code, String::from_utf8_lossy(&errors).into_owned())
}

/// Fails with the name of the first file of which two sets have other bytes.
#[track_caller]
pub fn check_same(sandbox: &Sandbox, one: &str, other: &str) {
    let names = |out: &str| -> Vec<String> {
        let belongs_to_the_run = |name: &String| name == "run.json" || name.starts_with("run/");
        sandbox.files(out).into_iter().filter(|name| !belongs_to_the_run(name)).collect()
    };
    assert_eq!(names(one), names(other), "files of {one} and of {other}");
    assert!(sandbox.path(one).join("manifest.json").exists(), "{one} is finished");
    for name in names(one) {
        let [a, b] = [one, other].map(|out| sandbox.read(&format!("{out}/{name}")));
        assert!(a == b, "{name} of {one} and of {other} differ");
    }
}

/// A kind of stage that is added has to be put into the preset above, and named here.
#[test]
fn the_preset_has_every_kind_of_stage() {
    let (preset, problems) = Preset::parse(&STAGES.replace("EARLIER", "\"earlier\""));
    assert!(problems.is_empty(), "{problems:?}");
    let kind = |stage: &Stage| match stage {
        Stage::Extract(ExtractConfig::Html(_)) => 0,
        Stage::Annotate(AnnotateConfig::Language(_)) => 1,
        Stage::Annotate(AnnotateConfig::Rights(_)) => 2,
        Stage::Annotate(AnnotateConfig::Quality(_)) => 3,
        Stage::Annotate(AnnotateConfig::Tokens(_)) => 4,
        Stage::Edit(_) => 5,
        Stage::Filter(_) => 6,
        Stage::Dedup(DedupConfig::Exact(_)) => 7,
        Stage::Dedup(DedupConfig::Minhash(_)) => 8,
        Stage::Dedup(DedupConfig::Lines(_)) => 9,
    };
    let stages = preset.expect("it is understood").stage;
    let mut kinds: Vec<_> = stages.iter().map(|stage| kind(stage.get_ref())).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, (0..10).collect::<Vec<_>>());
}

/// Every kind of file is written, and every stage drops or changes something.
#[track_caller]
pub fn check_has_everything(root: &Path, files: &[String]) {
    let kinds = [
        "data/eng/train-00001-of-",
        "data/deu/train-",
        "data/fra/train-",
        "ledger/",
        "dropped/",
        "dedup/pairs-",
        "dedup/signatures-",
        "dedup/lines-",
        "domains.csv",
        "statistics.csv",
        "CITATION.cff",
        "spdx.json",
        "SHA256SUMS",
    ];
    for kind in kinds {
        assert!(files.iter().any(|name| name.starts_with(kind)), "no {kind} among {files:?}");
    }
    let funnel = std::fs::read_to_string(root.join("manifest.json")).expect("the manifest");
    let reasons = [
        "url.blocked_word",
        "length.too_few_words",
        "exact.same_text",
        "minhash.near_duplicate",
        "minhash.in_earlier_set",
        "lines.nothing_left",
        "\"email\"",
        "warc.",
    ];
    for reason in reasons {
        assert!(funnel.contains(reason), "no {reason}");
    }
}
