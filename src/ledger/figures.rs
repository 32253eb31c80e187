//! The figures of documents that statistics tell the spread of, and the domains' part in a set.
//!
//! A figure that no stage of the plan finds is absent, which is not the same as zero.

use serde::{Deserialize, Serialize};

use super::amount::{Amount, Domain};
use super::histogram::{Histogram, Scale};

/// Most domains that a small or medium-sized enterprise lists of a twentieth of them, by the template for public
/// summaries of training content (AI Act, Article 53(1)(d)).
const SME_DOMAINS_MAX: usize = 1000;

/// A figure of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Bytes of text in UTF-8.
    TextBytes,
    /// Characters of text, white space included.
    Characters,
    /// Tokens, from `annotate.tokens`.
    Tokens,
    /// The language's score, from `annotate.language`.
    LanguageScore,
    /// From `extract.html`, where it chooses.
    ExpectedF1,
    /// From `annotate.quality`, as are those below.
    Words,
    /// Lines that are not blank.
    Lines,
    /// Mean number of characters of a word.
    WordLengthMean,
    /// Share of characters that are letters or digits.
    AlphanumericShare,
    /// Share of lines that end a sentence.
    TerminatedLinesShare,
    /// Share of lines that stood before in the text.
    RepeatedLinesShare,
}

impl Figure {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 11] = [
        Self::TextBytes,
        Self::Characters,
        Self::Tokens,
        Self::LanguageScore,
        Self::ExpectedF1,
        Self::Words,
        Self::Lines,
        Self::WordLengthMean,
        Self::AlphanumericShare,
        Self::TerminatedLinesShare,
        Self::RepeatedLinesShare,
    ];

    /// Its name in the run record, in `statistics.csv` and in the card.
    pub fn name(self) -> &'static str {
        match self {
            Self::TextBytes => "text_bytes",
            Self::Characters => "characters",
            Self::Tokens => "tokens",
            Self::LanguageScore => "language_score",
            Self::ExpectedF1 => "extraction_expected_f1",
            Self::Words => "words",
            Self::Lines => "lines",
            Self::WordLengthMean => "word_length_mean",
            Self::AlphanumericShare => "alphanumeric_share",
            Self::TerminatedLinesShare => "terminated_lines_share",
            Self::RepeatedLinesShare => "repeated_lines_share",
        }
    }

    fn scale(self) -> Scale {
        match self {
            Self::TextBytes | Self::Characters | Self::Tokens | Self::Words | Self::Lines => Scale::Count,
            Self::WordLengthMean => Scale::Halves,
            Self::LanguageScore
            | Self::ExpectedF1
            | Self::AlphanumericShare
            | Self::TerminatedLinesShare
            | Self::RepeatedLinesShare => Scale::Share,
        }
    }
}

/// The figures of one document, as far as they were found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured([Option<f64>; Figure::ALL.len()]);

impl Measured {
    /// Notes a figure, if there is one.
    pub fn set(&mut self, figure: Figure, value: Option<f64>) {
        self.0[figure as usize] = value;
    }
}

/// How the figures of many documents are spread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures(Vec<Histogram>);

impl Default for Figures {
    fn default() -> Self {
        Self(Figure::ALL.iter().map(|figure| Histogram::new(figure.scale())).collect())
    }
}

impl Figures {
    /// Counts one document.
    pub fn count(&mut self, measured: &Measured, text_bytes: u64) {
        let found = self.0.iter_mut().zip(measured.0).filter_map(|(histogram, value)| Some((histogram, value?)));
        found.for_each(|(histogram, value)| histogram.count(value, text_bytes));
    }

    /// Adds those of other documents.
    pub fn merge(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| mine.merge(theirs));
    }

    /// The figures that any document has.
    pub fn iter(&self) -> impl Iterator<Item = (Figure, &Histogram)> {
        let all = Figure::ALL.into_iter().zip(&self.0);
        all.filter(|(_, histogram)| histogram.documents() > 0)
    }

    /// What the run record tells of them.
    pub fn records(&self) -> Vec<FigureRecord> {
        self.iter().map(|(figure, histogram)| FigureRecord::of(figure, histogram)).collect()
    }
}

