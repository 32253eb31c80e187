//! Which blocks are main text, on pages made for the purpose.

use super::super::options::{Mode, Options};
use super::super::{Extractor, Hints, content, reasons};
use super::extract;

const PARAGRAPH: &str = "<p>The mill stands where the brook leaves the wood, and its wheel has turned there for two hundred \
    years, through floods and frosts. People of the village bring their grain every autumn.</p>";

/// Says which of the words stand in the main text.
fn check(page: &str, kept: &[&str], lost: &[&str]) {
    let text = extract(&Options::default().build().expect("sound options"), page).text;
    for word in kept {
        assert!(text.contains(word), "{word} is lost from {text}");
    }
    for word in lost {
        assert!(!text.contains(word), "{word} is in {text}");
    }
}

#[test]
fn what_surrounds_an_article_is_not_main_text() {
    let page = format!(
        "<nav><a href=1>Navone</a></nav><div class=cookie-banner>We use cookiestuff on this site.</div>\
         <article>{PARAGRAPH}<h2>Wheelwright</h2>{PARAGRAPH} Closing words of the millstory, for readers.</article>\
         <div class=sidebar><ul><li><a href=2>Sideone</a><li><a href=3>Sidetwo</a></ul></div><footer>Footstuff 2026</footer>"
    );
    check(&page, &["brook", "Wheelwright", "millstory"], &["Navone", "cookiestuff", "Sideone", "Footstuff"]);
}

#[test]
fn navigation_footers_dialogs_and_choices_are_never_main_text() {
    for name in ["nav", "footer", "dialog", "select"] {
        check(&format!("<main>{PARAGRAPH}<{name}>Hardword and more of it.</{name}></main>"), &["brook"], &["Hardword"]);
    }
}

#[test]
fn code_and_tables_in_an_article_are_main_text() {
    let page = format!(
        "<main>{PARAGRAPH}<pre>fn codeword() {{}}</pre>{PARAGRAPH}<table><tr><td>cellword<td>12</table>{PARAGRAPH}</main>"
    );
    check(&page, &["fn codeword() {}", "cellword\t12"], &[]);
}

#[test]
fn a_page_of_short_texts_and_links_is_not_empty() {
    let items: String = (0..30).map(|n| format!("<li><a href=/{n}>Item number {n}</a> 12.50</li>")).collect();
    check(
        &format!("<nav><a href=1>Navone</a></nav><ul class=widget>{items}</ul>"),
        &["Item number 7", "12.50"],
        &["Navone"],
    );
}

#[test]
fn what_is_said_of_the_whole_page_tells_nothing() {
    let page =
        format!("<div class='widget sidebar' style='display: none'>{PARAGRAPH}<div class=menu>Menuword</div></div>");
    check(&page, &["brook"], &["Menuword"]);
}

#[test]
fn a_script_without_spaces_is_main_text_too() {
    let paragraph = "<p>磨坊坐落在小溪流出树林的地方，水车在那里转动了两百年。村民们每年秋天都把粮食送来。</p>";
    let page = format!("<div><a href=1>首页</a> <a href=2>新闻</a></div><div>{paragraph}{paragraph}</div>");
    check(&page, &["磨坊坐落"], &["首页"]);
}

fn with(options: Options) -> Extractor {
    options.build().expect("sound options")
}

#[test]
fn the_model_of_the_program_is_whole() {
    let model = content::embedded();
    assert!(!model.trees.is_empty());
    assert!(model.odds.is_sorted(), "the more a score, the more likely");
}

#[test]
fn precise_takes_no_block_that_main_leaves() {
    let items: String = (0..20).map(|n| format!("<li><a href=/{n}>Related story number {n}</a> by a reader")).collect();
    let page =
        format!("<div>{PARAGRAPH}<p>Short.</p>{PARAGRAPH}<ul class=related>{items}</ul><p>Sign up for more.</p></div>");
    let text = |mode| extract(&with(Options { mode, ..Options::default() }), &page).text;
    let main = text(Mode::Main);
    let main: Vec<&str> = main.lines().collect();
    let precise = text(Mode::Precise);
    assert!(precise.contains("brook") && precise.lines().all(|line| main.contains(&line)), "{precise}");
}

#[test]
fn the_expected_f1_is_a_share_and_none_where_nothing_is_chosen() {
    let expected = |mode| extract(&with(Options { mode, ..Options::default() }), PARAGRAPH).expected_f1;
    for mode in [Mode::Main, Mode::Precise] {
        assert!(expected(mode).is_some_and(|f1| f1 > 0.5 && f1 <= 1.0), "{:?}", expected(mode));
    }
    assert_eq!(expected(Mode::All), None);
}

#[test]
fn fewer_words_than_wanted_are_no_main_text() {
    let page = "<title>The mill</title><p>The wheel turns slowly in the brook behind our house.</p>";
    let found = |mode, words_min| {
        let found = with(Options { mode, words_min, ..Options::default() }).extract(page.as_bytes(), &Hints::default());
        found
            .map(|found| found.text.split(' ').count())
            .map_err(|dropped| (dropped.reason, dropped.found, dropped.bound))
    };
    assert_eq!(found(Mode::Main, 10), Ok(10));
    assert_eq!(found(Mode::Main, 11), Err((reasons::NO_TEXT, Some(10.0), Some(11.0))));
    assert_eq!(found(Mode::Precise, 11), Err((reasons::NO_TEXT, Some(10.0), Some(11.0))));
    assert_eq!(found(Mode::All, 11), Ok(10));
}
