//! English pages that hold a license mark which is not about their text.
//!
//! A program that looks for a license anywhere on the page takes all of them for open.

use super::fate::{NO_LICENSE, UNCLEAR};
use super::page::{Layout, Main, PAGE, Page};

/// Like [`PAGE`], with no license for the text.
const TRAP: Page = Page { fate: NO_LICENSE, tier: "none", ..PAGE };

/// A license is there; the text is not under it.
pub const PAGES: &[Page] = &[
    Page {
        name: "trap-photo-credit",
        url: "https://travel.example.com/a-day-in-the-salt-works",
        purpose: "CC BY-SA 4.0 of a photo, in its `figcaption`.",
        title: "A day in the salt works",
        main: Main::Prose(
            "From the dike the salt works look like a window with a hundred panes. In each of them the sea is a \
             little saltier than in the one before, and a little more pink. The men who work there walk barefoot and \
             know every pane by a name of its own.\n\n\
             The harvest is a matter of hours. When the skin of salt on the last basin is as thick as a coin, it is \
             drawn together with a rake as wide as a door, and it must be done before the evening wind breaks the \
             skin and sinks it.\n\n\
             We were allowed to try. The rake weighs nothing until it is wet, and after ten strokes one understands \
             why nobody here goes to a gymnasium.",
        ),
        article_end: r#"<figure><img src="/salt.jpg" alt="Basins in the evening"><figcaption>Photo: Emil Sample,
<a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a></figcaption></figure>"#,
        footer: "&copy; 2025 Sample Travel",
        ..TRAP
    },
    Page {
        name: "trap-icon-credit",
        url: "https://apps.example.net/a-calendar-for-bees",
        purpose: "CC BY 4.0 of icons, in the footer and with `rel=license`.",
        title: "A calendar for people who keep bees",
        main: Main::Prose(
            "Our calendar knows what blossoms where you live and when your bees will need room. You tell it how many \
             hives you have and on which day you last looked into them. It tells you when to look again, and it is \
             silent for the rest of the week.\n\n\
             Unlike other programs it does not ask for an account. Your notes stay on the telephone, and a copy can \
             be written to a card. If you have a scale under one of the hives, its weight is drawn as a line beside \
             the weather.\n\n\
             The new version counts mites. Take a picture of the board, hold still for a second, and compare the \
             number with that of last year.",
        ),
        layout: Layout::Blog,
        footer: r#"Icons by <a href="https://icons.example.org/">Icon Sample</a>, <a rel="license"
href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>."#,
        ..TRAP
    },
    Page {
        name: "trap-comment",
        url: "https://shop.example.com/felt-slippers",
        purpose: "CC BY 4.0 in an HTML comment, as themes leave it behind.",
        title: "Felt slippers, made to last",
        main: Main::Prose(
            "Each pair is felted from one piece of wool over a wooden form, so that there is no seam to press and \
             none to tear. The sole is of leather that we tan with bark. When it is worn through, send the slippers \
             back to us, and we will put on a new one for the price of the postage.\n\n\
             They are tight in the first week, and they should be. Wool gives way to the foot that wears it, and a \
             slipper that is loose in the shop will be a boat by spring.\n\n\
             Wash them by hand in lukewarm water, fill them with newspaper, and let them dry slowly, far from the \
             stove. They come in gray, brown and the white of the sheep.",
        ),
        head: r#"<!-- <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a> theme notice
-->"#,
        ..TRAP
    },
    Page {
        name: "trap-lookalike-host",
        url: "https://free.example.net/how-to-whistle",
        purpose: "A `rel=license` link to a host that only looks like Creative Commons': terms that nobody has read, \
            `unclear`.",
        fate: UNCLEAR,
        tier: "unclear",
        title: "How to whistle with two fingers",
        main: Main::Prose(
            "Fold your lips back over your teeth as if you had none. Put the tips of two fingers together, push the \
             tip of your tongue back with them as far as the first joint, and close your lips around the fingers so \
             that air can leave only through the gap between them.\n\n\
             Now blow, gently at first, and move the fingers by a hair up and down while you do so. There will be \
             nothing but hiss for ten minutes. Then, for a second, there will be a tone, and from that moment on you \
             know that it is possible.\n\n\
             Practice near a road and not at home. It carries half a mile, and dogs will come whether they know you \
             or not.",
        ),
        footer: r#"<a rel="license" href="https://creativecommons.org.example.net/licenses/by/4.0/">CC BY 4.0</a>"#,
        ..TRAP
    },
    Page {
        name: "trap-about-licenses",
        url: "https://law.example.org/which-license-for-my-recipes",
        purpose: "An article about licenses that links three of them.",
        title: "Which license for my recipes?",
        main: Main::Html(
            "<p>Readers keep asking which license they should choose for a cooking blog. The first answer is that a \
             list of ingredients is not protected in most countries, so that there is nothing to license. The story \
             around it, the pictures and the wording of the steps are another matter.</p>\n\
             <p>If you want your words to travel, <a href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY</a> \
             asks for no more than your name. If others should share on the same terms, look at <a \
             href=\"https://creativecommons.org/licenses/by-sa/4.0/\">CC BY-SA</a>. And if you are afraid of printed \
             collections, there is <a href=\"https://creativecommons.org/licenses/by-nc/4.0/\">CC BY-NC</a>, though \
             it also keeps away the village newspaper that you may like to see.</p>\n\
             <p>Whatever you choose, say it once, on every page, beside your name. A license that has to be searched \
             for is a license that nobody will trust.</p>\n\
             ",
        ),
        footer: "&copy; 2025 Sample Law Letters",
        ..TRAP
    },
    Page {
        name: "trap-user-comment",
        url: "https://forum.example.org/thread/18-squeaking-floor",
        purpose: "CC BY-SA 4.0 of one reader's comment below the article: no license of the article.",
        fate: NO_LICENSE,
        tier: "none",
        title: "What to do about a squeaking floor",
        main: Main::Prose(
            "A floor squeaks where two pieces of wood rub against each other, and usually one of them is a board \
             whose nail has lost its hold. Walk over the room slowly, mark each place with chalk, and do it on a dry \
             day in winter, when the gaps are widest.\n\n\
             From below, if you can get there, a thin wedge with glue between joist and board will end the noise at \
             once. From above you have to find the joist. Drive two screws at an angle toward each other, sink the \
             heads, and fill the holes with wax of the right color.\n\n\
             Talcum powder in the gap helps for a few weeks. It is what hotels do.",
        ),
        article_end: r#"</article><section class="comments"><div class="comment" id="c1"><p>Thank you, the wedge did
it. My own
drawings of the joists are <a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA \
4.0</a>.</p></div>
</section><article>"#,
        ..TRAP
    },
    Page {
        name: "trap-some-content",
        url: "https://museum.example.org/the-stone-ship",
        purpose: "Some of the content is under CC BY 4.0, and nothing says which: `unclear`.",
        fate: UNCLEAR,
        tier: "unclear",
        title: "The stone ship on the hill",
        main: Main::Prose(
            "Thirty boulders stand on the hill above the bay in the outline of a ship, with the two tallest at bow \
             and stern. Nobody is buried there. When it was measured in the last century, people looked for a grave \
             and found only a hearth and the bones of a great feast.\n\n\
             The bow points to the place where the sun comes up out of the sea on the shortest day. This may be \
             chance, since a ship on that ridge can hardly point anywhere else. But there are four more along the \
             coast, and three of them do the same.\n\n\
             In summer the grass between the stones is cut with a scythe, because machines have broken two of them.",
        ),
        footer: r#"Some of the content of this site is available under <a
href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>."#,
        ..TRAP
    },
    Page {
        name: "trap-software",
        url: "https://code.example.net/release-2-4",
        purpose: "The MIT license of the software that the post announces.",
        title: "Version 2.4 of the tide clock",
        main: Main::Prose(
            "Version 2.4 of the tide clock is out today. It can now show two harbors at once, it starts in half the \
             time, and the hand no longer jumps when the clocks are changed in spring, which several of you have \
             reported and nobody here had believed.\n\n\
             The largest change cannot be seen. The tables are no longer part of the program but are read from a \
             file of their own, so that they can be renewed every year without installing anything. The format is \
             described in the manual.\n\n\
             The program is free software under the MIT license, and the source is in the usual place. We thank the \
             harbor office for its patience with our questions.",
        ),
        article_end: r#"<p>Source code: <a href="https://opensource.org/licenses/MIT">MIT</a></p>"#,
        footer: "&copy; 2025 Tide Clock Sample Project",
        ..TRAP
    },
    Page {
        name: "trap-script-string",
        url: "https://video.example.com/learning-to-juggle",
        purpose: "CC BY 4.0 in the state of an application, inside a script.",
        title: "Learning to juggle in an afternoon",
        main: Main::Prose(
            "Begin with one ball. Throw it from hand to hand so that it rises to the height of your eyes, and do it \
             until you can look at the wall behind it. Most people skip this hour, and it is the reason why they \
             give up.\n\n\
             With two balls the second leaves your hand when the first is at the top, and it must fly under it, not \
             around it. Say the word now aloud at every throw. If you find yourself handing the second ball over \
             instead of throwing it, begin with the other hand.\n\n\
             The third ball changes nothing, except that you never stop. Stand in front of a bed, so that you do not \
             have to bend down so far.",
        ),
        head: r#"<script>window.__STATE__={"player":{
"license":"https://creativecommons.org/licenses/by/4.0/"}};</script>"#,
        ..TRAP
    },
    Page {
        name: "trap-ogl-attribution",
        url: "https://houses.example.com/prices-by-the-sea",
        purpose: "An attribution line for data under the OGL on a page that is not.",
        title: "Prices by the sea",
        main: Main::Prose(
            "A cottage within sight of the sea now costs twice as much as the same cottage a mile inland, and the \
             difference is growing. We have compared the sales of ten years in forty parishes. In all but three of \
             them the gap is wider than it was at the start.\n\n\
             The exceptions are places where the cliff is moving. There, houses in the first row are sold for the \
             price of a car, to people who want to spend a few summers in them and to go when the garden fence \
             goes.\n\n\
             Banks have noticed. For a house that stands less than sixty meters from the edge it is hardly possible \
             to get a loan any more, and insurers ask for photographs every spring.",
        ),
        footer: r#"&copy; 2025 Sample Estates. All figures: contains public sector information licensed under the
<a href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open Government Licence
v3.0</a>."#,
        ..TRAP
    },
    Page {
        name: "trap-map-credit",
        url: "https://inn.example.org/how-to-find-us",
        purpose: "The credit of a map under the ODbL, a license for data.",
        title: "How to find the inn",
        main: Main::Prose(
            "The inn lies at the end of the valley, and the road ends with it. By train you come as far as the old \
             spa, where the bus waits for the two trains of the afternoon. Its driver will stop at our gate if you \
             ask him. In the morning, you have to telephone.\n\n\
             By car, leave the main road at the saw mill. After the second bridge there is no more signal, and \
             machines that tell people where to go have sent more than one guest up the forest track. Stay beside \
             the water.\n\n\
             On foot it is two hours from the station over the meadows. We fetch your luggage, and there will be \
             soup on the stove at whatever hour you come.",
        ),
        article_end: r#"<div id="map"><small>Map data from OpenStreetMap, <a
href="https://opendatacommons.org/licenses/odbl/1-0/">ODbL</a></small></div>"#,
        ..TRAP
    },
    Page {
        name: "trap-license-form",
        url: "https://upload.example.net/tips-for-your-first-upload",
        purpose: "A form that offers licenses to choose from.",
        title: "Tips for your first upload",
        main: Main::Prose(
            "Before you upload your first recording, listen to it once on the worst speaker in the house. If you can \
             still understand every word there, the rest of the world will be able to as well. Cut the silence at \
             the beginning, leave one second of it at the end, and do not touch the volume in between.\n\n\
             Give the file a name that says what it is. People will find it by that name in ten years, when nobody \
             remembers what the number of the series was. Two sentences of description are enough, and they should \
             not begin with the word welcome.\n\n\
             Last, choose how others may use it. You can change this later for new listeners, but not for those who \
             already have it.",
        ),
        article_end: r#"<form><select name="license"><option value="https://creativecommons.org/licenses/by/4.0/">CC
BY 4.0</option>
<option value="https://creativecommons.org/licenses/by-nc/4.0/">CC BY-NC 4.0</option><option
value="">none</option></select></form>"#,
        ..TRAP
    },
];
