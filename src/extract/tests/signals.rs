//! What a page states about itself.

use super::super::Extractor;
use super::{all, extract};
use crate::document::signals::{LinkSignal, Place, Signals};

fn signals(page: &str) -> Signals {
    let extractor: Extractor = all();
    extract(&extractor, &format!("{page}<p>text")).signals
}

/// The first link kept of a page: rel, href, text and place.
fn check(page: &str, expected: Option<(&str, &str, &str, Place)>) {
    let links = signals(page).links;
    let found = links.first().map(|link| (link.rel.as_str(), link.href.as_str(), link.text.as_str(), link.place));
    assert_eq!(found, expected, "{page}");
}

#[test]
fn license_links_are_kept_and_others_are_not() {
    check("<a rel=license href='/x?a&amp;b'> CC  BY </a>", Some(("license", "/x?a&b", "CC BY", Place::Main)));
    check("<a rel='noopener License' href=x>y</a>", Some(("noopener License", "x", "y", Place::Main)));
    check(
        "<a href=//creativecommons.org/licenses/by/4.0/>y</a>",
        Some(("", "//creativecommons.org/licenses/by/4.0/", "y", Place::Main)),
    );
    check("<map><area rel=license href=x></map>", Some(("license", "x", "", Place::Body)));
    check("<a rel=licensed href=/news>y</a>", None);
    check("<a rel=license>y</a>", None);
    check("<template><a rel=license href=x>y</a></template>", None);
}

#[test]
fn a_link_element_is_told_from_a_link() {
    let found = signals("<head><link rel=license href=l><body><a rel=license href=a>b</a>").links;
    let kinds: Vec<_> = found.iter().map(|link| (link.is_link_element, link.place)).collect();
    assert_eq!(kinds, [(true, Place::Head), (false, Place::Main)]);
}

#[test]
fn microdata_and_rdfa_count_as_links_named_by_their_property() {
    check("<a itemprop=license href=x>y</a>", Some(("license", "x", "y", Place::Main)));
    check("<span property='dct:license' resource=x>y</span>", Some(("dct:license", "x", "y", Place::Main)));
    check("<div rel='cc:license' resource=x>y</div>", Some(("cc:license", "x", "y", Place::Main)));
    check("<span property=dc:rights>CC BY 4.0</span>", Some(("dc:rights", "CC BY 4.0", "CC BY 4.0", Place::Main)));
    check("<meta itemprop=license content=x>", Some(("license", "x", "", Place::Body)));
    check("<meta name=license content=x>", None);
    check("<span itemprop=name>y</span>", None);
}

#[test]
fn the_nearest_ancestor_that_tells_is_the_place() {
    let link = "<a rel=license href=x>y</a>";
    let places = [
        ("<header>", Place::Header),
        ("<nav>", Place::Nav),
        ("<main>", Place::Main),
        ("<main><article>", Place::Article),
        ("<article><footer>", Place::Footer),
        ("<aside><p>", Place::Aside),
        ("<figure><figcaption>", Place::Figure),
        ("<div class=comments><article>", Place::Article),
        ("<article><div class='x comment-7'>", Place::Comment),
        ("<div role=contentinfo>", Place::Footer),
        ("<div role=navigation>", Place::Nav),
        ("<button>", Place::Form),
        ("<footer><div role=main>", Place::Main),
        ("<body class=comments>", Place::Main),
    ];
    for (before, place) in places {
        check(&format!("{before}{link}"), Some(("license", "x", "y", place)));
    }
}

#[test]
fn the_text_around_a_link_is_its_block_cut_to_400_characters() {
    let link = "<a rel=license href=x>CC BY</a>";
    let around = |page: &str| signals(page).links.first().map(|link| link.around.clone()).unwrap_or_default();
    assert_eq!(
        around(&format!("<p>no</p><p>Text is under {link}, photos <b>are not</b>.</p>")),
        "Text is under CC BY, photos are not."
    );
    let long = around(&format!("<p>{}{link}{}", "é ".repeat(1_000), "z ".repeat(1_000)));
    assert!(long.contains("CC BY") && long.chars().count() <= 400, "{long}");
}

