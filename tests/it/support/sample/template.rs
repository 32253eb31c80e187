//! Sample pages as HTML: a main text in a frame such as real sites have.
//!
//! The frames hold what an extractor has to leave out: navigation, banners, sidebars, scripts, footers.

use super::page::{Layout, Main, Page};

/// The whole page.
pub fn render(page: &Page) -> String {
    if let Main::Whole(html) = page.main {
        return html.to_owned();
    }
    match page.layout {
        Layout::Plain => plain(page),
        Layout::Blog => blog(page),
        Layout::News => news(page),
        Layout::Old => old(page),
    }
}

fn plain(page: &Page) -> String {
    let [home, about, archive, contact] = nav_words(page.lang);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"{dir}>\n<head>\n{meta}<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/style.css\">\n{head}\n</head>\n<body>\n\
         <header><nav><ul><li><a href=\"/\">{home}</a></li><li><a href=\"/about\">{about}</a></li>\
         <li><a href=\"/archive\">{archive}</a></li></ul></nav></header>\n\
         <main><article>\n<h1>{title}</h1>\n{main}{end}\n</article></main>\n\
         <footer><a href=\"/contact\">{contact}</a> {footer}</footer>\n</body>\n</html>\n",
        lang = page.lang,
        dir = if matches!(page.lang, "ar" | "he") { " dir=\"rtl\"" } else { "" },
        meta = meta_charset(page),
        title = page.title,
        head = page.head,
        main = main_html(page),
        end = page.article_end,
        footer = page.footer,
    )
}

fn blog(page: &Page) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n{meta}<title>{title} - Notes from the yard</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta property=\"og:title\" content=\"{title}\">\n<meta name=\"author\" content=\"Ada Sample\">\n\
         <style>body{{font:16px/1.5 serif;margin:0 auto;max-width:60em}}.side{{float:right;width:14em}}</style>\n\
         {head}\n</head>\n<body class=\"single post\">\n\
         <header id=\"masthead\"><a href=\"/\">Notes from the yard</a>\
         <nav class=\"menu\"><a href=\"/\">Home</a> | <a href=\"/about\">About</a> | <a href=\"/archive\">Archive</a> \
         | \
         <a href=\"/feed.xml\">Feed</a></nav></header>\n\
         <aside class=\"side\"><h3>Recent posts</h3><ul><li><a href=\"/p/1\">Fixing the gate</a></li>\
         <li><a href=\"/p/2\">A list of old tools</a></li><li><a href=\"/p/3\">Rain again</a></li></ul>\
         <h3>Tags</h3><a href=\"/t/a\">garden</a> <a href=\"/t/b\">workshop</a> <a href=\"/t/c\">kitchen</a></aside>\n\
         <article class=\"entry\">\n<h1 class=\"entry-title\">{title}</h1>\n\
         <p class=\"byline\">By <span class=\"author\">Ada Sample</span> on \
         <time datetime=\"2025-11-03\">3 November 2025</time></p>\n{main}{end}\n\
         <div class=\"share\"><a href=\"#\">Share</a> <a href=\"#\">Mail</a> <a \
         href=\"#\">Print</a></div>\n</article>\n\
         <section id=\"respond\"><h3>Leave a reply</h3><form method=\"post\"><textarea name=\"c\"></textarea>\
         <button>Send</button></form></section>\n\
         <footer class=\"site-footer\"><p>{footer}</p></footer>\n\
         <script>document.body.className += ' js';</script>\n</body>\n</html>\n",
        lang = page.lang,
        meta = meta_charset(page),
        title = page.title,
        head = page.head,
        main = main_html(page),
        end = page.article_end,
        footer = page.footer,
    )
}