/// How one figure is spread over the documents that have it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct FigureRecord {
    /// [`Figure::name`]
    pub figure: String,
    /// Documents that have it.
    pub documents: u64,
    /// Smallest value.
    pub min: f64,
    /// Mean of the values.
    pub mean: f64,
    /// Largest value.
    pub max: f64,
    /// One tenth of the documents lies below; estimated from buckets, as are the next two.
    pub p10: f64,
    /// Half of the documents lies below.
    pub p50: f64,
    /// Nine tenths of the documents lie below.
    pub p90: f64,
    /// The buckets that hold documents, from the smallest values up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buckets: Vec<FigureBucket>,
}

/// Documents whose figure lies between two edges, the lower one included.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
pub struct FigureBucket {
    /// Smallest value that belongs here.
    pub from: f64,
    /// Where the next bucket begins; the last one of a share holds 1 too.
    pub to: f64,
    /// How many documents.
    pub documents: u64,
}

impl FigureRecord {
    fn of(figure: Figure, histogram: &Histogram) -> Self {
        let (min, max) = histogram.range();
        let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|share| histogram.quantile(share));
        let figure = figure.name().to_owned();
        let bucket =
            |((from, to), amount): ((f64, f64), Amount)| FigureBucket { from, to, documents: amount.documents };
        let buckets = histogram.buckets().map(bucket).collect();
        Self { figure, documents: histogram.documents(), min, mean: histogram.mean(), max, p10, p50, p90, buckets }
    }
}

/// How documents are spread over registered domains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct DomainSpread {
    /// How many domains there are.
    pub domains: u64,
    /// Documents of the domain with the most of them.
    pub of_largest: u64,
    /// Documents of the ten domains with the most of them.
    pub of_largest_10: u64,
    /// Documents of the hundred domains with the most of them.
    pub of_largest_100: u64,
    /// What the tenth of the domains with the most bytes of text gave; a part of a domain counts as a whole one.
    #[serde(default)]
    pub top_tenth: TopDomains,
    /// What the twentieth of them gave, or the first thousand if these are fewer.
    #[serde(default)]
    pub top_twentieth_or_1000: TopDomains,
    /// Domains by how many documents they gave: 1, 2 to 3, 4 to 7 and so on.
    pub by_documents: Vec<DomainBucket>,
}

/// The first lines of `domains.csv`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct TopDomains {
    /// How many domains.
    pub domains: u64,
    /// What they gave.
    pub amount: Amount,
}

/// Domains that gave about as many documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct DomainBucket {
    /// Fewest documents of a domain here, a power of two.
    pub from: u64,
    /// How many domains there are.
    pub domains: u64,
    /// What they gave.
    pub amount: Amount,
}

