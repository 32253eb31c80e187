//! English pages under CC BY 4.0 that repeat themselves, each against one rule.
//!
//! The rules are Gopher's (Rae et al. 2021, arXiv:2112.11446, table A1).
//! A passage that comes twice counts as duplicated n-grams for every n up to its length in words.
//! Because the bounds fall from 15 % at five words to 10 % at ten, a passage of n words can break the rule for n alone.

use super::fate::{
    DUPLICATE_5_GRAM, DUPLICATE_6_GRAM, DUPLICATE_7_GRAM, DUPLICATE_8_GRAM, DUPLICATE_9_GRAM, DUPLICATE_10_GRAM,
    DUPLICATE_LINE_CHARS, DUPLICATE_LINES, DUPLICATE_PARAGRAPH_CHARS, DUPLICATE_PARAGRAPHS, TOP_2_GRAM, TOP_3_GRAM,
    TOP_4_GRAM,
};
use super::page::{Main, PAGE, Page};

/// Like [`PAGE`], under CC BY 4.0.
const OPEN: Page =
    Page { footer: r#"<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>"#, ..PAGE };

/// Each is dropped by the rule that it is named after.
pub const PAGES: &[Page] = &[
    Page {
        name: "repetition-paragraphs",
        url: "https://repeats.example.org/house-rules",
        purpose: "Three paragraphs in eight are there already; in `pre`, where no extractor leaves repeats out.",
        fate: DUPLICATE_PARAGRAPHS,
        title: "Rules of the house",
        main: Main::Html(
            "<pre>Guests are asked to be quiet after ten in the evening, since the walls are thin.\n\n\
             Please close the gate behind you.\n\n\
             Breakfast is from seven until nine in the room that has the piano, and the kitchen is open to everybody \
             afterwards.\n\n\
             Please close the gate behind you.\n\n\
             Bicycles stand in the shed, where there is a pump, and not in the hall.\n\n\
             Please close the gate behind you.\n\n\
             On the day of your departure we would like to have the key back by eleven, because the rooms have to be \
             made ready for others.\n\n\
             Please close the gate behind you.</pre>",
        ),
        ..OPEN
    },
    Page {
        name: "repetition-paragraph-characters",
        url: "https://repeats.example.org/notice-board",
        purpose: "Few paragraphs come twice, but they are a quarter of the text.",
        fate: DUPLICATE_PARAGRAPH_CHARS,
        title: "Notice board",
        main: Main::Html(
            "<pre>The water will be turned off on Wednesday between eight and twelve, so that the pipe under the \
             yard can be mended. Please fill a bucket or two in time, and do not use the washing machines in the \
             cellar before the afternoon.\n\n\
             The choir sings on Friday.\n\n\
             A bicycle with a red saddle has been standing in the hall for a month. Whom does it belong to?\n\n\
             The cat of the second floor has come back by itself.\n\n\
             The water will be turned off on Wednesday between eight and twelve, so that the pipe under the yard can \
             be mended. Please fill a bucket or two in time, and do not use the washing machines in the cellar \
             before the afternoon.\n\n\
             New names for the doorbells can be had from the caretaker, who also has the key to the attic.\n\n\
             We thank everyone who has helped to clear the snow this winter, above all the children.</pre>",
        ),
        ..OPEN
    },
    Page {
        name: "repetition-lines",
        url: "https://repeats.example.org/rowing-song",
        purpose: "A song whose refrain is half of its lines, in verses that differ.",
        fate: DUPLICATE_LINES,
        title: "The rowers' song",
        main: Main::Made(rowing_song),
        ..OPEN
    },
    Page {
        name: "repetition-line-characters",
        url: "https://repeats.example.org/litany",
        purpose: "Few lines come twice, but they are a quarter of the text.",
        fate: DUPLICATE_LINE_CHARS,
        title: "How the story is told",
        main: Main::Html(
            "<p>When the night watchman had gone around the town for the third time and the moon stood over the \
             granary, he sat down upon the lowest step of the well and counted his keys.<br>One of them was \
             missing.<br>He went back by the lane, past the tannery.<br>Nothing lay there but straw.</p>\n\
             <p>The children want to hear it again.<br>So she begins from the start, and they say it with \
             her.<br>When the night watchman had gone around the town for the third time and the moon stood over the \
             granary, he sat down upon the lowest step of the well and counted his keys.<br>This time there is one \
             too many.</p>\n\
             <p>Nobody asks where it came from, and all of them fall asleep before the watchman has tried it on a \
             door.</p>\n\
             ",
        ),
        ..OPEN
    },
    Page {
        name: "repetition-top-2-gram",
        url: "https://repeats.example.org/the-ticking",
        purpose: "One pair of words makes up more than a fifth of the text.",
        fate: TOP_2_GRAM,
        title: "A night beside a clock",
        main: Main::Prose(
            "I could not sleep that night because of it. At first ticktock ticktock went beside my bed, then \
             ticktock ticktock under the pillow, and when I had carried it out, ticktock ticktock came through the \
             wall. My brother heard ticktock ticktock in the attic. Even the dog, to whom ticktock ticktock should \
             be nothing, got up and left. To him ticktock ticktock was the sound of teeth.\n\n\
             In the morning we opened the case with a spoon. In it sat a beetle.",
        ),
        ..OPEN
    },
    Page {
        name: "repetition-top-3-gram",
        url: "https://repeats.example.org/the-office",
        purpose: "One run of three words makes up more than 18 % of the text, and no pair a fifth.",
        fate: TOP_3_GRAM,
        title: "A form for everything",
        main: Main::Prose(
            "For a new bicycle one needs permit number seven. For a dog that barks one has to show permit number \
             seven as well. A man who came to sell eggs was sent away, because permit number seven had run out on \
             the day before.\n\n\
             My uncle framed permit number seven and hung it over the sofa. His daughter, born in that year, is \
             called permit number seven by everyone at home. When the office burned down, people stood in the street \
             and asked each other where permit number seven would be had from now on, and whether permit number \
             seven was needed to build it up again.",
        ),
        ..OPEN
    },
    Page {
        name: "repetition-top-4-gram",
        url: "https://repeats.example.org/the-parrot",
        purpose: "One run of four words makes up more than 16 % of the text, and no shorter run too much.",
        fate: TOP_4_GRAM,
        title: "The parrot in the barber's shop",
        main: Main::Prose(
            "Everybody in our town knows the parrot in the shop. Whoever opens the door hears come sit down friend \
             before the bell has stopped. It said come sit down friend to the bishop. It called come sit down friend \
             after a thief, and the judge, to whom it had said come sit down friend as well, let him go.\n\n\
             When the barber died the bird did not speak for a year. Then a boy came in, and from the top of the \
             mirror a voice said come sit down friend as if nothing had been.",
        ),
        ..OPEN
    },
    Page {
        name: "repetition-5-grams",
        url: "https://repeats.example.org/proverbs-5",
        purpose: "Runs of 5 words that come twice make up more than 15 % of the text.",
        fate: DUPLICATE_5_GRAM,
        title: "What my aunt used to say",
        main: Main::Made(|| twice(5)),
        ..OPEN
    },
    Page {
        name: "repetition-6-grams",
        url: "https://repeats.example.org/proverbs-6",
        purpose: "Runs of 6 words that come twice make up more than 14 % of the text.",
        fate: DUPLICATE_6_GRAM,
        title: "What my aunt used to say",
        main: Main::Made(|| twice(6)),
        ..OPEN
    },
    Page {
        name: "repetition-7-grams",
        url: "https://repeats.example.org/proverbs-7",
        purpose: "Runs of 7 words that come twice make up more than 13 % of the text.",
        fate: DUPLICATE_7_GRAM,
        title: "What my aunt used to say",
        main: Main::Made(|| twice(7)),
        ..OPEN
    },
    Page {
        name: "repetition-8-grams",
        url: "https://repeats.example.org/proverbs-8",
        purpose: "Runs of 8 words that come twice make up more than 12 % of the text.",
        fate: DUPLICATE_8_GRAM,
        title: "What my aunt used to say",
        main: Main::Made(|| twice(8)),
        ..OPEN
    },
    Page {
        name: "repetition-9-grams",
        url: "https://repeats.example.org/proverbs-9",
        purpose: "Runs of 9 words that come twice make up more than 11 % of the text.",
        fate: DUPLICATE_9_GRAM,
        title: "What my aunt used to say",
        main: Main::Made(|| twice(9)),
        ..OPEN
    },
    Page {
        name: "repetition-10-grams",
        url: "https://repeats.example.org/proverbs-10",
        purpose: "Runs of 10 words that come twice make up more than 10 % of the text.",
        fate: DUPLICATE_10_GRAM,
        title: "What my aunt used to say",
        main: Main::Made(|| twice(10)),
        ..OPEN
    },
];

fn rowing_song() -> String {
    const VERSES: &[[&str; 2]] = &[
        ["The morning is gray and the harbor is cold,", "The rope has been frozen, the boat is so old,"],
        ["The bread is as hard as the plank of the bow,", "Whoever was hungry is hungrier now,"],
        ["There once was a captain who promised us wine,", "He showed us the barrel, it tasted of brine,"],
        ["The light on the point has gone out in the rain,", "We passed it at midnight and passed it again,"],
        ["My sister has written, the letter was wet,", "If she has a husband I do not know yet,"],
    ];
    VERSES
        .iter()
        .map(|[first, second]| {
            format!(
                "<p>{first}<br>\n\
                 Haul away, brothers, the tide will not wait.<br>\n\
                 {second}<br>\n\
                 Haul away, brothers, we are always too late.</p>\n\
                 "
            )
        })
        .collect()
}

/// A text in which the first `words` words of one to three sayings come twice, and nothing else does.
fn twice(words: usize) -> String {
    const SAYINGS: [(&str, &str, &str, &str); 3] = [
        (
            "Whenever it rained my aunt would claim that",
            "patient gardeners harvest something wonderful long before their cautious neighbors",
            "and in dry weather how",
            "although no garden was in sight.",
        ),
        (
            "At the table we learned how",
            "nobody remembers thunder when next morning somebody bakes fresh bread",
            "and I told our teacher that",
            "and had to stay after school.",
        ),
        (
            "Stitched in red wool over her bed one could read that",
            "whoever borrows ladders should expect questions about apples sooner or later",
            "and at my wedding somebody explained why",
            "without knowing the source.",
        ),
    ];
    const FILLERS: &[&str] = &[
        "She kept geese, three of them, and they went to church with her as far as the gate.",
        "Her house had a green door that could be opened by those who knew where to push.",
        "In the winter we slept beside the stove, all six in a row, like loaves.",
        "She never owned a clock, since the train went by four times each day.",
        "On the first of May there were pancakes, one for every year of your life.",
        "When the river rose she moved the hens upstairs and read to them.",
        "It is said that a count had wanted to marry her, but that he could not whistle.",
    ];
    // So many sayings and fillers give a share above the bound for this length and below that for the next shorter one.
    let (sayings, fillers) = match words {
        5 => (3, 0),
        6 => (3, 2),
        7 => (2, 3),
        8 => (2, 4),
        9 => (2, 6),
        _ => (1, 5),
    };
    let mut html = String::new();
    for (before, saying, between, end) in SAYINGS.iter().take(sayings) {
        let saying: Vec<_> = saying.split(' ').take(words).collect();
        let saying = saying.join(" ");
        html.push_str(&format!("<p>{before} {saying} {between} {saying} {end}</p>\n"));
    }
    for filler in &FILLERS[..fillers] {
        html.push_str(&format!("<p>{filler}</p>\n"));
    }
    html
}
