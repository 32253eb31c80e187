//! English pages under CC BY 4.0 that are there more than once, wholly or nearly.
//!
//! Texts of near-duplicates are long, so that the words that were edited are few among their shingles.

use super::fate::{EXACT_DUPLICATE, KEPT, NEAR_DUPLICATE};
use super::page::{Layout, Main, PAGE, Page};

/// Like [`PAGE`], under CC BY 4.0.
const OPEN: Page =
    Page { footer: r#"<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>"#, ..PAGE };

/// One pair of equal texts, a pair of near-duplicates and a cluster of three.
pub const PAGES: &[Page] = &[
    Page {
        name: "exact-first",
        url: "https://walls.example.org/lime-wash",
        purpose: "First of two pages with the same text.",
        fate: EXACT_DUPLICATE,
        title: "Lime wash for an old wall",
        main: EXACT,
        ..OPEN
    },
    Page {
        name: "exact-second",
        url: "https://walls.example.org/print/lime-wash?session=81",
        purpose: "The same page at another URL.",
        fate: KEPT,
        title: "Lime wash for an old wall",
        main: EXACT,
        ..OPEN
    },
    Page {
        name: "near-pair-first",
        url: "https://beekeeping.example.org/swarm",
        purpose: "First of two near-duplicates.",
        fate: NEAR_DUPLICATE,
        title: "What to do when the bees swarm",
        main: Main::Made(|| near_pair("a cardboard box", "by nine in the evening")),
        layout: Layout::Blog,
        ..OPEN
    },
    Page {
        name: "near-pair-second",
        url: "https://bees.example.com/2019/swarm-guide",
        purpose: "The same text with three words edited, in another frame.",
        fate: KEPT,
        title: "What to do when the bees swarm",
        main: Main::Made(|| near_pair("a wooden crate", "by ten in the evening")),
        layout: Layout::News,
        ..OPEN
    },
    Page {
        name: "near-three-first",
        url: "https://stoves.example.org/lighting",
        purpose: "First of three near-duplicates.",
        fate: NEAR_DUPLICATE,
        title: "Lighting a stove from the top",
        main: Main::Made(|| near_three(["two fingers", "ten minutes", "the neighbors"])),
        ..OPEN
    },
    Page {
        name: "near-three-second",
        url: "https://stoves.example.org/lighting-2",
        purpose: "One number edited.",
        fate: NEAR_DUPLICATE,
        title: "Lighting a stove from the top",
        main: Main::Made(|| near_three(["two fingers", "twelve minutes", "the neighbors"])),
        ..OPEN
    },
    Page {
        name: "near-three-third",
        url: "https://chimneys.example.net/top-down-fire",
        purpose: "Two other places edited, and the frame of another site.",
        fate: KEPT,
        title: "Lighting a stove from the top",
        main: Main::Made(|| near_three(["three fingers", "ten minutes", "the whole street"])),
        layout: Layout::Blog,
        ..OPEN
    },
    Page {
        name: "near-not-enough",
        url: "https://stoves.example.org/banking-a-fire",
        purpose: "Shares a paragraph with the cluster before it, which is too little for a near-duplicate: kept.",
        fate: KEPT,
        title: "Keeping a fire through the night",
        main: Main::Prose(
            "A fire that is to last until morning needs little air and much ash. Rake the embers to the back, lay \
             the thickest log of the pile against them, bark down, and cover both with ash until only a red line is \
             left. Then close the lower door completely and the upper one to a crack.\n\n\
             The stove will be warm to the hand at six. Draw the ash away, put thin splints on what glows beneath \
             it, open both doors, and there will be flames before the water for the coffee has been measured.\n\n\
             Never use paper with colored print, painted wood or anything from the kitchen. It smells, it eats the \
             lining of the pipe, and the sweep can tell at a glance what you have burned.\n\n\
             Oak and beech are best for this. Birch burns too fast, and spruce, which is full of resin, will wake \
             you with its shots.",
        ),
        ..OPEN
    },
];

const EXACT: Main = Main::Prose(
    "Lime wash is the oldest paint there is, and on an old wall it is still the best. It does not make a skin that \
     shuts the damp in. It turns to stone on the surface, a little thicker with every coat, and lets the wall \
     breathe as it has done for two hundred years.\n\n\
     Wet the wall first. Stir the lime into water until it is as thin as milk, much thinner than you would believe, \
     and put it on with a wide brush, crosswise, without going back. While it is wet you see almost nothing. \
     Overnight it becomes white.\n\n\
     Three thin coats hold longer than one thick one, which would crack and come off in flakes. Wear glasses, since \
     a splash of lime in the eye is no joke, and keep the bucket covered for next year.",
);

fn near_pair(container: &str, time: &str) -> String {
    format!(
        "<p>A swarm looks more dangerous than it is. The bees have filled themselves with honey for the journey, \
         they have no brood to defend, and they are waiting for their scouts to come back with news of a new home. \
         As long as they hang in a tree like a brown pear, you have an hour or two to get ready, and sometimes a \
         whole day.</p>\n\
         <p>You need {container}, a sheet, a spray bottle with water and someone to hold the ladder. Spread the \
         sheet on the ground under the branch. Wet the swarm with a fine mist, which makes the bees move closer \
         together, then hold the box below it and give the branch one hard jerk. Most of them will fall into it with \
         a sound like wet sand.</p>\n\
         <p>Turn it over on the sheet and put a stone under one edge. If the queen is inside, the others will walk \
         in after her, and at the entrance you will see bees with their tails in the air, fanning a scent that tells \
         the rest where to go. If she is not, they will all be back on the branch within half an hour, and you begin \
         again.</p>\n\
         <p>Leave the box in the shade until dusk. The last scouts come home {time}, and then the swarm can be \
         carried to its hive. Give it frames with wax but no food for two days, so that it uses up the honey which \
         it has brought along and with it whatever sickness that honey may hold. After a week, look for eggs.</p>\n\
         "
    )
}

fn near_three([depth, wait, witnesses]: [&str; 3]) -> String {
    format!(
        "<p>Most of us have learned to light a stove from below: paper, kindling, and the logs on top. It works, but \
         it smokes. The flames heat the logs above them before the fire is hot enough to burn the gases which the \
         logs give off, and these go up the chimney as soot. Turn the pile upside down, and most of the smoke is \
         gone.</p>\n\
         <p>Lay the thickest logs at the bottom, {depth} apart, with the bark to the side. Put a second layer of \
         thinner ones across them. On top of that goes a small tower of kindling, four layers high, with a lighter \
         of wood wool in its middle. Open all the air there is, light the wool, and close the door.</p>\n\
         <p>For {wait} it will look as though nothing much were going on. The fire eats its way down slowly, and \
         whatever gas rises from the wood below has to pass through the flames and is burned in them. The glass \
         stays clear. When the big logs are alight on all sides, close the lower air by half.</p>\n\
         <p>Never use paper with colored print, painted wood or anything from the kitchen. It smells, it eats the \
         lining of the pipe, and the sweep can tell at a glance what you have burned. With dry wood and a fire from \
         the top, {witnesses} will not even notice that you have a stove, apart from the stack of beech that grows \
         along the fence in spring.</p>\n\
         "
    )
}
