//! What readers wrote: left out, taken in, or as the content model decides.

use super::super::options::{Comments, Mode, Options};
use super::extract;

const ARTICLE: &str = "<h1>The mill</h1><p>The mill stands where the brook leaves the wood, and its wheel has turned there \
    for two hundred years, through floods and frosts. People of the village bring their grain every autumn.</p>";
const WRITTEN: &str = "<p>Readerword: my grandfather was the last miller there, and he told us many stories.</p>";

/// Says whether the reader's words are in the text. Says so for all blocks, so that no content model has a hand in it.
fn check_dropped(page: &str, is_dropped: bool) {
    let text = |comments| {
        let options = Options { mode: Mode::All, comments, ..Options::default() };
        extract(&options.build().expect("sound options"), page).text
    };
    assert_eq!(text(Comments::Drop).contains("Readerword"), !is_dropped, "{page}");
    assert!(text(Comments::Auto).contains("Readerword") && text(Comments::Keep).contains("Readerword"), "{page}");
}

fn check_section(start_tag: &str, is_dropped: bool) {
    check_dropped(&format!("{ARTICLE}<{start_tag}>{WRITTEN}</div>"), is_dropped);
}

#[test]
fn comments_are_found_by_structure() {
    for start_tag in [
        "div class=comments",
        "div id='comments'",
        "ol class='comment-list'",
        "ul class=commentlist",
        "li class='comment even thread-even depth-1' id=comment-12",
        "div id=disqus_thread",
        "div class=articleComments",
        "section role=comment",
        "div itemprop=comment",
        "div itemscope itemtype='https://schema.org/Comment'",
        "div class=x itemscope itemtype=http://schema.org/UserComments",
        "div id=kommentare",
        "div class='post-comments'",
    ] {
        check_section(start_tag, true);
    }
}

#[test]
fn what_only_speaks_of_comments_is_no_section() {
    for start_tag in [
        "div class=no-comments",
        "article class='post comments-open'",
        "div class=comment-count",
        "div class=commentary",
        "div itemscope itemtype='https://schema.org/CommentAction'",
    ] {
        check_section(start_tag, false);
    }
    check_dropped(&format!("<body class='single comments'>{ARTICLE}{WRITTEN}</body>"), false);
    check_dropped(&format!("<div class='story comments'>{ARTICLE}{WRITTEN}</div>"), false);
}

#[test]
fn posts_and_answers_are_content() {
    for start_tag in [
        "div class=post",
        "div class='answer'",
        "div class='message-body'",
        "article class='message message--post' itemprop=comment itemscope itemtype='https://schema.org/Comment'",
        "div class='topic-body crawler-post' itemprop=comment",
        "ul class='MessageList Comments'",
    ] {
        check_section(start_tag, false);
    }
    let forum = "<div itemscope itemtype='https://schema.org/DiscussionForumPosting'>";
    check_dropped(&format!("{forum}{ARTICLE}<div itemprop=comment>{WRITTEN}</div></div>"), false);
    check_dropped(&format!("{forum}{ARTICLE}<div class=comments>{WRITTEN}</div></div>"), true);
}

#[test]
fn a_page_of_comments_is_not_emptied() {
    check_dropped(&format!("<a href=1>Home</a><p>A short title</p><div class=comments>{WRITTEN}</div>"), false);
    let many = "<p>Someone wrote a sentence here, of ten words or so.</p>".replace("here", "{}");
    let many: String = (0..100).map(|n| many.replace("{}", &n.to_string())).collect();
    check_dropped(&format!("{ARTICLE}<div class=comments>{WRITTEN}{many}</div>"), false);
    check_dropped(&format!("<body class=page-forum>{ARTICLE}<div class=comments>{WRITTEN}</div></body>"), false);
}

/// Keeps comments on a page, and says which words are in the text.
fn check_kept(page: &str, kept: &[&str], lost: &[&str]) {
    let options = Options { comments: Comments::Keep, ..Options::default() };
    let text = extract(&options.build().expect("sound options"), page).text;
    for word in kept {
        assert!(text.contains(word), "{word} is lost from {text}");
    }
    for word in lost {
        assert!(!text.contains(word), "{word} is in {text}");
    }
}

#[test]
fn kept_comments_come_without_forms_and_buttons() {
    let page = format!(
        "<nav><a href=1>Navone</a></nav><article>{ARTICLE}</article><section class=comments>\
         <ol><li class=comment><p>Good!</p><a href=2>Replylink</a><div class=share>Sharetext</div>\
         <ol class=children><li class='comment reply'><p>Nested words.</p></ol></ol>\
         <div class=comment-respond><h3>Replyheading</h3><form><p>Formtext</p><label>Labeltext</label></form></div>\
         <button>Buttontext</button></section>"
    );
    check_kept(
        &page,
        &["brook", "Good!", "Nested words."],
        &["Navone", "Replylink", "Sharetext", "Replyheading", "Formtext", "Labeltext", "Buttontext"],
    );
}

#[test]
fn comments_on_a_page_within_a_form_are_kept() {
    check_kept(&format!("<form>{ARTICLE}<div class=comments><p>Good!</p></div></form>"), &["Good!"], &[]);
}

#[test]
fn comments_on_other_pages_are_not_taken_in() {
    let page = format!(
        "<div class=comments><p>Aboveword</p></div><main>{ARTICLE}</main><aside class='widget recent-comments'><p>\
         Elsewhere</p></aside>"
    );
    check_kept(&page, &["brook"], &["Aboveword", "Elsewhere"]);
}
