//! Sample records that are not simply a page: the start of the file, damage, and other kinds of records.

use warc::{RecordType, TruncatedType};

use super::super::warc_builder::damage::Damage;
use super::super::warc_builder::http::Http;
use super::super::warc_builder::record::{Record, Stamp};
use super::super::warc_builder::sha1;
use super::fate::{
    BAD_GZIP, BAD_HEADER, BAD_VERSION, CUT_MEMBER, EMPTY_PAYLOAD, Fate, HTTP_STATUS, KEPT, NOT_CONTENT, NOT_HTML,
    NOT_HTTP, NOT_JOINED, REVISIT, UNDECODABLE, UNKNOWN_TYPE, WRONG_LENGTH,
};
use super::page::{Main, PAGE, Page};
use super::{Form, Sample};

const CC_BY: &str = r#"<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>"#;

/// The record at the start of the file.
pub fn begin() -> Vec<Sample> {
    vec![Sample {
        name: "warcinfo",
        url: "",
        purpose: "Names the crawl, CC-MAIN-2026-05.",
        fate: NOT_CONTENT,
        page: None,
        form: Form::Warcinfo,
    }]
}

/// Damaged records, with a good one among them.
pub fn damaged() -> Vec<Sample> {
    let damaged = |page: Page, damage| {
        let http = Box::new(page.http());
        Sample { form: Form::Damaged(http, damage), ..Sample::of_page(page) }
    };
    vec![
        damaged(
            Page {
                name: "damage-checksum",
                url: "https://damage.example.org/checksum",
                purpose: "The CRC-32 of its gzip member is wrong.",
                fate: BAD_GZIP,
                title: "A page with a wrong checksum",
                main: Main::Prose(
                    "Between the disk and the reader of this page a single number was changed. Every letter is still \
                     where it should be, but the sum at the end of its member says otherwise, and nobody can know \
                     which of the two is to be trusted. The only honest thing is to count the record as damaged, to \
                     write down where it lies, and to go on with the one that follows. This text has more than fifty \
                     words and an open license, so it is the damage alone that keeps it from being kept.",
                ),
                footer: CC_BY,
                ..PAGE
            },
            Damage::BadChecksum,
        ),
        Sample::of_page(Page {
            name: "damage-good-between",
            url: "https://damage.example.org/good-between",
            purpose: "A good record between two damaged ones.",
            title: "The house between two ruins",
            main: Main::Prose(
                "To the left of our house the roof has fallen in, and to the right there is only a wall with a \
                 window in it. Visitors ask whether we are not afraid. But our house was built by the mason for \
                 himself, while the others were built for people whom he did not like.\n\n\
                 In spring the swallows come through the window that belongs to nobody. We have put a bench under \
                 it, where it is warm from noon until evening, and have planted beans along the wall. They climb as \
                 far as the sill, look in, and come back down on the other side.",
            ),
            footer: CC_BY,
            ..PAGE
        }),
        damaged(
            Page {
                name: "damage-cut-member",
                url: "https://damage.example.org/cut",
                purpose: "The second half of its gzip member is missing; the next member follows at once.",
                fate: BAD_GZIP,
                title: "A page that was cut",
                main: Main::Prose(
                    "This page was being written when the disk was full. The program that wrote it did not notice, \
                     made room, and went on with the next page where it thought that this one had ended. What is \
                     left is a beginning. A reader that trusts the stream would swallow the following records as if \
                     they belonged to this one, or give up on the rest of the file. A careful one looks for the next \
                     place at which a member begins, and goes on from there.",
                ),
                footer: CC_BY,
                ..PAGE
            },
            Damage::CutMember,
        ),
        damaged(
            Page {
                name: "damage-wrong-length",
                url: "https://damage.example.org/length",
                purpose: "`Content-Length` is 40 bytes short of the block.",
                fate: WRONG_LENGTH,
                title: "Forty bytes short",
                ..DAMAGED
            },
            Damage::WrongLength(-40),
        ),
        damaged(
            Page {
                name: "damage-without-length",
                url: "https://damage.example.org/no-length",
                purpose: "The header has no `Content-Length`.",
                fate: BAD_HEADER,
                title: "Nobody has counted",
                ..DAMAGED
            },
            Damage::WithoutLength,
        ),
        damaged(
            Page {
                name: "damage-unknown-version",
                url: "https://damage.example.org/version",
                purpose: "The record calls itself WARC/9.9.",
                fate: BAD_VERSION,
                title: "A letter from the future",
                ..DAMAGED
            },
            Damage::UnknownVersion,
        ),
    ]
}

const DAMAGED: Page = Page {
    main: Main::Prose(
        "The text of this page does not matter, since it will never be read. Whoever does read it has a program that \
         takes a record at its word although the record contradicts itself, and should find out why.",
    ),
    footer: CC_BY,
    ..PAGE
};

