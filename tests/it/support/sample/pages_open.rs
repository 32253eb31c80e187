//! English pages under an open license, one for every way in which a page can state it.

use super::page::{Layout, Main, PAGE, Page};

/// Kept by the quickstart pipeline, every one of them.
pub const PAGES: &[Page] = &[
    Page {
        name: "open-rel-license",
        url: "https://bread.example.org/rye-in-a-cold-kitchen",
        purpose: "CC BY 4.0 by `a rel=license` in the footer.",
        title: "Rye bread in a cold kitchen",
        main: Main::Prose(
            "Most recipes for rye bread assume a kitchen that is warm all day. Ours is not. In winter the \
             thermometer beside the stove shows fourteen degrees in the morning, and a starter that should be ready \
             in four hours needs ten. After a year of heavy loaves I stopped fighting the cold and began to plan \
             with it.\n\n\
             I feed the starter at night, wrap the jar in a wool sock, and leave it on the shelf over the boiler. By \
             breakfast it has doubled and smells of apples. The dough is mixed with water as warm as a hand can \
             bear, which gives it the push that the room does not. Two hours later it goes into the tin, and by noon \
             there is bread.\n\n\
             The crumb is closer than that of a summer loaf, but it keeps for a week and the crust stays thin.",
        ),
        layout: Layout::Blog,
        footer: r#"This work is under a <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">Creative
Commons Attribution 4.0 International License</a>."#,
        triple: true,
        ..PAGE
    },
    Page {
        name: "open-by-sa-3-de",
        url: "https://allotment.example.org/water-butts",
        purpose: "CC BY-SA 3.0 Germany: a port, `CC-BY-SA-3.0-DE` in SPDX.",
        title: "Joining two water butts",
        main: Main::Prose(
            "A single barrel under the gutter is full after one storm and empty after three dry days. Two barrels \
             are better, but only if the second one fills by itself. The trick is a short piece of hose between \
             them, fixed a hand's width above the ground, where it lets the level even out without drawing mud from \
             the bottom.\n\n\
             Drill both holes at the same height with a step bit, since an ordinary bit tears the plastic. Push a \
             rubber grommet into each hole and wet it before you force the hose through. The seal holds because the \
             grommet wants to be larger than the hole.\n\n\
             Set both barrels on slabs that are level with each other. If one stands lower, it will overflow while \
             the other is still half empty, and you have gained nothing.",
        ),
        article_end: r#"<p>License: <a rel="license" href="https://creativecommons.org/licenses/by-sa/3.0/de/">CC
BY-SA 3.0 DE</a></p>"#,
        ..PAGE
    },
    Page {
        name: "open-by-sa-3-translated-deed",
        url: "https://allotment.example.org/compost-in-february",
        purpose: "CC BY-SA 3.0, linked by the German translation of its deed: not a port, `CC-BY-SA-3.0`.",
        title: "Compost in February",
        main: Main::Prose(
            "The heap looks dead in February, but put your arm into it and the middle is still warm. What it lacks \
             is air. Rain has pressed the leaves into mats, and below them the smell turns sour. An hour with a fork \
             sets that right.\n\n\
             Take the heap down to the ground and build it again one step to the side. Break the mats, mix in straw \
             or torn cardboard, and throw the half rotten stalks back to the outside, where they can become the wall \
             of the new heap. Whatever is black and crumbly goes through the sieve and waits in sacks for the seed \
             trays.\n\n\
             Do this on a day without frost, because the worms that you turn up need time to dig themselves in again \
             before night.",
        ),
        article_end: r#"<p>Text under <a rel="license"
href="https://creativecommons.org/licenses/by-sa/3.0/deed.de">CC BY-SA 3.0</a>.</p>"#,
        ..PAGE
    },
    Page {
        name: "open-cc0",
        url: "https://notes.example.net/reading-a-tide-table",
        purpose: "CC0 1.0 by a link in the footer with words around it and `rel=license`.",
        title: "How to read a tide table",
        main: Main::Prose(
            "A tide table gives four lines for most days: two times of high water and two of low. The heights beside \
             them are not depths. They are measured from a level called chart datum, and you have to add them to the \
             depth on the chart to know how much water there will be under the keel.\n\n\
             Between the times in the table the water does not rise evenly. In the first hour it rises a twelfth of \
             the range, in the second two twelfths, in the third and fourth three twelfths each, and then it slows \
             down in the same way. Sailors call this the rule of twelfths and do the sum in their heads.\n\n\
             Wind and low pressure can shift both time and height, so leave a margin that you would be glad to have \
             wasted.",
        ),
        footer: r#"To the extent possible under law, the author has waived all rights to this text: <a rel="license"
href="https://creativecommons.org/publicdomain/zero/1.0/">CC0 1.0</a>."#,
        ..PAGE
    },
    Page {
        name: "open-public-domain-mark",
        url: "https://archive.example.org/letters/lighthouse-1891",
        purpose: "Public Domain Mark 1.0 in the head and in words.",
        title: "A letter from the lighthouse, 1891",
        main: Main::Prose(
            "My dear sister, the supply boat came at last on Tuesday, nine days late, and brought your parcel with \
             the wool and the almanac. We had been out of sugar since the first gale and had begun to look at the \
             oil with some anxiety, for the lamp eats more of it in these long nights than the board allows for.\n\n\
             The glass fell again yesterday. From the gallery one sees the whole sea white as far as the islands, \
             and the spray comes over the lower windows. Thomas sleeps through it all. He has learned to tell the \
             hour by the sound of the clockwork and wakes a minute before his watch begins.\n\n\
             Tell mother that I am well and warm, and that I keep the Sundays as she would wish.",
        ),
        head: r#"<link rel="license" href="https://creativecommons.org/publicdomain/mark/1.0/">"#,
        footer: "This letter is free of known copyright restrictions.",
        ..PAGE
    },
    Page {
        name: "open-meta-dc-rights",
        url: "https://library.example.org/guides/repairing-a-spine",
        purpose: "CC BY 4.0 by `meta name=DC.rights` alone.",
        title: "Repairing a torn spine",
        main: Main::Prose(
            "When the spine of a cloth book has come loose on one side, resist the temptation to use tape. Tape \
             yellows, creeps and takes the cloth with it when it is peeled away. A strip of thin paper and a little \
             wheat paste do better, and the next person can undo them with water.\n\n\
             Cut the strip along the grain, as long as the spine and twice as wide as the gap. Brush it with paste, \
             wait until it stops shining, and lay it half under the old cloth and half on the board. Rub it down \
             through a sheet of wax paper with the flat of a bone folder.\n\n\
             Leave the book under weight overnight, open it slowly from both ends toward the middle, and only then \
             put it back on the shelf.",
        ),
        head: r#"<meta name="DC.rights" content="https://creativecommons.org/licenses/by/4.0/">
<meta name="DC.creator" content="Carla Sample">"#,
        ..PAGE
    },
    Page {
        name: "open-json-ld-graph",
        url: "https://herald.example.com/town/ferry-returns",
        purpose: "CC BY-SA 4.0 on the article's node of a JSON-LD `@graph`.",
        title: "Ferry returns to the river after six years",
        main: Main::Prose(
            "On Saturday morning the small ferry crossed the river again for the first time since the flood. About \
             two hundred people stood on the landing to see it off, and the brass band of the fire brigade played \
             until the boat had reached the other side. The crossing takes four minutes.\n\n\
             The old hull had been beyond repair. A yard two valleys away built the new one from aluminum, with an \
             electric motor and room for twelve bicycles. The council paid half of the price, and the rest came from \
             a collection that was begun in the school.\n\n\
             For the villages on the far bank the ferry saves a detour of eleven miles over the bridge. It runs \
             every day from seven until dusk, and children ride free on the way to school.",
        ),
        layout: Layout::News,
        head: r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
{"@type":"WebSite","@id":"https://herald.example.com/#site","name":"The Sample Herald"},
{"@type":"NewsArticle","headline":"Ferry returns to the river after six years",
"license":"https://creativecommons.org/licenses/by-sa/4.0/",
"isPartOf":{"@id":"https://herald.example.com/#site"}}]}</script>"#,
        triple: true,
        ..PAGE
    },
    Page {
        name: "open-http-link",
        url: "https://manual.example.net/sharpening-a-plane-iron",
        purpose: "CC BY 4.0 by the HTTP header `Link` with `rel=license`, and nothing in the page.",
        title: "Sharpening a plane iron",
        main: Main::Prose(
            "A plane iron needs a flat back and one clean bevel. Begin with the back. Only the last finger's width \
             behind the edge matters, but there it must shine like a mirror, because the edge is the line where two \
             surfaces meet and it can be no better than the worse of them.\n\n\
             Hold the bevel on a coarse stone at about twenty-five degrees and push it until you can feel a burr \
             along the whole width. Then go to the fine stone, raise the iron by a hair, and take ten strokes. Turn \
             it over, lay it dead flat, and draw it once to take the burr away.\n\n\
             Test it on the end of a pine board. A sharp iron leaves the grain glossy, and a dull one leaves it \
             white and torn.",
        ),
        headers: &[("Link", "<https://creativecommons.org/licenses/by/4.0/>; rel=\"license\"")],
        ..PAGE
    },
    Page {
        name: "open-ogl-uk",
        url: "https://council.example.org/bins/what-goes-where",
        purpose: "Open Government Licence v3.0 for all content, in the footer.",
        title: "What goes into which bin",
        main: Main::Prose(
            "From the first week of April we collect food waste every week and everything else every second week. \
             The green box is for glass, the blue bag for paper and card, and the brown bin for the garden. Please \
             rinse tins and bottles, since leftovers attract wasps and spoil a whole load of paper.\n\n\
             Put bins out by seven in the morning, with the handle toward the road. If the crew leaves a tag on your \
             bin, something in it could not be taken. The tag says what, and you may take the item to the yard at \
             the station on any day of the week.\n\n\
             Households that cannot move a bin may ask for help. Our crew will then fetch it from beside the house \
             and bring it back.",
        ),
        footer: r#"All content is available under the <a rel="license"
href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open Government Licence v3.0</a>,
except where otherwise stated."#,
        ..PAGE
    },
    Page {
        name: "open-link-element",
        url: "https://stars.example.org/finding-the-pole-star",
        purpose: "CC BY 4.0 by `link rel=license` in the head, which no reader sees.",
        title: "Finding the Pole Star",
        main: Main::Prose(
            "The Pole Star is not the brightest star, and people who look for a bright one will miss it. Look for \
             the Plough instead, which has the shape of a pan with a bent handle. The two stars at the far side of \
             the pan point to the Pole Star, five times as far away as they are from each other.\n\n\
             Face it and you face north. Its height over the horizon, measured in degrees, is your latitude, so a \
             fist held out at arm's length, which covers about ten degrees, is enough for a rough map of where you \
             are.\n\n\
             During the night all other stars turn around this one. A camera on a tripod, left open for an hour, \
             will draw the circles, and the dot in their middle is the star you wanted.",
        ),
        head: r#"<link rel="license" type="text/html" href="https://creativecommons.org/licenses/by/4.0/">"#,
        ..PAGE
    },
    Page {
        name: "open-old-by-2",
        url: "http://oldsite.example.net/canoe.htm",
        purpose: "CC BY 2.0 over plain HTTP, by a badge on a page of the nineties' kind.",
        title: "Down the slow river by canoe",
        main: Main::Prose(
            "We put in below the mill on a morning without wind, four of us in two boats, with food for three days \
             and far too many clothes. The river is slow there and so clear that you can count the stones. A heron \
             went ahead of us from bend to bend as if it had been told to show the way.\n\n\
             The only portage is at the weir. The path on the left bank is shorter, but there are nettles as tall as \
             a man. Take the right bank, where a farmer has laid planks, and put something into the tin on the gate \
             post.\n\n\
             We camped on the gravel island that is marked on the map with a question mark. It is still there, and \
             there is enough driftwood to keep a fire until the stars come out.",
        ),
        layout: Layout::Old,
        footer: r#"<a rel="license" href="http://creativecommons.org/licenses/by/2.0/"><img
src="http://creativecommons.org/images/public/somerights20.gif" alt="Creative Commons License"></a>"#,
        ..PAGE
    },
    Page {
        name: "open-port-without-spdx",
        url: "https://olives.example.com/picking-by-hand",
        purpose: "CC BY 2.5 Spain, a port without an SPDX id: `LicenseRef-CC-BY-2.5-ES`.",
        title: "Picking olives by hand",
        main: Main::Prose(
            "The nets go out before sunrise, when the grass is wet and the ground not yet slippery with fruit. Two \
             people stand under each tree with rakes that look like toys, and a third climbs into the crown for the \
             branches that no rake can reach. By ten the first crates are full.\n\n\
             Machines that shake the trunk are quicker, but on our terraces they cannot turn, and the old trees do \
             not like to be shaken. We lose a week against the neighbors in the plain and gain a price that pays for \
             it.\n\n\
             All that is picked goes to the mill on the same evening. Olives that lie in sacks overnight grow warm, \
             and the oil from them tastes of wine.",
        ),
        article_end: r#"<p>Published under <a rel="license"
href="https://creativecommons.org/licenses/by/2.5/es/">Creative Commons Attribution 2.5 Spain</a>.</p>"#,
        ..PAGE
    },
    Page {
        name: "open-rdfa",
        url: "https://pencils.example.org/light-and-shade",
        purpose: "CC BY 4.0 with ccREL: `cc:attributionName` and `cc:attributionURL` for a notice.",
        title: "Light and shade with one pencil",
        main: Main::Prose(
            "Beginners draw outlines and then fill them. The trouble is that nothing in front of you has an outline. \
             An egg on a table ends where its light side meets a darker wall, or where its shadow meets a lighter \
             cloth, and in between there may be no border at all.\n\n\
             Try to draw the egg without a single line. Hold the pencil flat and begin with the darkest place, which \
             is never at the edge but a little inside it. Work outward with less and less pressure. Leave the paper \
             white where the lamp is reflected, and do not forget the faint light that the table throws back from \
             below.\n\n\
             After ten eggs you will see the shapes of shadows everywhere, and your outlines will have become \
             quieter.",
        ),
        article_end: r#"<p about="" xmlns:cc="http://creativecommons.org/ns#"><span
property="cc:attributionName">Dora Sample</span>,
<a rel="cc:attributionURL" href="https://pencils.example.org/">pencils.example.org</a>,
<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></p>"#,
        ..PAGE
    },
    Page {
        name: "open-words-and-link",
        url: "https://birds.example.net/swifts-under-the-roof",
        purpose: "CC BY 4.0 by a sentence with a link that has no `rel`.",
        title: "Swifts under the roof",
        main: Main::Prose(
            "Swifts come back in the first days of May, always to the same hole under the same tile. They have slept \
             in the air since they left it. If builders have closed the hole over the winter, the birds will fly \
             against the wall for days, and a year's brood is lost.\n\n\
             A box under the eaves helps, as long as it hangs at least six meters above the ground and nothing \
             stands below it. Swifts drop when they leave, and they need the fall to get their wings open. The \
             entrance is an oval, as wide as a matchbox, with rough wood inside for the claws.\n\n\
             It may take three summers until the first pair moves in. Playing their call from a window in June makes \
             it quicker.",
        ),
        article_end: r#"<p>The text of this page is licensed under the <a
href="https://creativecommons.org/licenses/by/4.0/">Creative Commons Attribution 4.0 International License</a>.</p>"#,
        ..PAGE
    },
    Page {
        name: "open-beside-copyright-line",
        url: "https://cheese.example.com/salt-and-time",
        purpose: "A plain copyright line beside CC BY-SA 4.0 contradicts nothing.",
        title: "Salt and time",
        main: Main::Prose(
            "A young cheese is mostly water, and the whole craft of ripening is to get the water out at the right \
             speed. Salt does the first part. It draws the whey to the rind, where the air takes it away, and it \
             tells most of the wrong bacteria to stay outside.\n\n\
             We rub the wheels on the second day and again on the fifth. After that they go to the cellar, where it \
             is twelve degrees and so damp that the walls shine. They are turned every other day, because a wheel \
             that lies still grows a foot like an elephant.\n\n\
             At eight weeks the paste is still white and mild. At six months it is the color of straw, and there are \
             crystals in it that crack between the teeth.",
        ),
        footer: r#"&copy; 2025 Sample Dairy. Text: <a rel="license"
href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a>."#,
        ..PAGE
    },
    Page {
        name: "open-chooser-tokens",
        url: "https://maps.example.org/drawing-contour-lines",
        purpose: "CC BY 4.0 as the license chooser writes it: several `rel` tokens and a query.",
        title: "What contour lines leave out",
        main: Main::Prose(
            "A contour line joins points of the same height, and a map draws one of them for every ten or twenty \
             meters. What lies between two lines is not on the map. A wall of nine meters can hide there, and so can \
             the ditch that makes the short way the long one.\n\n\
             Read the distances instead of the numbers. Where the lines crowd together the slope is steep, where \
             they part it is gentle, and where they bend uphill there is a valley, usually with water in it. A \
             closed ring without a number is a top, unless small ticks point inward, which means a hollow.\n\n\
             People who draw such maps walk the ground first. No computer knows which of two equal hills the \
             villagers call the high one.",
        ),
        article_end: r#"<p>Marked <a href="https://creativecommons.org/licenses/by/4.0/?ref=chooser-v1"
target="_blank" rel="license noopener noreferrer">CC BY 4.0</a></p>"#,
        ..PAGE
    },
    Page {
        name: "open-protocol-relative",
        url: "https://knots.example.net/the-bowline",
        purpose: "CC BY 3.0 by a link without a scheme.",
        title: "The bowline, and why it holds",
        main: Main::Prose(
            "The bowline makes a loop that neither slips nor jams, and it can be tied with one hand while the other \
             holds on to something. Children learn it with a rabbit that comes out of its hole, runs around the tree \
             and goes back down. Grown people should learn why it works.\n\n\
             The load goes into the standing part, which is bent around the small loop. The harder it pulls, the \
             tighter that bend grips the end that passes through it. When the load is gone the bend can be pushed \
             back with a thumb, however wet the rope has been.\n\n\
             It has one weakness. Shaken without load, a bowline in stiff rope can open. A second turn around the \
             standing part, or a stopper on the end, takes care of that.",
        ),
        footer: r#"Words under <a rel="license" href="//creativecommons.org/licenses/by/3.0/">CC BY 3.0</a>."#,
        ..PAGE
    },
    Page {
        name: "open-microdata",
        url: "https://soup.example.org/stock-from-bones",
        purpose: "CC BY 4.0 by `itemprop=license` of an Article in microdata.",
        title: "Stock from bones",
        main: Main::Html(
            "<div itemscope itemtype=\"https://schema.org/Article\">\n\
             <meta itemprop=\"headline\" content=\"Stock from bones\">\n\
             <p>Ask the butcher for knuckles and marrow bones and have them sawn, not chopped, since splinters are \
             hard to get out of a pot. Roast them until they are the color of chestnuts. Pour off the fat and keep \
             it for potatoes.</p>\n\
             <p>Cover the bones with cold water and bring it to a simmer so slowly that it takes an hour. Gray foam \
             will rise. Skim it, and go on skimming until nothing comes. Only then add an onion, a carrot and a few \
             grains of pepper, because vegetables that cook all day give nothing but sweetness.</p>\n\
             <p>After six hours strain the stock through a cloth and cool it in the sink. What is worth having will \
             set to a jelly overnight, and the fat on top keeps it fresh for a week.</p>\n\
             <p>License: <a itemprop=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY \
             4.0</a></p>\n\
             </div>\n\
             ",
        ),
        ..PAGE
    },
];
