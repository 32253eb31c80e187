//! English pages under CC BY 4.0 that break one quality rule each.
//!
//! The rules are Gopher's (Rae et al. 2021, arXiv:2112.11446): number and length of words, symbols, lines, stop words.

use super::fate::{
    BULLET_LINES, ELLIPSES, ELLIPSIS_LINES, FEW_ALPHABETIC, FEW_STOP_WORDS, HASH_SYMBOLS, LONG_WORDS, NO_TEXT,
    SHORT_WORDS, TOO_FEW_WORDS, TOO_MANY_WORDS,
};
use super::page::{Layout, Main, PAGE, Page};

/// Like [`PAGE`], under CC BY 4.0.
const OPEN: Page =
    Page { footer: r#"<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>"#, ..PAGE };

/// Each is dropped by the rule that it is named after.
pub const PAGES: &[Page] = &[
    Page {
        name: "text-none",
        url: "https://empty.example.org/slides",
        purpose: "A page of scripts and images without a word of text.",
        fate: NO_TEXT,
        title: "",
        main: Main::Whole(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><link rel=\"license\" \
             href=\"https://creativecommons.org/licenses/by/4.0/\"></head><body><div id=\"root\"></div><img \
             src=\"a.jpg\"><script>mount(document.getElementById('root'));</script></body></html>\n\
             ",
        ),
        ..OPEN
    },
    Page {
        name: "text-navigation-only",
        url: "https://portal.example.org/start",
        purpose: "A page of links with no text of its own.",
        fate: NO_TEXT,
        title: "",
        main: Main::Whole(
            "<!DOCTYPE html><html lang=\"en\"><head><meta \
             charset=\"utf-8\"><title>Portal</title></head><body><nav><ul><li><a href=\"/1\">News</a></li><li><a \
             href=\"/2\">Weather</a></li><li><a href=\"/3\">Timetables</a></li><li><a \
             href=\"/4\">Classifieds</a></li><li><a href=\"/5\">Horoscope</a></li><li><a \
             href=\"/6\">Crossword</a></li></ul></nav><footer><a href=\"/7\">Imprint</a> <a rel=\"license\" \
             href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</a></footer></body></html>\n\
             ",
        ),
        ..OPEN
    },
    Page {
        name: "length-too-few-words",
        url: "https://quality.example.org/closed-today",
        purpose: "About thirty words; at least fifty are wanted.",
        fate: TOO_FEW_WORDS,
        title: "Closed today",
        main: Main::Prose(
            "The reading room is closed today because of the work on the roof. We hope to open again on Thursday, \
             and we will put a notice on the door if that should change.",
        ),
        ..OPEN
    },
    Page {
        name: "length-too-many-words",
        url: "https://quality.example.org/the-endless-book",
        purpose: "102,000 words, made from a word list; at most 100,000 are wanted.",
        fate: TOO_MANY_WORDS,
        title: "The endless book",
        main: Main::Made(super::endless_book::html),
        ..OPEN
    },
    Page {
        name: "quality-short-words",
        url: "https://quality.example.org/up-to-us",
        purpose: "Mean word length below 3.",
        fate: SHORT_WORDS,
        title: "It is up to us",
        main: Main::Prose(
            "It is up to us to be in on it if we go at it as we do. He is at an inn by a sea of ice, so I am at it \
             by me. If it be so, do go on, or do we go by bus? No, I am to go up to it on my ox. At an ax or by an \
             ad we do it. So be it.\n\n\
             Or is it he? We go to an old inn, he to us, and I to be by a bay. On we go, up a hill or in a bog, as \
             we do if it is hot. I do so if I am to. Go to it!",
        ),
        ..OPEN
    },
    Page {
        name: "quality-long-words",
        url: "https://quality.example.org/administration",
        purpose: "Mean word length above 10.",
        fate: LONG_WORDS,
        title: "Administrative responsibilities",
        main: Main::Prose(
            "Interdepartmental communication presupposes standardized documentation. Administrative \
             responsibilities, notwithstanding organizational restructuring, necessitate comprehensive \
             accountability. Environmental considerations increasingly characterize infrastructural investments; \
             consequently, intergovernmental representatives recommend transparent prioritization. Representatives \
             of municipalities emphasized that disproportionate specialization undermines cooperation.\n\n\
             Technological transformation simultaneously encourages decentralization and internationalization. \
             Misunderstandings concerning constitutional jurisdiction nevertheless complicate implementation. \
             Professional associations, philanthropic foundations and independent universities contributed \
             recommendations regarding interdisciplinary qualification, multilingual correspondence, straightforward \
             authentication, and uninterrupted accessibility throughout neighborhoods historically \
             underrepresented.",
        ),
        ..OPEN
    },
    Page {
        name: "quality-hash-symbols",
        url: "https://quality.example.org/tagged-weekend",
        purpose: "More than one hash sign for ten words.",
        fate: HASH_SYMBOLS,
        title: "A tagged weekend",
        main: Main::Prose(
            "We had a wonderful #weekend at the #lake with the whole #family and all of our #friends from the \
             #village. The #water was cold, but the #sun came out in the #afternoon, and there was #cake on the \
             #terrace of the old #mill.\n\n\
             On #Sunday we walked to the #tower and back, which took the #children longer than we had planned, \
             because of the #goats on the way. Who wants to come along in #spring, when the #orchards are in \
             #blossom? Write to us below, or tell the #baker, who will pass it on.",
        ),
        layout: Layout::Blog,
        ..OPEN
    },
    Page {
        name: "quality-ellipses",
        url: "https://quality.example.org/half-remembered",
        purpose: "More than one ellipsis for ten words, none of them at the end of a line.",
        fate: ELLIPSES,
        title: "Half remembered",
        main: Main::Prose(
            "There was a house ... or a barn ... with a blue door ... and behind it the pond. We had to be quiet ... \
             because of the dog ... or was it the farmer ... who slept after dinner.\n\n\
             Somebody gave us plums ... warm from the sun ... and said that we should run. I have been back ... \
             twice, I think ... and could find neither the pond ... nor the door ... nor anyone who knew. Perhaps it \
             was another village ... or somebody told me of it ... when I was ill.",
        ),
        ..OPEN
    },
    Page {
        name: "quality-bullet-lines",
        url: "https://quality.example.org/packing-list",
        purpose: "More than nine lines in ten begin with a bullet.",
        fate: BULLET_LINES,
        title: "Packing list",
        main: Main::Made(bullet_lines),
        ..OPEN
    },
    Page {
        name: "quality-ellipsis-lines",
        url: "https://quality.example.org/teasers",
        purpose: "More than three lines in ten end in an ellipsis.",
        fate: ELLIPSIS_LINES,
        title: "This week in the valley",
        main: Main::Prose(
            "The council met on Monday to speak about the bridge, and what the mayor then proposed came as a \
             surprise to nearly everyone in the room…\n\n\
             A farmer near the old mill has found a coin in his field that may be older than the village itself, and \
             experts from the city are on their way…\n\n\
             After forty years behind the counter the postmistress is going to retire, and she told us which of all \
             the parcels she will never forget…\n\n\
             The swimming pool will stay closed for another month, because the new pump was delivered without the \
             part that holds it to the wall.\n\n\
             Our football team won away from home for the first time since March, though the goal that decided the \
             match was not shot by anyone you would expect…\n\n\
             Whoever lost a brown dog with one white ear may ask at the bakery, where it has made itself at home and \
             has already learned to open the door…",
        ),
        layout: Layout::News,
        ..OPEN
    },
    Page {
        name: "quality-few-alphabetic-words",
        url: "https://quality.example.org/river-levels",
        purpose: "Fewer than eight words in ten have a letter in them.",
        fate: FEW_ALPHABETIC,
        title: "Levels of the river",
        main: Main::Prose(
            "On the gauge at the mill the river stood at 4.21 and 4.37 in January 1932, at 3.98 in March, and 1.12 \
             to 1.19 in the dry August of 1934. The flood of 1947 with 7.85 and 7.91 is the highest that we have, \
             before 1926 with 7.44 and 1909 with 7.02. Between 1950 and 1975 the level was 2.31, 2.44, 2.29, 2.51 \
             and 2.38 in the mean.\n\n\
             Since the dam was built in 1976 it has kept between 2.05 and 2.95, except in 1988, 1993, 2002 and 2013, \
             when 4.11, 4.66, 5.23 and 5.01 were read. Readings are taken at 0700, 1300 and 1900.",
        ),
        ..OPEN
    },
    Page {
        name: "quality-few-stop-words",
        url: "https://quality.example.org/telegram",
        purpose: "Fewer than two of the eight stop words that English prose has.",
        fate: FEW_STOP_WORDS,
        title: "Telegram style",
        main: Main::Prose(
            "Arrived Tuesday night after long journey. Hotel clean, food poor, view over harbor splendid. Met \
             Captain Sample at breakfast; he knows every island in this region, speaks five languages, owns no \
             watch. Ship leaves tomorrow if weather permits.\n\n\
             Walked through fish market this morning. Bought dried figs, two lemons, one knife. Old woman sold me \
             her umbrella for almost nothing, then laughed at my shoes. Rain began around noon, stopped only when \
             lamps were lit. Expect another letter from me when we reach Port Example, probably next week, perhaps \
             sooner. Please water my plants.",
        ),
        ..OPEN
    },
];

fn bullet_lines() -> String {
    const ITEMS: &[&str] = &[
        "two shirts of wool that dry over night",
        "a hat for the sun and one for the cold",
        "the map in its bag of oilcloth",
        "a whistle that can be heard in fog",
        "thin gloves and a pair of thick ones",
        "soap in a tin with holes in it",
        "string, a needle and strong gray thread",
        "the small stove with fuel for four days",
        "matches in a jar that once held honey",
        "a cup of enamel for each of us",
        "oats, raisins and a bag of nuts",
        "salt, because somebody always forgets it",
        "plasters for the heels, more than you think",
        "a lamp and the battery that fits it",
        "coins for the telephone at the hut",
        "paper to write on and a short pencil",
        "the knife with the blade that locks",
        "a book that all of us can bear",
        "one dry pair of socks that nobody touches",
        "the tent, and this time its poles as well",
        "a sheet to lie on in the barn",
        "bread for the first day and cheese",
        "the list itself, to check it at night",
        "patience with whoever is slowest",
    ];
    let lines: Vec<_> = ITEMS.iter().map(|item| format!("• {item}")).collect();
    format!("<p>{}</p>\n", lines.join("<br>\n"))
}