/// The last member of the file, which ends inside it.
pub fn end() -> Vec<Sample> {
    let page = Page {
        name: "damage-cut-file",
        url: "https://damage.example.org/end",
        purpose: "The file ends inside its gzip member.",
        fate: CUT_MEMBER,
        title: "The end of the tape",
        ..DAMAGED
    };
    let http = Box::new(page.http());
    vec![Sample { form: Form::Damaged(http, Damage::CutMember), ..Sample::of_page(page) }]
}

/// Codings, truncation, and everything that is no page.
pub fn others() -> Vec<Sample> {
    let mut samples = carried();
    samples.extend([
        plain(
            "kind-revisit",
            KITE_URL,
            "The page `kind-gzip-coded` again, unchanged: no payload is stored.",
            REVISIT,
            |date| Record::revisit(KITE_URL, date, &KITE.http().gzip_coded()),
        ),
        plain("kind-redirect", "https://kinds.example.org/old-place", "A redirect, 301.", HTTP_STATUS, |date| {
            let http =
                Http::new(301).header("Location", "https://kinds.example.org/kite").header("Content-Type", "text/html");
            Record::response(
                "https://kinds.example.org/old-place",
                date,
                &http.body("<p>Moved <a href=\"/kite\">here</a>.</p>"),
            )
        }),
        plain("kind-not-found", "https://kinds.example.org/lost", "An error page, 404.", HTTP_STATUS, |date| {
            let http = Http::new(404).header("Content-Type", "text/html; charset=utf-8");
            Record::response(
                "https://kinds.example.org/lost",
                date,
                &http.body("<h1>Not found</h1><p>We are sorry.</p>"),
            )
        }),
        plain(
            "kind-unavailable",
            "https://kinds.example.org/busy",
            "A server that is too busy, 503.",
            HTTP_STATUS,
            |date| {
                let http =
                    Http::new(503).header("Content-Type", "text/html; charset=utf-8").header("Retry-After", "120");
                Record::response("https://kinds.example.org/busy", date, &http.body("<h1>Please come back later</h1>"))
            },
        ),
        plain("kind-pdf", "https://kinds.example.org/leaflet.pdf", "A PDF file.", NOT_HTML, |date| {
            let http = Http::new(200).header("Content-Type", "application/pdf").body(PDF);
            Record::response("https://kinds.example.org/leaflet.pdf", date, &http)
        }),
        plain("kind-image", "https://kinds.example.org/dot.gif", "An image of one pixel.", NOT_HTML, |date| {
            let http = Http::new(200).header("Content-Type", "image/gif").body(GIF);
            Record::response("https://kinds.example.org/dot.gif", date, &http)
        }),
        plain("kind-json", "https://kinds.example.org/api/kites", "An answer in JSON.", NOT_HTML, |date| {
            let http = Http::new(200).header("Content-Type", "application/json").body("{\"kites\":[]}");
            Record::response("https://kinds.example.org/api/kites", date, &http)
        }),
        plain(
            "kind-empty-payload",
            "https://kinds.example.org/empty",
            "A page of zero bytes.",
            EMPTY_PAYLOAD,
            |date| Record::response("https://kinds.example.org/empty", date, &Http::html("")),
        ),
        plain(
            "kind-not-http",
            "dns:kinds.example.org",
            "A DNS answer, which crawlers store as a response.",
            NOT_HTTP,
            dns,
        ),
        plain(
            "kind-continuation",
            "https://kinds.example.org/part",
            "The second segment of a record.",
            NOT_JOINED,
            continuation,
        ),
        plain(
            "kind-unknown-type",
            "https://kinds.example.org/odd",
            "A record of a type that no standard names.",
            UNKNOWN_TYPE,
            screenshot,
        ),
        plain(
            "kind-undecodable",
            "https://kinds.example.org/noise",
            "Noise under the label of a page in UTF-8.",
            UNDECODABLE,
            noise,
        ),
    ]);
    samples
}

fn dns(date: &str) -> Record {
    let stamp = Stamp { kind: RecordType::Response, name: "dns", date, content_type: "text/dns" };
    Record::new(stamp, "20260117060000\nkinds.example.org.\t300\tIN\tA\t192.0.2.7\n")
        .with("WARC-Target-URI", "dns:kinds.example.org")
}

fn continuation(date: &str) -> Record {
    let url = "https://kinds.example.org/part";
    let stamp = Stamp { kind: RecordType::Continuation, name: "part", date, content_type: "application/octet-stream" };
    Record::new(stamp, "<p>and so it ended.</p>")
        .with("WARC-Target-URI", url)
        .with("WARC-Segment-Number", "2")
        .with("WARC-Segment-Origin-ID", &sha1::record_id("first segment"))
}

