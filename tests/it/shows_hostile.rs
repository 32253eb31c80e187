//! A crawl whose every field is hostile, and all that the program shows of it.
//!
//! Attacks are those on terminals (commands, directions of writing, names that look like others), on spreadsheets
//! (formulas), on readers of Markdown and HTML (markup), and on readers of lines (line breaks in names). Parquet files
//! hold texts as they are, in UTF-8: what shows them has to do what the outputs here do.

use std::fs;

use gristmill::text::shown::is_hidden;

use crate::support::fates::{batches, texts};
use crate::support::sandbox::Sandbox;
use crate::support::warc_builder::WarcBuilder;
use crate::support::warc_builder::http::Http;

/// What each attack is, and the text that makes it.
const ATTACKS: [(&str, &str); 12] = [
    ("clears the screen", "\u{1b}[2J"),
    ("sets the title of the window", "\u{1b}]0;owned\u{7}"),
    ("a command of one character", "\u{9b}31m"),
    ("deletes what was written", "\u{8}\u{8}\u{7f}"),
    ("writes over the line", "\rkept"),
    ("turns the direction around", "\u{202E}gpj.exe"),
    ("isolates a direction", "\u{2067}a\u{2069}"),
    ("marks a direction", "\u{61C}\u{200F}"),
    ("separates lines", "\u{2028}\u{2029}\u{85}"),
    ("is not seen", "\u{200B}\u{FEFF}\u{E0041}"),
    ("HTML", "<script>alert(1)</script><img src=x onerror=alert(1)>"),
    ("Markdown", "|`x`|[a](javascript:b)![c](d)**e**"),
];

/// All attacks one behind the other, with an `=` before them for spreadsheets.
fn hostile() -> String {
    let attacks: String = ATTACKS.iter().map(|(_, text)| *text).collect();
    format!("=cmd|' /C calc'!A0,{attacks}")
}

/// The same without what ends a header's line or a URL's host.
fn hostile_value() -> String {
    hostile().replace('\r', "").replace(['\u{85}', '\u{2028}', '\u{2029}'], "")
}

const OUTPUT: &str = "name = \"hostile\"\ndropped = true\nextra_cards = [\"citation\", \"spdx\"]\n";
const PRESET: &str = "[[stage]]\nextract.html = { mode = \"all\", replacements_share_max = 1.0 }\n\
    [[stage]]\nannotate.rights = {}\n[[stage]]\nfilter.length = { words_min = 2 }\n";

/// A sandbox with the crawl; a page that is kept, one that is dropped, and a stretch of damage.
fn crawl() -> Sandbox {
    let (any, value) = (hostile(), hostile_value());
    let url = |path: &str| format!("https://{value}.example/{value}/{path}");
    let license = "<a rel=license href='https://creativecommons.org/licenses/by/4.0/'>CC BY</a>";
    let head = format!("<head><title>{any}</title><meta name=author content=\"{any}\"></head>");
    let page = Http::html(format!("{head}<p>{any} and a few more words {license}</p>"))
        .header("X-Hostile", &value)
        .header(&format!("X-{}", "\u{1b}[2J\u{202E}"), "name");
    let mut warc = WarcBuilder::new().warcinfo(&value);
    warc = warc.response(&url("kept"), &page).response(&url("dropped"), &Http::html("<p>one</p>"));
    // Lone surrogates arrive as three bytes that no UTF-8 has, as half of UTF-16, and as references and escapes.
    let lone = [
        b"<p>lone \xED\xA0\x80 and &#xD800; and ",
        "<script type='application/ld+json'>{\"license\":\"\\ud800\"}</script></p>".as_bytes(),
    ]
    .concat();
    warc = warc.response("https://lone.example/", &Http::html(lone).header("Content-Type", "text/html; charset=utf-8"));
    let utf16 = [0xFF, 0xFE, 0x00, 0xD8, b'a', 0, b' ', 0, b'b', 0];
    warc = warc.response("https://utf16.example/", &Http::html(utf16.to_vec()));
    let mut bytes = warc.plain().bytes;
    bytes.extend_from_slice(format!("WARC/1.0\r\n{any}\r\n\r\nno record").as_bytes());
    let sandbox = Sandbox::new();
    sandbox.write(&format!("in/{}.warc", file_name()), bytes);
    sandbox.preset("p.toml", PRESET);
    sandbox.write("p.toml", sandbox.read_text("p.toml") + OUTPUT);
    sandbox
}

/// The attacks that a file may be called.
fn file_name() -> String {
    "=\u{1b}[2J\n\u{202E}\u{9b}31m<b>|`x`".to_owned()
}