#[test]
fn offsets_point_at_the_tag() {
    let page = "<p>é <a rel=license href=x>y</a><meta name=a content=b>";
    let found = signals(page);
    let link: &LinkSignal = &found.links[0];
    assert!(page[link.offset_bytes as usize..].starts_with("<a rel"));
    assert!(page[found.metas[0].offset_bytes as usize..].starts_with("<meta"));
}

#[test]
fn metas_and_data_scripts_are_kept_as_written() {
    let found = signals(
        "<meta name=' Robots ' content='noai'><meta property=og:title content='A &amp; B'><meta charset=utf-8>\
         <meta http-equiv=refresh content=3><meta name=x><script type='application/LD+json; a'>{\"a\":\"&amp;\"}</script>\
         <script>no</script>",
    );
    let metas: Vec<_> = found.metas.iter().map(|meta| (meta.name.as_str(), meta.content.as_str())).collect();
    assert_eq!(metas, [("robots", "noai"), ("og:title", "A & B"), ("refresh", "3")]);
    let scripts: Vec<_> = found.json_ld.iter().map(|script| script.text.as_str()).collect();
    assert_eq!(scripts, ["{\"a\":\"&amp;\"}"]);
    assert_eq!(signals(&"<meta name=a content=b>".repeat(300)).metas.len(), 256);
}

#[test]
fn title_author_date_language_and_address_are_read() {
    let found = signals(
        "<html lang=' de-AT '><title> One\n &amp; two </title><link rel='canonical' href=/c><meta name=author content=Ann>\
         <meta property=article:published_time content=2026-01-02T03:04:05Z>",
    );
    assert_eq!(found.declared_language.as_deref(), Some("de-AT"));
    assert_eq!(found.title.as_deref(), Some("One & two"));
    assert_eq!(found.author.as_deref(), Some("Ann"));
    assert_eq!(found.published.as_deref(), Some("2026-01-02T03:04:05Z"));
    assert_eq!(found.canonical_url.as_deref(), Some("/c"));
}

#[test]
fn sources_are_asked_in_order() {
    let title = |page: &str| signals(page).title;
    assert_eq!(title("<title>b</title><h1>c</h1><meta property=og:title content=a>").as_deref(), Some("a"));
    assert_eq!(title("<svg><title>x</title></svg><h1>c</h1>").as_deref(), Some("c"));
    assert_eq!(title("<title> </title>"), None);
    let author = |page: &str| signals(page).author;
    assert_eq!(
        author("<meta property=article:author content=https://x.example/a><a rel=author>Bo</a>").as_deref(),
        Some("Bo")
    );
    assert_eq!(author("<span itemprop=author><b>Cy</b>  Dee</span>").as_deref(), Some("Cy Dee"));
    let published = |page: &str| signals(page).published;
    assert_eq!(published("<time datetime=1>x</time>"), None);
    assert_eq!(published("<article><time datetime=2>x</time></article>").as_deref(), Some("2"));
    assert_eq!(
        published("<article><time datetime=2></time></article><time itemprop=datePublished datetime=3>").as_deref(),
        Some("3")
    );
    assert_eq!(signals("<html xml:lang=fr>").declared_language.as_deref(), Some("fr"));
}

/// The place and the text of the first notice of a page.
fn check_notice(page: &str, expected: Option<(&str, Place)>) {
    let notices = signals(page).notices;
    assert_eq!(notices.first().map(|notice| (notice.text.as_str(), notice.place)), expected, "{page}");
}

#[test]
fn runs_of_text_about_rights_are_notices_in_many_languages() {
    check_notice("<footer><p>All rights\n reserved</footer>", Some(("All rights reserved", Place::Footer)));
    check_notice("<article><p>Усі права захищено</article>", Some(("Усі права захищено", Place::Article)));
    check_notice("<div class=copyright>無断転載禁止</div>", Some(("無断転載禁止", Place::Footer)));
    check_notice("<p>CC0", Some(("CC0", Place::Main)));
    check_notice("<p>Bread and butter", None);
    check_notice("<style>all rights reserved</style><script>license</script>", None);
}

#[test]
fn a_page_of_law_keeps_its_first_and_last_notices() {
    let page: String = (0..400).map(|n| format!("<p>License number {n}.")).collect();
    let notices = signals(&page).notices;
    assert_eq!(notices.len(), 96);
    assert_eq!(notices[0].text, "License number 0.");
    assert_eq!(notices[95].text, "License number 399.");
}