fn screenshot(date: &str) -> Record {
    let kind = RecordType::Unknown("screenshot".to_owned());
    let stamp = Stamp { kind, name: "odd", date, content_type: "image/gif" };
    Record::new(stamp, GIF).with("WARC-Target-URI", "https://kinds.example.org/odd")
}

/// A page whose letters are each followed by a byte that occurs nowhere in UTF-8.
fn noise(date: &str) -> Record {
    let letters =
        "This page was stored by a program that did not know what it was doing, and nobody can read it now. ".repeat(3);
    let noise: Vec<u8> = letters.bytes().flat_map(|letter| [letter, 0xff]).collect();
    let html = [b"<html><body><article><p>".as_slice(), &noise, b"</p></article></body></html>"].concat();
    Record::response("https://kinds.example.org/noise", date, &Http::html(html))
}

/// Pages that are kept although something is unusual in the way they are carried.
fn carried() -> Vec<Sample> {
    let truncated = plain(ROAD.name, ROAD.url, ROAD.purpose, KEPT, |date| {
        let http = ROAD.http();
        let half = http.head().len() + http.payload().len() * 3 / 4;
        Record::response(ROAD.url, date, &http).truncated(half, &TruncatedType::Length)
    });
    vec![
        Sample { form: Form::Response(Box::new(KITE.http().gzip_coded())), ..Sample::of_page(KITE) },
        Sample { form: Form::Response(Box::new(GATE.http().chunked())), ..Sample::of_page(GATE) },
        Sample { page: Some(ROAD), ..truncated },
    ]
}

fn plain(name: &'static str, url: &'static str, purpose: &'static str, fate: Fate, make: fn(&str) -> Record) -> Sample {
    Sample { name, url, purpose, fate, page: None, form: Form::Record(make) }
}

const KITE_URL: &str = "https://kinds.example.org/kite";

const KITE: Page = Page {
    name: "kind-gzip-coded",
    url: KITE_URL,
    purpose: "The payload is compressed: `Content-Encoding: gzip`.",
    title: "A kite from a bin bag",
    main: Main::Prose(
        "Cut a bin bag open and lay it flat. Two sticks of bamboo, one as long as your leg and one as long as your \
         arm, are tied into a cross a quarter of the way from the top. Notch the ends, run a string around them all, \
         and you have the frame.\n\n\
         Lay it on the plastic, cut a hand's width outside the string, fold the border over and tape it down. The \
         bridle goes from the top to the bottom on the side without sticks. Where you tie the line to it decides how \
         the kite will fly, so use a loop that can be moved.\n\n\
         If it spins, the tail is too short. If it will not rise, the tail is too long, or there is no wind, and \
         then there is nothing to be done but to sit in the grass.",
    ),
    footer: CC_BY,
    ..PAGE
};

const GATE: Page = Page {
    name: "kind-chunked",
    url: "https://kinds.example.org/gate",
    purpose: "The payload comes in chunks: `Transfer-Encoding: chunked`.",
    title: "A gate that closes by itself",
    main: Main::Prose(
        "Our gate closes by itself without a spring. The upper hinge is set a thumb's width further back than the \
         lower one, so that the gate rises when it is opened and falls shut when it is let go. It has done so for \
         eighty years, and all that it has ever asked for is grease.\n\n\
         A stone on a chain does the same for a gate that hangs straight. The chain runs from the top of the gate to \
         a post, and the stone in its middle is lifted as the gate swings out. Children discover at once that one \
         can ride on it.\n\n\
         Springs from the shop are neater. They also slam, and they catch fingers, and after three winters they \
         break.",
    ),
    footer: CC_BY,
    ..PAGE
};

const ROAD: Page = Page {
    name: "kind-truncated",
    url: "https://kinds.example.org/road",
    purpose: "The crawler stopped reading in the middle: `WARC-Truncated: length`, kept and marked as truncated.",
    title: "The road over the pass",
    main: Main::Prose(
        "The road over the pass was built for mules and has never quite forgiven the cars. It has forty bends, each \
         with a number on a white stone, and in each the bus has to go back once before it gets around. The driver \
         sounds his horn, three notes that come back from the other side of the gorge.\n\n\
         At the top there is an inn with a stuffed bear in front of it. All buses wait here for each other, because \
         there is no place to pass further down. The passengers get out, have their soup, and look into the country \
         from which the others have come.\n\n\
         In October the innkeeper takes the bear inside. That is the sign, better than any decree, and whoever wants \
         to go over after that day must walk. In the years before the tunnel people did so with skis on their \
         shoulders, with letters, with coffee that they had not paid duty for, and once with a piano, which was \
         carried by eleven men and is still there.\n\n\
         The tunnel has taken the trucks away. What is left are cyclists, buses on Sundays, and a silence in which \
         you can hear a stone fall on the far side of the valley, long before you find out where it has been lying.",
    ),
    head: r#"<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">"#,
    ..PAGE
};

const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\
    \x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
