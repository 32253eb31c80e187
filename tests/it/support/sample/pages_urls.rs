//! English pages under CC BY 4.0 that only their URL keeps out, one for every rule of the URL filter.
//!
//! [`STAGE`] is the stage that drops them, for presets and tests.

use super::fate::{
    BLOCKED_DOMAIN, BLOCKED_HOST, BLOCKED_SUBWORD, BLOCKED_URL, BLOCKED_WORD, SOFT_WORDS, URL_WITHOUT_HOST,
};
use super::page::{Main, PAGE, Page};

/// The stage whose lists these URLs break, as it stands in a preset.
pub const STAGE: &str = r#"[[stage]]
[stage.filter.url]
domains = { entries = ["example.edu"] }
hosts = { entries = ["blocked.example"] }
urls = { entries = ["https://urls.example.org/one-page-of-many"] }
words = { entries = ["forbidden"] }
soft_words = { entries = ["casino", "jackpot"] }
subwords = { entries = ["freemovies"] }
drop_without_host = true
"#;

/// Like [`PAGE`], under CC BY 4.0.
const OPEN: Page =
    Page { footer: r#"<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>"#, ..PAGE };

/// Each is dropped by the rule that it is named after.
pub const PAGES: &[Page] = &[
    Page {
        name: "url-blocked-domain",
        url: "https://www.example.edu/library/opening-hours",
        purpose: "A page on a host of a blocked domain.",
        fate: BLOCKED_DOMAIN,
        title: "Why the library closes at noon",
        main: Main::Prose(
            "Visitors wonder why our library is closed between noon and two. It was built without lamps, for fear of \
             fire, and the readers of that time went home to eat. When lamps came, the habit stayed.\n\n\
             A vote was held ten years ago, and those who wanted to keep the break won by a single voice. They say \
             that a room full of books has to be left alone once each day. The others eat their bread on the stairs \
             and wait.",
        ),
        ..OPEN
    },
    Page {
        name: "url-blocked-host",
        url: "https://blocked.example/cupboard",
        purpose: "A page on a blocked host.",
        fate: BLOCKED_HOST,
        title: "A cupboard under the stairs",
        main: Main::Prose(
            "The space under the stairs is a wedge, and shelves waste most of a wedge. Drawers on wheels do not. \
             Build three boxes of different heights, each as deep as the stairs are wide, and let them roll out \
             sideways like the carriages of a train.\n\n\
             Measure the slope at both walls, because in an old house they will differ, and make the boxes two \
             fingers lower than the lower one. With a finger hole instead of a handle, no visitor will find it.",
        ),
        ..OPEN
    },
    Page {
        name: "url-blocked-url",
        url: "https://urls.example.org/one-page-of-many",
        purpose: "A page whose whole URL is blocked.",
        fate: BLOCKED_URL,
        title: "How to fold a map",
        main: Main::Prose(
            "A map that has been opened in the wind will never be folded again as it was, unless you know the order. \
             Begin with the long side. Let the folds that go inward fall inward by themselves, and do not help those \
             that resist, because they belong to the second step.\n\n\
             Now you hold a strip. Lay it on your knee with the title down, close it like a fan from the left, and \
             press. If the title is inside, turn everything around and pretend that you wanted to look at the back.",
        ),
        ..OPEN
    },
    Page {
        name: "url-blocked-word",
        url: "https://urls.example.org/forbidden/mushroom-soup",
        purpose: "A URL with a blocked word.",
        fate: BLOCKED_WORD,
        title: "Mushroom soup without cream",
        main: Main::Prose(
            "Cream covers everything that a mushroom has to say. For a soup without it you need twice as many \
             mushrooms and a good deal of patience. Fry them in small portions until they squeak, and take them out \
             before they give up their water.\n\n\
             What thickens the soup is a potato, grated raw and cooked in it for as long as the table takes to be \
             laid. Add the mushrooms at the end with a spoon of sherry, and let nobody lift the lid.",
        ),
        ..OPEN
    },
    Page {
        name: "url-soft-words",
        url: "https://urls.example.org/casino/jackpot-of-1911",
        purpose: "A URL with two of the words that are dropped only together.",
        fate: SOFT_WORDS,
        title: "The winner of 1911",
        main: Main::Prose(
            "In the summer of 1911 a waiter won so much at the tables of the old spa that the bank had to send to \
             the city for coins. He put them into a flower pot, served the rest of the evening, and gave notice in \
             the morning.\n\n\
             What became of him is told in three ways. In the first he bought the hotel, in the second he lost it \
             all at the next spa, and in the third, which my aunt preferred, he went home to his village and dug a \
             well.",
        ),
        ..OPEN
    },
    Page {
        name: "url-blocked-subword",
        url: "https://urls.example.org/free-movies-in-the-park",
        purpose: "A URL whose letters hold a blocked sequence.",
        fate: BLOCKED_SUBWORD,
        title: "A screen between two trees",
        main: Main::Prose(
            "Every Friday in July a bed sheet is hung between the two lime trees in the park, and as soon as it is \
             dark enough a film is shown. One brings a chair and something to share. There is no ticket, but a hat \
             goes around for the man with the projector.\n\n\
             Bats fly through the beam and are part of it. Last year it rained during a scene at sea, and nobody \
             moved until the captain had been saved. Only then did people open their umbrellas and begin to laugh.",
        ),
        ..OPEN
    },
    Page {
        name: "url-without-host",
        url: "urn:example:page-without-a-host",
        purpose: "A target that is no address on the web.",
        fate: URL_WITHOUT_HOST,
        title: "A letter in a bottle",
        main: Main::Prose(
            "The bottle lay among the weed, green glass with a cork that had been sealed with tar. In it was a page \
             from a school book, written on both sides. Somebody had answered all the questions about the rivers of \
             the north, and had been given a red mark for it.\n\n\
             There was no name, no place and no date. We asked at the school, where they laughed, and at the museum, \
             where they did not. It hangs in our kitchen now, and visitors check the rivers and find one mistake.",
        ),
        ..OPEN
    },
];