fn news(page: &Page) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n{meta}<title>{title} | The Sample Herald</title>\n\
         <meta name=\"description\" content=\"Local news from a town that does not exist.\">\n\
         <script>window.dataLayer=window.dataLayer||[];function track(a){{dataLayer.push(a)}}track('page');</script>\n\
         <script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
         \"headline\":\"{title}\",\"datePublished\":\"2025-12-01\",\"author\":{{\"@type\":\"Person\",\
         \"name\":\"Ben Sample\"}}}}</script>\n{head}\n</head>\n<body>\n\
         <div id=\"cookie-banner\" role=\"dialog\"><p>We use cookies to remember your choices and to count visits.</p>\
         <button>Accept all</button><button>Only what is needed</button></div>\n\
         <div class=\"top\"><a href=\"/\">The Sample Herald</a><ul class=\"nav\"><li><a href=\"/town\">Town</a></li>\
         <li><a href=\"/sport\">Sport</a></li><li><a href=\"/weather\">Weather</a></li>\
         <li><a href=\"/login\">Log in</a></li></ul></div>\n\
         <main>\n<article>\n<h1>{title}</h1>\n<p class=\"meta\">Ben Sample, 1 December \
         2025</p>\n{main}{end}\n</article>\n\
         <section class=\"related\"><h2>More stories</h2><a href=\"/a\">Bus line 4 takes another way</a> \
         <a href=\"/b\">Pool opens late</a> <a href=\"/c\">Choir looks for tenors</a></section>\n</main>\n\
         <footer><ul><li><a href=\"/imprint\">Imprint</a></li><li><a href=\"/privacy\">Privacy</a></li></ul>\
         <p>{footer}</p></footer>\n\
         <noscript><img src=\"/pixel.gif\" alt=\"\"></noscript>\n<script src=\"/app.js\" async></script>\n\
         </body>\n</html>\n",
        lang = page.lang,
        meta = meta_charset(page),
        title = page.title,
        head = page.head,
        main = main_html(page),
        end = page.article_end,
        footer = page.footer,
    )
}

fn old(page: &Page) -> String {
    let paragraphs = match page.main {
        Main::Prose(text) => paragraphs(text).map(|text| format!("<P>{text}\n")).collect(),
        _ => main_html(page),
    };
    format!(
        "<HTML>\n<HEAD>\n{meta}<TITLE>{title}</TITLE>\n{head}\n</HEAD>\n<BODY BGCOLOR=\"#FFFFFF\">\n\
         <TABLE WIDTH=\"100%\"><TR><TD COLSPAN=2><A HREF=\"/\">Home</A> <A HREF=\"links.htm\">Links</A> \
         <A HREF=\"guest.htm\">Guest book</A></TD></TR>\n<TR><TD WIDTH=120 VALIGN=top><A HREF=\"1.htm\">One</A><BR>\
         <A HREF=\"2.htm\">Two</A><BR><A HREF=\"3.htm\">Three</A></TD>\n<TD><H1>{title}</H1>\n{paragraphs}{end}\n\
         </TD></TR></TABLE>\n<HR><FONT SIZE=1>{footer}</FONT>\n</BODY>\n</HTML>\n",
        meta = meta_charset(page),
        title = page.title,
        head = page.head,
        end = page.article_end,
        footer = page.footer,
    )
}

fn meta_charset(page: &Page) -> String {
    page.charset.meta.map_or_else(String::new, |name| format!("<meta charset=\"{name}\">\n"))
}

fn main_html(page: &Page) -> String {
    match page.main {
        Main::Prose(text) => paragraphs(text).map(|text| format!("<p>{text}</p>\n")).collect(),
        Main::Html(html) | Main::Whole(html) => html.to_owned(),
        Main::Made(make) => make(),
    }
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(str::trim).filter(|text| !text.is_empty())
}

/// Home, about, archive, contact.
fn nav_words(lang: &str) -> [&'static str; 4] {
    match lang {
        "de" => ["Startseite", "Über uns", "Archiv", "Kontakt"],
        "fr" => ["Accueil", "À propos", "Archives", "Contact"],
        "es" => ["Inicio", "Acerca de", "Archivo", "Contacto"],
        "pt" => ["Início", "Sobre", "Arquivo", "Contato"],
        "pl" => ["Start", "O nas", "Archiwum", "Kontakt"],
        "ru" => ["Главная", "О нас", "Архив", "Связь"],
        "el" => ["Αρχική", "Σχετικά", "Αρχείο", "Επικοινωνία"],
        "ar" => ["الرئيسية", "من نحن", "الأرشيف", "اتصل بنا"],
        "he" => ["ראשי", "אודות", "ארכיון", "צור קשר"],
        "hi" => ["मुखपृष्ठ", "परिचय", "संग्रह", "संपर्क"],
        "ja" => ["ホーム", "概要", "過去の記事", "連絡先"],
        "zh" => ["首页", "关于", "存档", "联系"],
        "ko" => ["홈", "소개", "보관함", "연락처"],
        "th" => ["หน้าแรก", "เกี่ยวกับ", "คลัง", "ติดต่อ"],
        _ => ["Home", "About", "Archive", "Contact"],
    }
}