impl DomainSpread {
    /// Of these domains, which come in the order of their names.
    pub fn of<'a>(domains: impl Iterator<Item = &'a Domain>) -> Self {
        let mut spread = Self::default();
        let mut buckets: Vec<(u64, Amount)> = Vec::new();
        let mut counts: Vec<u64> = Vec::new();
        let mut amounts: Vec<Amount> = Vec::new();
        for Domain { amount, .. } in domains {
            let bucket = amount.documents.checked_ilog2().unwrap_or(0) as usize;
            if bucket >= buckets.len() {
                buckets.resize(bucket + 1, Default::default());
            }
            buckets[bucket].0 += 1;
            buckets[bucket].1.add(*amount);
            counts.push(amount.documents);
            amounts.push(*amount);
        }
        counts.sort_unstable_by_key(|documents| std::cmp::Reverse(*documents));
        let of_first = |count: usize| counts.iter().take(count).sum();
        spread.domains = counts.len() as u64;
        (spread.of_largest, spread.of_largest_10, spread.of_largest_100) = (of_first(1), of_first(10), of_first(100));
        // Stable, so that domains of equal bytes stay in the order of their names, as in `domains.csv`.
        amounts.sort_by_key(|amount| std::cmp::Reverse(amount.text_bytes));
        let top = |count: usize| {
            let mut sum = TopDomains { domains: count as u64, ..TopDomains::default() };
            amounts.iter().take(count).for_each(|amount| sum.amount.add(*amount));
            sum
        };
        spread.top_tenth = top(amounts.len().div_ceil(10));
        spread.top_twentieth_or_1000 = top(amounts.len().div_ceil(20).min(SME_DOMAINS_MAX));
        let filled = buckets.into_iter().enumerate().filter(|(_, (domains, _))| *domains > 0);
        spread.by_documents =
            filled.map(|(bucket, (domains, amount))| DomainBucket { from: 1 << bucket, domains, amount }).collect();
        spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_where_their_number_says() {
        assert!(Figure::ALL.iter().enumerate().all(|(place, figure)| *figure as usize == place));
    }

    #[test]
    fn a_figure_that_no_document_has_is_absent() {
        let mut figures = Figures::default();
        assert!(figures.records().is_empty());
        let mut measured = Measured::default();
        measured.set(Figure::Lines, Some(0.0));
        figures.count(&measured, 9);
        let lines = figures.records();
        assert_eq!((lines.len(), &*lines[0].figure, lines[0].documents, lines[0].max), (1, "lines", 1, 0.0));
        assert_eq!(lines[0].buckets, [FigureBucket { from: 0.0, to: 1.0, documents: 1 }]);
    }

    #[test]
    fn domains_are_told_by_how_much_they_gave() {
        let domain =
            |documents: u64| Domain { amount: Amount { documents, text_bytes: 10 * documents }, ..Domain::default() };
        let domains: Vec<_> = [1, 3, 1, 2, 40].into_iter().chain([1; 10]).map(domain).collect();
        let spread = DomainSpread::of(domains.iter());
        assert_eq!((spread.domains, spread.of_largest, spread.of_largest_10, spread.of_largest_100), (15, 40, 52, 57));
        let bucket = |from, domains, documents| DomainBucket {
            from,
            domains,
            amount: Amount { documents, text_bytes: 10 * documents },
        };
        assert_eq!(spread.by_documents, [bucket(1, 12, 12), bucket(2, 2, 5), bucket(32, 1, 40)]);
    }

    #[test]
    fn top_domains_are_the_first_lines_of_the_table() {
        let domain = |documents, text_bytes| Domain { amount: Amount { documents, text_bytes }, ..Domain::default() };
        let top = |domains, documents, text_bytes| TopDomains { domains, amount: Amount { documents, text_bytes } };
        let check = |domains: &[Domain], tenth: TopDomains, small: TopDomains| {
            let spread = DomainSpread::of(domains.iter());
            assert_eq!((spread.top_tenth, spread.top_twentieth_or_1000), (tenth, small), "{}", domains.len());
        };
        check(&[], TopDomains::default(), TopDomains::default());
        check(&[domain(3, 30)], top(1, 3, 30), top(1, 3, 30));
        let many = |count: usize| -> Vec<Domain> { (1..=count as u64).map(|size| domain(1, size)).collect() };
        check(&many(20), top(2, 2, 39), top(1, 1, 20));
        check(&many(21), top(3, 3, 60), top(2, 2, 41));
        check(&many(20_000), top(2_000, 2_000, 38_001_000), top(1_000, 1_000, 19_500_500));
        check(&many(20_001), top(2_001, 2_001, 38_021_001), top(1_000, 1_000, 19_501_500));
        // Of two domains with equal bytes the first by name is in the table first.
        check(&[domain(7, 10), domain(9, 10), domain(1, 1)], top(1, 7, 10), top(1, 7, 10));
    }
}
