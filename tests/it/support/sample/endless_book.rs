//! A page of more than 100,000 words: sentences drawn from word lists by a fixed sequence of numbers.
//!
//! The lists are long enough that hardly five words in a row come back: its length is all that is wrong with it.

/// Sentences on the page; each has ten words.
const SENTENCES: usize = 10_200;
const SENTENCES_A_PARAGRAPH: usize = 40;

const QUALITIES: &str = "ancient amber bitter bright broken bronze careful cheerful clever clumsy copper crooked \
    curious damp distant dusty eager early empty faded faithful famous fearless feeble fragile gentle gloomy golden \
    graceful grateful hasty hidden hollow honest humble hungry idle jealous lazy lonely loyal modest muddy narrow \
    nervous noble patient polite proud quiet ragged restless rusty secret silent silver simple sleepy solemn \
    stubborn sudden tender tired wooden";
const THINGS: &str = "acrobat admiral anchor apple archer baker barber basket beggar bishop boatman bottle bridge \
    butcher candle captain carpenter cellar chapel cobbler compass cook curtain dancer doctor donkey engine farmer \
    ferry fiddler garden gatekeeper goose hammer harbor hunter island jeweler juggler kettle ladder lantern lawyer \
    lighthouse locksmith magpie merchant mirror monk needle orchard organist painter parrot pilgrim pirate potter \
    sailor shepherd tailor teacher thimble umbrella violin";
const DEEDS: &str = "admired answered avoided believed blamed borrowed bought carried caught chased copied counted \
    described discovered doubted drew envied feared fetched followed forgave forgot found greeted guarded helped hid \
    imagined insulted invited judged kicked knew lifted missed mocked moved named needed noticed obeyed offered \
    painted passed praised pulled pushed remembered rescued saved searched served shook sold stopped taught thanked \
    touched trusted visited warned watched welcomed woke";
const PLACES: &str = "above across after against along among around before behind below beneath beside between \
    beyond despite inside near opposite outside over past through toward under";

/// The paragraphs of the page.
pub fn html() -> String {
    let [qualities, things, deeds, places] =
        [QUALITIES, THINGS, DEEDS, PLACES].map(|list| list.split_whitespace().collect::<Vec<_>>());
    let mut numbers = Numbers(1);
    let mut html = String::new();
    for sentence in 0..SENTENCES {
        if sentence % SENTENCES_A_PARAGRAPH == 0 {
            html.push_str(if sentence == 0 { "<p>" } else { "</p>\n<p>" });
        }
        let mut pick = |list: &[&'static str]| list[numbers.below(list.len())];
        html.push_str(&format!(
            "The {} {} {} that {} {} {} the {}. ",
            pick(&qualities),
            pick(&things),
            pick(&deeds),
            pick(&qualities),
            pick(&things),
            pick(&places),
            pick(&things),
        ));
    }
    html + "</p>\n"
}

/// A linear congruential generator (Knuth's MMIX constants), whose high bits are good enough to draw words.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