#[test]
fn a_long_notice_is_cut_around_its_first_word() {
    let page = format!("<p>{} reserved. All rights reserved. {}", "word ".repeat(300), "word ".repeat(300));
    let notice = &signals(&page).notices[0];
    assert_eq!(notice.text.chars().count(), 800);
    assert!(notice.text.contains("rights reserved"));
}

#[test]
fn a_heading_a_term_or_a_colon_is_the_label_of_what_follows() {
    let label = |page: &str| signals(page).links[0].label.clone();
    let link = "<a rel=license href=x>y</a>";
    assert_eq!(label(&format!("<h2>License</h2><p>{link}")), "License");
    assert_eq!(label(&format!("<dl><dt>Rights<dd>{link}</dl>")), "Rights");
    assert_eq!(label(&format!("<p>Photos:</p><p>{link}")), "Photos:");
    assert_eq!(label(&format!("<p>Photos</p><p>{link}")), "");
}

#[test]
fn like_items_with_licenses_are_a_list_and_those_with_text_are_posts() {
    let item = |text: &str| format!("<li>{text} <p><a rel=license href=x>y</a></li>");
    let of = |page: String| signals(&page).links.iter().map(|link| (link.is_in_list, link.place)).collect::<Vec<_>>();
    assert_eq!(of(format!("<main><ul>{}</ul>", item("A title"))), [(false, Place::Main)]);
    assert_eq!(of(format!("<main><ul>{}{}</ul>", item("One"), item("Two"))), [(true, Place::Main); 2]);
    let text = "<p>An answer of its own with more words than a title has, and a second part.</p>";
    assert_eq!(of(format!("<main><ul>{}{}</ul>", item(text), item(text))), [(true, Place::Post); 2]);
    let post = "<div class='post a'><p><a rel=license href=x>y</a></div>";
    assert_eq!(of(format!("<main>{post}{post}")), [(true, Place::Post); 2]);
}

#[test]
fn the_subject_of_markup_is_that_of_the_nearest_element() {
    let link = |page: &str| signals(page).links.remove(0);
    let about = link("<div about=/a><p about=''><a rel=license href=x>y</a></div>");
    assert_eq!(about.about.as_deref(), Some(""));
    let item = link("<div itemscope itemtype=https://schema.org/ImageObject><a itemprop=license href=x>y</a></div>");
    assert_eq!(item.item_type.as_deref(), Some("https://schema.org/ImageObject"));
    assert_eq!(link("<link rel=license type=application/rsl+xml href=x>").media_type, "application/rsl+xml");
    assert_eq!(link("<img src=https://i.creativecommons.org/l/by/4.0/88x31.png>").href.len(), 48);
    assert!(signals("<img src=https://cdn.example/creativecommons.png>").links.is_empty());
}

#[test]
fn scripts_and_rdf_that_name_creative_commons_are_kept_in_part() {
    let found = signals(&format!(
        "<script>{} 'https://creativecommons.org/licenses/by/4.0/'</script><script>x</script><p>License: CC BY 4.0\
         <!-- <rdf:RDF><license rdf:resource=\"http://creativecommons.org/licenses/by/2.0/\" /></rdf:RDF> -->",
        "a".repeat(5_000)
    ));
    assert_eq!(found.scripts.len(), 1);
    assert!(found.scripts[0].text.len() < 1_000 && found.scripts[0].text.contains("licenses/by/4.0"));
    assert_eq!(found.rdf[0].text, "<license rdf:resource=\"http://creativecommons.org/licenses/by/2.0/\" />");
}

#[test]
fn the_lines_of_a_text_without_markup_are_notices_too() {
    let text = "A paragraph of a text with more than eight words in it.\nLicensed under CC BY 4.0\n";
    let notices = all().plain_text(text.as_bytes()).expect("a text").signals.notices;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].text, "Licensed under CC BY 4.0");
    let around = notices[0].around_it;
    assert_eq!((around.paragraphs_before, around.paragraphs_after, notices[0].offset_bytes), (1, 0, 56));
}
