//! English pages of every license tier but `open`, each dropped for its tier.

use super::fate::{LOW_CONFIDENCE, NO_LICENSE, NODERIVATIVES, NONCOMMERCIAL, RESERVED, UNCLEAR};
use super::page::{Layout, Main, PAGE, Page};

/// Noncommercial, no derivatives, unclear, reserved, none.
pub const PAGES: &[Page] = &[
    Page {
        name: "tier-by-nc",
        url: "https://fiddle.example.org/tuning-by-ear",
        purpose: "CC BY-NC 4.0.",
        fate: NONCOMMERCIAL,
        tier: "noncommercial",
        title: "Tuning a fiddle by ear",
        main: Main::Prose(
            "Take the A from a fork, a pipe or the oldest player in the room, and do not touch that string again. \
             Bow it together with the next one and listen for the slow beating that two strings make when they \
             nearly agree. Turn the peg until the beating grows slower and stops. That is a pure fifth.\n\n\
             The other strings follow in the same way, each from its neighbor. If the peg slips, push it in while \
             you turn it, and if it will not move, a little chalk on it helps.\n\n\
             Play something slow before you trust it. New strings stretch, and the warmth of your hand alone will \
             pull them down in the first few minutes.",
        ),
        layout: Layout::Blog,
        footer: r#"<a rel="license" href="https://creativecommons.org/licenses/by-nc/4.0/">CC BY-NC 4.0</a>"#,
        ..PAGE
    },
    Page {
        name: "tier-by-nc-sa",
        url: "https://school.example.net/volcano-model",
        purpose: "CC BY-NC-SA 3.0 in meta and link, which agree.",
        fate: NONCOMMERCIAL,
        tier: "noncommercial",
        title: "A model volcano that teaches something",
        main: Main::Prose(
            "The volcano of vinegar and baking soda makes foam and noise, and the class remembers the foam. It says \
             nothing about why mountains explode. This model needs more time and shows the thing itself: gas that \
             comes out of a thick liquid.\n\n\
             Fill one bottle with lemonade and another with lemonade into which you have stirred gelatin until it is \
             as thick as honey. Shake both and open them at the same moment, outdoors. The thin one foams and is \
             done. The thick one holds its gas until it throws the whole content out.\n\n\
             Ask the children which of the two is like lava from a deep sea ridge and which is like the mountain in \
             the news. They will find the answer before you have finished the question.",
        ),
        head: r#"<meta name="dcterms.license" content="https://creativecommons.org/licenses/by-nc-sa/3.0/">"#,
        footer: r#"<a rel="license" href="https://creativecommons.org/licenses/by-nc-sa/3.0/">Some rights
reserved</a>"#,
        ..PAGE
    },
    Page {
        name: "tier-by-nd",
        url: "https://opinion.example.com/the-empty-square",
        purpose: "CC BY-ND 4.0.",
        fate: NODERIVATIVES,
        tier: "noderivatives",
        title: "The empty square",
        main: Main::Prose(
            "Our market square was paved anew three years ago, and since then nobody stops there. The old stones \
             were uneven, the benches stood in odd places, and a fountain leaked. Yet people met at that fountain, \
             because it was where one stood while the children tried to block its spout.\n\n\
             Now there is an even field of pale granite with four lamps, and one crosses it as fast as one can. In \
             summer it is too hot to stand on. In winter the wind comes straight through.\n\n\
             A square does not need to be beautiful. It needs something to lean on, something to look at, and a bit \
             of shade. I would have the leaking fountain back tomorrow.",
        ),
        layout: Layout::News,
        article_end: r#"<p><a rel="license" href="https://creativecommons.org/licenses/by-nd/4.0/">CC BY-ND
4.0</a></p>"#,
        ..PAGE
    },
    Page {
        name: "tier-by-nc-nd",
        url: "https://stories.example.org/the-clockmaker",
        purpose: "CC BY-NC-ND 4.0: no derivatives comes before noncommercial.",
        fate: NODERIVATIVES,
        tier: "noderivatives",
        title: "The clockmaker who was late",
        main: Main::Prose(
            "There was a clockmaker in our street who came late to everything. He was late to school as a boy, late \
             to his wedding by an hour, and when they carried the old mayor to his grave he arrived as people were \
             already putting on their hats.\n\n\
             Asked about it, he said that he had two hundred clocks in his shop, and that no two of them had ever \
             agreed. Other people own one clock and believe it. He had to make up his mind every time he left the \
             house.\n\n\
             When he died they stopped all two hundred at the minute. It turned out that eleven of them had been \
             right, and those eleven had stood in the window, where he could not see their faces.",
        ),
        article_end: r#"<p>Share it as it is: <a rel="license"
href="https://creativecommons.org/licenses/by-nc-nd/4.0/">CC BY-NC-ND 4.0</a></p>"#,
        ..PAGE
    },
    Page {
        name: "tier-unclear-head-against-footer",
        url: "https://cellar.example.org/cider-in-october",
        purpose: "The head says CC BY 4.0 and the footer CC BY-NC-ND 4.0: contradiction.",
        fate: UNCLEAR,
        tier: "unclear",
        title: "Cider in October",
        main: Main::Prose(
            "We press on the first dry weekend of October, whatever is ripe. Sweet apples alone make a thin cider, \
             sour ones a hard one, and the small brown fruit that nobody can eat gives it the bite that keeps it \
             interesting. A third of each has served us well.\n\n\
             The juice goes into glass without yeast from a packet. What lives on the skins will do the work if the \
             cellar is cool, and it takes its time over it. By Christmas the bubbling has nearly stopped, and the \
             cider is drawn off its dregs.\n\n\
             Bottle it in March. If you bottle earlier you will hear it, and the neighbors will too.",
        ),
        head: r#"<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">"#,
        footer: r#"This page: <a rel="license" href="https://creativecommons.org/licenses/by-nc-nd/4.0/">CC BY-NC-ND
4.0</a>"#,
        ..PAGE
    },
    Page {
        name: "tier-unclear-reserved-and-cc",
        url: "https://hikes.example.com/ridge-walk",
        purpose: "One footer that reserves all rights and grants CC BY 4.0: contradiction.",
        fate: UNCLEAR,
        tier: "unclear",
        title: "Along the ridge in two days",
        main: Main::Prose(
            "The path begins behind the chapel and climbs through beech wood for an hour and a half. Fill your \
             bottles at the trough above the last barn, because there is no water on the ridge. From the saddle the \
             way is easy to see, and in fog the iron posts stand close enough together to lead you.\n\n\
             The hut has twelve beds and no warden. Bring wood up from the edge of the forest, pay into the box, and \
             sweep before you leave. On a clear evening you can see the lights of both valleys.\n\n\
             The second day is shorter but steeper. Where the path divides, the left branch saves half an hour and \
             costs twice that in scree.",
        ),
        footer: r#"All rights reserved. <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY
4.0</a>. No part of this site may be copied without permission."#,
        ..PAGE
    },
    Page {
        name: "tier-unclear-rsl",
        url: "https://magazine.example.net/glass-eyes",
        purpose: "`link rel=license` to RSL terms, which stand elsewhere and are no grant.",
        fate: UNCLEAR,
        tier: "unclear",
        title: "The last maker of glass eyes",
        main: Main::Prose(
            "The flame hisses, and between two fingers a tube of white glass begins to turn red. Within minutes it \
             is a ball, and then the iris is laid on in threads thinner than hair, gray first, then green, then \
             three strokes of brown that he has copied from the living eye across the table.\n\n\
             He is the last in the country who does this by hand. His customers come from far away and stay for two \
             days, since every eye is made with its owner sitting by the lamp. A glass eye lasts for a year or two \
             before tears have made it rough.\n\n\
             Plastic is cheaper and does not break. It also does not shine, he says, and holds the new one up to the \
             window.",
        ),
        head: r#"<link rel="license" type="application/rsl+xml" href="https://magazine.example.net/license.xml">"#,
        ..PAGE
    },
    Page {
        name: "tier-reserved-words",
        url: "https://crime.example.com/chapter-one",
        purpose: "All rights reserved, in words.",
        fate: RESERVED,
        tier: "reserved",
        title: "Chapter one: the wet umbrella",
        main: Main::Prose(
            "The umbrella in the hall was wet, and it had not rained since Thursday. Inspector Sample noticed it \
             only when he was about to leave, with his hat already in his hand and the widow holding the door for \
             him. He put the hat down again.\n\n\
             It was a good umbrella, black, with a handle of horn, and it stood in a puddle that had found its way \
             along the joints of the tiles as far as the cellar stairs. The widow looked at it too, and then at him, \
             and for the first time that evening she seemed to be tired.\n\n\
             May I see the cellar, he asked, and she said that she had wondered when he would.",
        ),
        article_end: "<p>All rights reserved. No part of this text may be reproduced in any form without written \
            permission of the publisher.</p>",
        footer: "Copyright 2025 Sample Press",
        ..PAGE
    },
    Page {
        name: "tier-none",
        url: "https://diary.example.org/the-first-frost",
        purpose: "No license at all.",
        fate: NO_LICENSE,
        tier: "none",
        title: "The first frost",
        main: Main::Prose(
            "The dahlias are black this morning. Yesterday they were the best thing in the street, and the postman \
             had stopped to say so. I had read the forecast and had gone to bed all the same, because it was late \
             and because one does not believe in frost on the last day of September.\n\n\
             The beans have gone as well, but under the vine leaves three pumpkins have come through it as if \
             nothing had happened. I have carried them in and set them on the stairs, one on each step, where we \
             shall have to climb around them until November.\n\n\
             Tomorrow I will dig up the tubers, label them, and put them to bed in sand.",
        ),
        layout: Layout::Blog,
        ..PAGE
    },
    Page {
        name: "tier-none-copyright-line",
        url: "https://plumber.example.com/dripping-tap",
        purpose: "A plain copyright line is no license and no express reservation.",
        fate: NO_LICENSE,
        tier: "none",
        title: "How to stop a dripping tap",
        main: Main::Prose(
            "A tap that drips once a second wastes more than twenty liters a day, and the part that mends it costs \
             less than a cup of coffee. Turn the water off under the sink first and open the tap to let the pipe run \
             empty. Put the plug in, so that no screw can fall where it cannot be found.\n\n\
             Lever off the cap, undo the screw, and pull the handle straight up. Under it sits a nut, and under the \
             nut the spindle with its washer. The washer has a groove where it met the seat. Take it along to the \
             shop and buy one of the same size.\n\n\
             While it is apart, feel the seat with your finger. If it is rough, a new washer will not last.",
        ),
        footer: "&copy; 2024 Sample Plumbing",
        ..PAGE
    },
    Page {
        name: "tier-open-weak",
        url: "https://links.example.org/the-ford",
        purpose: "A bare link to CC BY 4.0 with no `rel` and no words: open, but only with weak confidence.",
        fate: LOW_CONFIDENCE,
        title: "The ford below the mill",
        main: Main::Prose(
            "Before there was a bridge, people crossed the river below the mill, where a bar of gravel makes it \
             shallow. The stones that were laid for the cattle are still there. In a dry summer they show their \
             backs, and you can walk from one to the next without getting your feet wet.\n\n\
             The miller took a penny from strangers. For neighbors there was a rope. It is said that the last miller \
             drowned there on the day when the bridge was opened, because he would not use it, and that he has been \
             seen since, counting.",
        ),
        footer: r#"<a href="https://creativecommons.org/licenses/by/4.0/"><img src="/b.png" alt=""></a>"#,
        ..PAGE
    },
];
