//! What sites said in their robots.txt when a page was fetched, from WARC files of the program's own kind of input.

use crate::support::fates::{batches, lists, texts};
use crate::support::sandbox::{Ran, Sandbox};
use crate::support::warc_builder::WarcBuilder;
use crate::support::warc_builder::http::Http;
use crate::support::warc_builder::record::Record;

const STAGES: &str = "[[stage]]\nextract.html = {}\n[[stage]]\nannotate.rights = { robots = [\"robots/*.warc.gz\"] }\n";
const PAGE: &str =
    "<article><p>The mill by the brook has ground the grain of the valley for three hundred years, and on
quiet evenings you can still hear the water and the clatter of the old wheels as far as the village.</p></article>
<footer><a rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</a></footer>";

fn rules(text: &str) -> Http {
    Http::new(200).header("Content-Type", "text/plain").body(text)
}

/// Pages of several sites, and copies of what these sites said to robots.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let page = |url: &str, date: &str| Record::response(url, date, &Http::html(PAGE));
    let pages = WarcBuilder::new()
        .record(page("https://shut.example/a", "2026-01-17T07:00:00Z"))
        .record(page("https://shut.example/early", "2026-01-17T05:00:00Z"))
        .record(page("https://open.example/a?b", "2026-01-17T07:00:00Z"))
        .record(page("https://signal.example/", "2026-01-17T07:00:00Z"))
        .record(page("http://moved.example/x", "2026-01-17T07:00:00Z"))
        .record(page("https://unknown.example/", "2026-01-17T07:00:00Z"));
    sandbox.write("in/pages.warc.gz", pages.gzip().bytes);
    let at = "2026-01-17T06:00:00Z";
    let robots = WarcBuilder::new()
        .warcinfo("robots.warc.gz")
        .record(Record::request("https://shut.example/robots.txt", at))
        .record(Record::response(
            "https://shut.example/robots.txt",
            at,
            &rules("User-agent: GPTBot\r\nDisallow: /\r\n").gzip_coded().chunked(),
        ))
        .record(Record::response(
            "https://open.example/robots.txt",
            at,
            &rules("User-agent: *\nDisallow: /\n\nUser-agent: GPTBot\nDisallow: /b\n"),
        ))
        .record(Record::response(
            "https://signal.example/robots.txt",
            at,
            &rules("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n"),
        ));
    sandbox.write("robots/1.warc.gz", robots.gzip().bytes);
    let redirect = Http::new(301).header("Location", "https://www.moved.example/rules.txt");
    let robots = WarcBuilder::new()
        .record(Record::response("http://moved.example/robots.txt", at, &redirect))
        .record(Record::response(
            "https://www.moved.example/rules.txt",
            at,
            &rules("User-agent: ClaudeBot\nDisallow: /x\n"),
        ))
        .record(Record::response("https://unknown.example/robots.txt", at, &Http::html("<title>Not here</title>")));
    sandbox.write("robots/2.warc.gz", robots.gzip().bytes);
    sandbox
}

#[test]
fn a_page_has_the_tier_that_the_rules_of_its_time_give_it() {
    let sandbox = sandbox();
    sandbox.preset("p.toml", STAGES);
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let rows = batches(&sandbox.path("out/data"));
    let found: Vec<_> = texts(&rows, "url")
        .into_iter()
        .zip(texts(&rows, "license_tier"))
        .zip(lists(&rows, "reservation_evidence", "value"))
        .map(|((url, tier), said)| format!("{url} {tier} {}", said.join(", ")).trim_end().to_owned())
        .collect();
    assert_eq!(
        found,
        [
            "https://shut.example/a reserved GPTBot: Disallow: /",
            "https://shut.example/early open",
            "https://open.example/a?b open",
            "https://signal.example/ reserved *: Content-Signal: search=yes, ai-train=no",
            "http://moved.example/x reserved ClaudeBot: Disallow: /x",
            "https://unknown.example/ open",
        ]
    );
    let stages = sandbox.read_json("out/manifest.json")["plan"]["stages"].clone();
    let read = &stages[2]["robots"];
    let figures = ["files", "responses", "robots", "copies", "unresolved", "damaged", "sites_with_rules"];
    let figures: Vec<_> = figures.iter().map(|name| read[name].as_u64().unwrap_or(99)).collect();
    assert_eq!(figures, [2, 6, 5, 4, 0, 0, 4], "{read}");
}

#[test]
fn another_robots_txt_makes_another_plan() {
    let sandbox = sandbox();
    sandbox.preset("p.toml", STAGES);
    let plan = |sandbox: &Sandbox| sandbox.run(&["plan", "p.toml"]).expect(0).stdout;
    let before = plan(&sandbox);
    assert!(before.contains("read: 5 responses of /robots.txt in 2 files"), "{before}");
    sandbox.run(&["run", "p.toml", "--quiet"]).expect(0);
    let silent = WarcBuilder::new().response("https://new.example/robots.txt", &rules("User-agent: *\nDisallow: /"));
    sandbox.write("robots/3.warc.gz", silent.gzip().bytes);
    let digest = |plan: &str| plan.split_ascii_whitespace().nth(2).map(str::to_owned);
    assert_ne!(digest(&plan(&sandbox)), digest(&before), "what was read is part of the plan");
    let Ran { stderr, .. } = sandbox.run(&["run", "p.toml"]).expect(2);
    assert!(stderr.contains("was begun with another plan"), "{stderr}");
}

#[test]
fn files_without_a_robots_txt_are_refused() {
    let sandbox = sandbox();
    for (robots, expected) in [
        ("no.warc.gz", "`annotate.rights`: robots: no.warc.gz: no such file"),
        (
            "in/*",
            "robots: 6 HTTP responses in 1 files, and none to a request for /robots.txt; wanted WARC files such as",
        ),
        ("p.toml", "robots: p.toml is no"),
    ] {
        sandbox.preset("p.toml", &STAGES.replace("robots/*.warc.gz", robots));
        let Ran { stderr, .. } = sandbox.run(&["run", "p.toml"]).expect(2);
        assert!(stderr.contains(expected), "{stderr}");
        assert!(stderr.contains("p.toml cannot run\n  line"), "{stderr}");
    }
}