/// Fails where a text holds what is hidden, but for its line breaks.
#[track_caller]
fn check_shown(what: &str, text: &str) {
    let found = text.chars().find(|c| is_hidden(*c) && *c != '\n');
    let line = found.and_then(|c| text.lines().find(|line| line.contains(c)));
    assert_eq!(found, None, "{what}: {}", line.unwrap_or_default().escape_debug());
    assert!(!text.contains("\nkept"), "{what}: a carriage return became a line of its own");
}

#[test]
fn nothing_that_is_shown_of_a_hostile_crawl_obeys_it() {
    let sandbox = crawl();
    let run = sandbox.run(&["run", "p.toml", "--json"]).expect(0);
    check_shown("run --json", &run.stdout);
    check_shown("run, standard error", &run.stderr);
    check_shown("run", &sandbox.run(&["run", "p.toml"]).expect(0).stdout);
    check_shown("card", &sandbox.run(&["card", "out"]).expect(0).stdout);
    let manifest = sandbox.read_text("out/manifest.json");
    for file in sandbox.files("out").iter().filter(|name| !name.ends_with(".parquet")) {
        check_shown(file, &sandbox.read_text(&format!("out/{file}")));
    }
    let record: serde_json::Value = serde_json::from_str(&manifest).expect("the manifest is JSON");
    let input = record["inputs"][0]["path"].as_str().expect("a path");
    assert_eq!(input, format!("{}.warc", file_name()), "JSON says the very name");
    // In Parquet the texts are as they came.
    let urls = texts(&batches(&sandbox.path("out/data")), "url");
    let url = urls.iter().find(|url| url.ends_with("kept")).expect("the page is kept");
    assert!(url.contains("\u{202E}") && url.contains("\u{1b}[2J"));
    for key in [url.as_str(), "https://lone.example/"] {
        check_shown("explain", &sandbox.run(&["explain", "out", key]).expect(0).stdout);
        check_shown("explain --json", &sandbox.run(&["explain", "out", key, "--json"]).expect(0).stdout);
    }
    check_shown("explain of what is not there", &sandbox.run(&["explain", "out", &hostile_value()]).expect(1).stdout);
    let ledger = texts(&batches(&sandbox.path("out/ledger")), "url");
    let dropped = ledger.iter().find(|url| url.ends_with("dropped")).expect("the page is dropped");
    check_shown("explain of a drop", &sandbox.run(&["explain", "out", dropped]).expect(0).stdout);
    let file = format!("in/{}.warc", file_name());
    check_shown("inspect", &sandbox.run(&["inspect", &file]).expect(0).stdout);
    check_shown("inspect --json", &sandbox.run(&["inspect", &file, "--json"]).expect(0).stdout);
    let one = ["inspect", &file, "--url", url, "--preset", "p.toml", "--full"];
    let page = sandbox.run(&one).expect(0).stdout;
    check_shown("inspect of a record", &page);
    assert!(page.contains("cmd") && page.contains("X-Hostile"), "{page}");
    check_shown("inspect of a record, --json", &sandbox.run(&[&one[..], &["--json"]].concat()).expect(0).stdout);
}

#[test]
fn nothing_that_an_audit_shows_of_a_hostile_crawl_obeys_it() {
    let sandbox = crawl();
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let check = |arguments: &[&str], code: i32| {
        let ran = sandbox.run(arguments).expect(code);
        check_shown(&format!("{arguments:?}"), &ran.stdout);
        check_shown(&format!("{arguments:?}, standard error"), &ran.stderr);
        ran.stdout
    };
    check(&["verify", "out", "--warc", "in", "--sample", "all"], 0);
    check(&["verify", "out", "--warc", "in", "--sample", "all", "--columns", "--json"], 0);
    let text = texts(&batches(&sandbox.path("out/data")), "text").remove(0);
    assert!(text.contains(is_hidden) && text.contains("a few more words"), "{text}");
    assert!(check(&["trace", "out", &text], 0).contains("calc"));
    check(&["trace", "out", &text, "--json"], 0);
    // The first row is the page that is hostile throughout.
    let id = texts(&batches(&sandbox.path("out/data")), "id").remove(0);
    sandbox.write("list", format!("id {id}\n"));
    check(&["takedown", "out", "--list", "list", "--out", "new", "--note", &hostile_value()], 0);
    check(&["takedown", "out", "--list", "list", "--out", "newer", "--json"], 0);
    for file in sandbox.files("new").iter().filter(|name| !name.ends_with(".parquet")) {
        check_shown(file, &sandbox.read_text(&format!("new/{file}")));
    }
    let list = sandbox.run(&["diff", "out", "new", "--list"]).expect(1).stdout;
    check_shown("diff --list", &list.replace('\t', " "));
    assert_eq!(list.lines().next().map(|line| line.matches('\t').count()), Some(6), "no cell has a tab of its own");
    check(&["diff", "out", "new", "--list", "--json"], 1);
    check(&["diff", "out", "new", "--html", "diff.html"], 1);
    check_shown("the page of diff", &sandbox.read_text("diff.html"));
    check(&["verify", "new"], 0);
    // The manifest is from somebody else, and names what it likes.
    let manifest = sandbox.read_text("out/manifest.json").replace("\"hostile\"", "\"\\u001b[2J\\u202e\"");
    sandbox.write("out/manifest.json", manifest);
    check(&["verify", "out"], 1);
    check(&["verify", "out", "--json"], 1);
}

