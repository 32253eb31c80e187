//! English pages with a signal about text and data mining, or with one that only looks like it.
//!
//! All of them are under CC BY 4.0, so that the signal alone decides.

use super::fate::RESERVED;
use super::page::{Layout, Main, PAGE, Page};

const CC_BY: &str = r#"<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>"#;

/// Reserved beside a license, and not reserved at all.
pub const PAGES: &[Page] = &[
    Page {
        name: "reserved-tdm-header",
        url: "https://press.example.org/the-night-bakery",
        purpose: "`tdm-reservation: 1` in the HTTP header, beside CC BY 4.0.",
        fate: RESERVED,
        tier: "reserved",
        title: "The night bakery",
        main: Main::Prose(
            "At two in the morning the only light in our street is that of the bakery. The door stands open because \
             of the heat, and whoever walks by on the way home can watch eight hands throwing dough from a table \
             into baskets without a word being said.\n\n\
             They sell at the back door from half past four. There is no sign and no price, only a row of people \
             with cold fingers, among them nurses, drivers, and a man in a dinner jacket. One takes what there \
             is.\n\n\
             The shop at the front opens at seven and has a brass scale and a bell. The bread is the same, I am \
             told, but I have never been able to believe it.",
        ),
        footer: CC_BY,
        headers: &[("tdm-reservation", "1"), ("tdm-policy", "https://press.example.org/policy.json")],
        triple: true,
        ..PAGE
    },
    Page {
        name: "reserved-tdm-meta",
        url: "https://press.example.org/the-bell-founder",
        purpose: "`meta name=tdm-reservation` of 1, which comes before a header of 0.",
        fate: RESERVED,
        tier: "reserved",
        title: "The bell founder",
        main: Main::Prose(
            "A bell is cast upside down in a pit, in earth that has been rammed for a week. For the mold they use \
             loam with horse dung and goat hair, as they did five hundred years ago, because the dung burns away and \
             leaves pores through which the steam can get out.\n\n\
             On the day itself nobody speaks while the metal runs. It takes four minutes. Then the pit is left \
             alone, and for the next five days the founder sleeps badly, since nobody can see whether there is a \
             crack.\n\n\
             The note is known only when the bell hangs free. It cannot be tuned upward any more, and so they cast \
             it a little too high and hope to be allowed to use the file.",
        ),
        head: r#"<meta name="tdm-reservation" content="1">"#,
        footer: CC_BY,
        headers: &[("tdm-reservation", "0")],
        ..PAGE
    },
    Page {
        name: "reserved-meta-noai",
        url: "https://art.example.com/blue-from-woad",
        purpose: "`noai` in the robots meta element, beside CC BY 4.0.",
        fate: RESERVED,
        tier: "reserved",
        title: "Blue from woad",
        main: Main::Prose(
            "The leaves of woad are green, the water in which they are steeped is brown, and the wool that comes out \
             of it is yellow for a moment. Then the air touches it, and while you watch, a blue creeps over it from \
             the edges that seems to come from nowhere.\n\n\
             Pick the leaves in their first year, before the plant has thought of flowering. Tear them, pour hot \
             water over them, and press them out after an hour. A spoon of washing soda turns the liquid green, and \
             a whisk beats air into it until the froth is blue.\n\n\
             One dip gives the color of a winter sky. Eight dips, with a day of rest after each, give that of the \
             sea in the evening.",
        ),
        head: r#"<meta name="robots" content="index, follow, NOAI, noimageai">"#,
        footer: CC_BY,
        ..PAGE
    },
    Page {
        name: "reserved-x-robots-tag",
        url: "https://art.example.com/a-box-of-pastels",
        purpose: "`X-Robots-Tag: noai` in the HTTP header, beside CC BY 4.0.",
        fate: RESERVED,
        tier: "reserved",
        title: "A box of pastels",
        main: Main::Prose(
            "Pastels are nearly pure pigment, held together by so little gum that they crumble if you look at them. \
             They cannot be mixed on a palette. Every tone that you need must be in the box or must be made on the \
             paper, by laying one color over another and leaving both visible.\n\n\
             Work on paper with a tooth, and from dark to light. Do not blow the dust away, for it is not healthy, \
             but tap the board from behind and let it fall. If the surface is full and takes no more, brush it off \
             with bristles and start again on the ghost that remains.\n\n\
             Fixative dulls the lights. Most people who know pastels use glass instead.",
        ),
        layout: Layout::Blog,
        footer: CC_BY,
        headers: &[("X-Robots-Tag", "noai")],
        ..PAGE
    },
    Page {
        name: "reserved-content-usage",
        url: "https://wire.example.net/storm-on-the-coast",
        purpose: "`Content-Usage: train-ai=n` in the HTTP header, beside CC BY 4.0.",
        fate: RESERVED,
        tier: "reserved",
        title: "Storm closes the coast road",
        main: Main::Prose(
            "The coast road between the harbor and the lighthouse was closed on Sunday after waves had thrown stones \
             as large as footballs over the wall. Nobody was hurt. The bus took the way through the hills, which \
             doubled the journey, and the school on the point stayed shut on Monday.\n\n\
             It is the third closing of this winter. Engineers of the county say that the beach in front of the wall \
             has become lower by a meter in ten years, so that even common storms now reach the road.\n\n\
             A plan to bring sand from the river mouth has been on the table since the spring. The council will vote \
             on it, according to its calendar, in the second week of February.",
        ),
        layout: Layout::News,
        footer: CC_BY,
        headers: &[("Content-Usage", "train-ai=n, search=y")],
        ..PAGE
    },
    Page {
        name: "reserved-article-4",
        url: "https://wire.example.net/market-for-old-bricks",
        purpose: "An express reservation under Article 4(3) of Directive (EU) 2019/790 in words, beside CC BY 4.0.",
        fate: RESERVED,
        tier: "reserved",
        title: "A market for old bricks",
        main: Main::Prose(
            "When the spinning mill was taken down last year, its bricks were worth more than the land. Each was \
             cleaned with a hammer by hand, stacked by color, and sold within a month to builders who want new walls \
             that look old.\n\n\
             The dealer has worked out a price for every kind. Hard red bricks from before the first war are \
             cheapest, yellow ones from the coast cost twice as much, and for the long thin ones that were made for \
             chimneys there is a waiting list.\n\n\
             Architects are divided. Some praise the saving of energy, since a fired brick never has to be fired \
             again. Others ask what will be left to look at once every ruin has been turned into a restaurant.",
        ),
        layout: Layout::News,
        article_end: "<p>The publisher reserves all rights to text and data mining of this text under Article 4(3) \
            of Directive (EU) 2019/790.</p>",
        footer: CC_BY,
        ..PAGE
    },
    Page {
        name: "allowed-tdm-0",
        url: "https://science.example.org/why-ice-floats",
        purpose: "`tdm-reservation: 0` says that nothing is reserved: kept, reservation `allowed`.",
        title: "Why ice floats",
        main: Main::Prose(
            "Nearly everything shrinks when it freezes. Water does so too until it is four degrees above freezing, \
             and then it changes its mind. From there on it expands, and at the moment when it turns solid it grows \
             by a full eleventh, which is why the bottle in the freezer bursts and the iceberg shows its head.\n\n\
             The reason lies in the way the molecules hold hands. In the liquid they let go and take hold again all \
             the time and can lie close together. In the crystal each keeps four neighbors at arm's length, and the \
             result is a lattice full of holes.\n\n\
             If it were otherwise, lakes would freeze from the bottom up. There would be no fish in cold countries, \
             and perhaps nobody to wonder about it.",
        ),
        footer: CC_BY,
        headers: &[("tdm-reservation", "0")],
        ..PAGE
    },
    Page {
        name: "unset-tdm-nonsense",
        url: "https://science.example.org/the-color-of-shadows",
        purpose: "`tdm-reservation: yes` is an error by the specification and counts as unset: kept.",
        title: "The color of shadows",
        main: Main::Prose(
            "Ask people what color a shadow is and most will say gray. On a sunny day in the snow you can see that \
             they are wrong, because every footprint there is blue. The sun does not reach into it, but the sky \
             does, and the sky is blue.\n\n\
             The same is true on grass and on asphalt, only there the ground has a color of its own and hides the \
             effect. Painters found out about it when they left their studios and had to finish a picture before the \
             light was gone. Critics laughed at their violet haystacks for twenty years.\n\n\
             Two candles and a sheet of white paper are enough to test it at home, if one of them stands behind a \
             piece of colored glass.",
        ),
        footer: CC_BY,
        headers: &[("tdm-reservation", "yes")],
        ..PAGE
    },
    Page {
        name: "unset-noindex",
        url: "https://intranet.example.net/how-we-take-minutes",
        purpose: "`noindex, nosnippet, noarchive` are rules for search, not reservations: kept.",
        title: "How we take minutes",
        main: Main::Prose(
            "Minutes are written for the person who was not there. They do not need to know who spoke first or who \
             was annoyed. They need to know what was decided, who will do it, and until when, and they need to find \
             that without reading the rest.\n\n\
             We therefore begin with the decisions, one sentence each, and put the discussion below, in no more than \
             half a page. If something was left open, that is a result too, and it is written down with the name of \
             the one who will bring it up again.\n\n\
             The draft goes out on the same day. After two days without an answer it counts as approved, and the \
             file is moved to the folder of the year.",
        ),
        head: r#"<meta name="robots" content="noindex, nosnippet, noarchive">"#,
        footer: CC_BY,
        ..PAGE
    },
    Page {
        name: "unset-noimageai",
        url: "https://photo.example.org/waiting-for-fog",
        purpose: "`noimageai` reserves images only: the text is kept.",
        title: "Waiting for fog",
        main: Main::Prose(
            "Good fog cannot be ordered. It needs a clear night after a wet day, no wind, and a valley into which \
             the cold air can flow. I look at the forecast in the evening, set the alarm to five, and in nine cases \
             of ten I turn over and go back to sleep.\n\n\
             On the tenth morning I stand on the hill before the sun is up. For ten minutes nothing happens. Then \
             the light comes over the edge, and the fog, which was gray and flat, has depth all at once, with trees \
             in it like islands one behind the other.\n\n\
             Measure the light on the fog and add a step and a half, or else the camera will make it gray again. It \
             does not know that you got up for the white.",
        ),
        head: r#"<meta name="robots" content="noimageai">"#,
        footer: CC_BY,
        ..PAGE
    },
];
