//! What editors changed is counted: in the funnel for every document they changed, on the card for those in the set.

use std::ffi::OsString;

use serde_json::{Value, json};

use crate::support::fates::{batches, texts};
use crate::support::faulty_store::FaultyStore;
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;

/// Personal data goes before deduplication, short lines behind it.
const STAGES: &str = "[[stage]]\nextract.html = { mode = \"all\" }\n\
    [[stage]]\nedit.personal_data = {}\n\
    [[stage]]\nfilter.length = { words_min = 4 }\n\
    [[stage]]\ndedup.exact = {}\n\
    [[stage]]\nedit.lines = { words_min = 3 }\n\
    [[stage]]\nfilter.length = { words_min = 7 }\n";

const PAGES: [&str; 6] = [
    "<p>Write to ann@example.org or to bob@example.org, they will answer.</p><p>Short line</p><p>Another</p>",
    // A duplicate, once the addresses are replaced.
    "<p>Write to eva@example.org or to tom@example.org, they will answer.</p><p>Short line</p><p>Another</p>",
    // Too short before deduplication.
    "<p>Call +49 30 23125000</p>",
    // Too short behind it, without the line.
    "<p>Only eva@example.org answers at 217.91.44.8</p><p>Bye now</p>",
    "<p>A text of some words that holds nothing that has to be replaced.</p>",
    "<p>Call +49 30 23125000 or write to ann@example.org from Monday to Friday.</p>",
];

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let pages = PAGES.iter().enumerate();
    let warc = pages.fold(WarcBuilder::new(), |warc, (number, page)| {
        warc.page(&format!("https://{number}.example/"), format!("<body>{page}</body>"))
    });
    sandbox.write("in/a.warc.gz", warc.gzip().bytes);
    sandbox.preset("p.toml", STAGES);
    sandbox
}

fn edits_in_funnel(manifest: &Value) -> Vec<(&str, &Value)> {
    let stages = manifest["funnel"].as_array().expect("a list").iter();
    stages.filter_map(|stage| Some((stage["stage"].as_str()?, stage.get("edits")?))).collect()
}

#[test]
fn the_funnel_counts_all_edits_and_the_card_those_of_the_set() {
    let sandbox = sandbox();
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let mut kept = texts(&batches(&sandbox.path("out/data")), "text");
    kept.sort();
    assert_eq!(
        kept,
        [
            "A text of some words that holds nothing that has to be replaced.",
            "Call <PHONE_NUMBER> or write to <EMAIL_ADDRESS> from Monday to Friday.",
            "Write to <EMAIL_ADDRESS> or to <EMAIL_ADDRESS>, they will answer.",
        ]
    );
    let manifest = sandbox.read_json("out/manifest.json");
    let personal = json!({ "documents": 5, "counts": { "email": 6, "ipv4": 1, "phone": 2 } });
    let lines = json!({ "documents": 2, "counts": { "line": 3 } });
    assert_eq!(edits_in_funnel(&manifest), [("edit.personal_data", &personal), ("edit.lines", &lines)]);
    let of_set = json!({
        "edit.personal_data": { "documents": 2, "counts": { "email": 3, "phone": 1 } },
        "edit.lines": { "documents": 1, "counts": { "line": 2 } },
    });
    assert_eq!(manifest["statistics"]["edits"], of_set);
    let card = sandbox.read_text("out/README.md");
    for row in [
        "| `edit.lines` | 1 | line | 2 |",
        "| `edit.personal_data` | 2 | email | 3 |",
        "| `edit.personal_data` | 2 | phone | 1 |",
        "\n| e-mail addresses | 3 |\n| telephone numbers | 1 |\n",
        "\n- **Personal data.** Only values that have a form of their own were masked.",
    ] {
        assert!(card.contains(row), "{row}\n{card}");
    }
    assert!(!card.contains("It was not masked"));
}

#[test]
fn a_set_without_editors_says_so() {
    let sandbox = sandbox();
    sandbox.preset("p.toml", "[[stage]]\nextract.html = {}\n");
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    assert!(sandbox.read_json("out/manifest.json")["statistics"].get("edits").is_none());
    let card = sandbox.read_text("out/README.md");
    assert!(card.contains("- **Personal data.** It was not masked.") && !card.contains("What editors changed"));
}

#[test]
fn a_document_that_loses_too_many_words_is_dropped() {
    let sandbox = Sandbox::new();
    let page = |words: usize| format!("<body><p>{}</p><p>Bye</p></body>", "some words ".repeat(words / 2));
    let warc = WarcBuilder::new().page("https://38.example/", page(38)).page("https://18.example/", page(18));
    sandbox.write("in/a.warc.gz", warc.gzip().bytes);
    let stages = "[[stage]]\nextract.html = { mode = \"all\" }\n\
        [[stage]]\nedit.refinedweb_lines = {}\n[[stage]]\nfilter.cut_words = {}\n";
    sandbox.preset("p.toml", stages);
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    assert_eq!(texts(&batches(&sandbox.path("out/data")), "url"), ["https://38.example/"]);
    let ledger = batches(&sandbox.path("out/ledger"));
    assert_eq!(texts(&ledger, "url"), ["https://18.example/"], "1 of 19 words is more than 5 %");
    assert_eq!(texts(&ledger, "reason"), ["cut_words.too_many"]);
}

/// What was changed is in the parts, so a run that goes on counts what the one before it changed.
#[test]
fn a_run_that_was_stopped_counts_the_same() {
    let sandbox = sandbox();
    let run = |out: &str, fails_from: usize| {
        let store = FaultyStore::full_from(fails_from);
        let [preset, input, out] = ["p.toml", "in", out].map(|name| sandbox.path(name).into_os_string());
        let words: [OsString; 7] =
            ["gristmill".into(), "run".into(), preset, "--input".into(), input, "--out".into(), out];
        let code = gristmill::cli::run_with(words.to_vec(), &store, &mut Vec::new(), &mut Vec::new());
        (code, store.calls())
    };
    let (code, writes) = run("whole", usize::MAX);
    assert_eq!(code, 0);
    for fails_from in (0..writes).step_by(7) {
        let out = format!("out-{fails_from}");
        assert_eq!(run(&out, fails_from).0, 2);
        assert_eq!(run(&out, usize::MAX).0, 0);
        assert_eq!(sandbox.promised(&out), sandbox.promised("whole"), "stopped at write {fails_from}");
    }
}

#[test]
fn a_key_is_read_from_a_file_and_published_nowhere() {
    const KEY: &str = "7c1f0e5d2b9a48c3a6d4e8f10b2c3d4e";
    let sandbox = sandbox();
    sandbox.write("keys/key.txt", KEY);
    let stage = "[[stage]]\nextract.html = { mode = \"all\" }\n\
        [[stage]]\nedit.personal_data = { replace = \"hash\", key_file = \"keys/key.txt\" }\n";
    sandbox.preset("p.toml", stage);
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let digest = |sandbox: &Sandbox| sandbox.read_json("out/manifest.json")["plan"]["digest"].to_string();
    let first = digest(&sandbox);
    let kept = texts(&batches(&sandbox.path("out/data")), "text").join("\n");
    assert_eq!(kept.matches("<EMAIL_ADDRESS_").count(), 6, "{kept}");
    for (name, bytes) in sandbox.contents("out") {
        let holds = bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes());
        assert!(!holds, "{name} has the key");
    }
    sandbox.write("keys/key.txt", KEY.replace('7', "8"));
    std::fs::remove_dir_all(sandbox.path("out")).expect("the folder is there");
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    assert_ne!(digest(&sandbox), first, "another key makes other bytes, so another plan");
}