#[test]
fn no_card_and_no_table_holds_markup_or_formulas_of_a_hostile_crawl() {
    let sandbox = crawl();
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let card = sandbox.read_text("out/README.md");
    for markup in ["<script", "<img", "<b>", "[a](javascript:b)", "![c](d)", "**e**"] {
        assert!(!card.contains(markup), "README.md holds {markup}");
    }
    let summary = sandbox.read_text("out/eu-training-summary.md");
    for markup in ["<script", "<img", "<b>", "[a](javascript:b)", "![c](d)", "**e**"] {
        assert!(!summary.contains(markup), "eu-training-summary.md holds {markup}");
    }
    let report = sandbox.read_text("out/report.html");
    assert!(!report.contains("<script>alert") && !report.contains("<img"), "report.html holds markup");
    for line in sandbox.read_text("out/domains.csv").lines().skip(1) {
        let first = line.trim_start_matches('"').trim_start();
        assert!(!first.starts_with(['=', '+', '-', '@']), "{line}");
    }
    let texts = texts(&batches(&sandbox.path("out/data")), "text");
    let lone = texts.iter().find(|text| text.starts_with("lone")).expect("the page is kept");
    assert_eq!(lone, "lone \u{FFFD}\u{FFFD}\u{FFFD} and \u{FFFD} and", "lone surrogates become U+FFFD");
}

#[test]
fn messages_name_hostile_files_and_presets_on_one_line() {
    let sandbox = Sandbox::new();
    let name = file_name();
    sandbox.write(&format!("{name}.warc"), "no archive");
    sandbox.write("not/in", "");
    sandbox.preset("p.toml", "[[stage]]\nextract.html = {}\n");
    sandbox.write(
        &format!("{name}.toml"),
        format!("recipe = 1\n[output]\nname = \"\u{1b}[2J\u{202E}\"\n\"{}\" = 1\n", "\u{9b}"),
    );
    let (warc, preset) = (format!("{name}.warc"), format!("{name}.toml"));
    for arguments in [
        &["run", "p.toml", "--input", &warc][..],
        &["run", "p.toml", "--input", "no\u{1b}[2J\n.warc"],
        &["run", &preset],
        &["run", "no\u{202E}\n.toml"],
        &["plan", &preset],
        &["card", &name],
        &["explain", &name, "x"],
        &["inspect", &warc],
        &["inspect", &warc, "--offset", "1"],
        &["run", "p.toml", "--input", &warc, &warc],
        &["run", "p.toml", "--memory", "\u{1b}[2J"],
    ] {
        let ran = sandbox.run(arguments).expect(2);
        check_shown(&format!("{arguments:?}"), &ran.stderr);
        check_shown(&format!("{arguments:?}"), &ran.stdout);
        assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
    }
    // A line break in a name would let it say lines of its own.
    let words = sandbox.run(&["run", "p.toml", "--input", &warc]).expect(2).stderr;
    assert!(words.starts_with("error: =\\u{1b}[2J\\u{a}\\u{202e}\\u{9b}31m<b>|`x`.warc is no web archive"), "{words}");
}

#[test]
fn a_name_that_is_no_utf8_is_shown_as_it_can_be() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    sandbox.write("a", "recipe = 1\n[[stage]]\nextract.lenght = {}\n");
    let name = std::ffi::OsStr::from_bytes(b"\xED\xA0\x80\x1b.toml");
    fs::rename(sandbox.path("a"), sandbox.path(".").join(name)).expect("the file can be renamed");
    let words = sandbox.run(&[std::ffi::OsStr::new("plan"), name]).expect(2).stderr;
    assert!(words.starts_with("error: \u{FFFD}\u{FFFD}\u{FFFD}\\u{1b}.toml cannot run"), "{words}");
}
