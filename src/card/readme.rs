//! `README.md`: the Hugging Face data card, front matter included, from the template beside this file.
//!
//! Every figure is taken from the run record. Text that comes from pages (domains, file names) is escaped, since it can
//! hold anything.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Value, context};

use crate::ledger::amount::Amount;
use crate::ledger::figures::{DomainSpread, FigureRecord};
use crate::ledger::funnel::{counted, grouped, share};
use crate::ledger::run_record::{Cuts, DomainRecord, INTENDED, InputRecord, RunRecord};
use crate::ledger::tokens::{TokenTotal, TokensRecord};
use crate::plan::describe;

const TEMPLATE: &str = include_str!("readme.md.jinja");
/// Inputs that are listed by name; all of them are in the run record.
const INPUTS_LISTED: usize = 20;

/// Renders the card.
pub fn render(record: &RunRecord) -> String {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the syntax is the usual one"));
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.add_filter("cell", |text: String| cell(&text));
    environment.add_filter("json", |text: String| serde_json::Value::String(text).to_string());
    environment.add_template("readme", TEMPLATE).expect("the template is tested");
    let template = environment.get_template("readme").expect("the template was added above");
    template.render(facts(record)).expect("the template uses only what it is given, as its test shows")
}

fn facts(record: &RunRecord) -> Value {
    let statistics = &record.statistics;
    let total = statistics.total;
    let languages = &statistics.languages;
    let tiers: Vec<String> = statistics.tiers.keys().cloned().collect();
    let damage: Vec<Value> =
        damage(record).map(|(reason, count)| context! { reason => reason, count => grouped(count) }).collect();
    context! {
        name => &*record.name,
        tool => context! { name => &*record.tool.name, version => &*record.tool.version },
        plan_digest => &*record.plan.digest,
        recipe_version => record.plan.recipe_version,
        documents => counted(total.documents, "document"),
        text_bytes => grouped(total.text_bytes),
        size_category => size_category(total.documents),
        language_codes => languages.keys().filter(|code| *code != "und").cloned().collect::<Vec<_>>(),
        license => license_keyword(record),
        language_rows => language_rows(record, &tiers),
        tiers => tiers,
        damage => damage,
        damaged => counted(record.inputs.iter().map(|input| input.damaged).sum(), "record"),
        records => counted(record.funnel.seen(), "record"),
        licenses => amounts(statistics.licenses.iter(), total),
        tier_rows => amounts(statistics.tiers.iter(), total),
        years => amounts(statistics.years.iter(), total),
        reservations => reservation_rows(record),
        truncated => counted(statistics.truncated, "document"),
        figures => figure_rows(record),
        tokens => record.tokens.as_ref().map(|record| tokens(record, total.documents)),
        spread => spread(record),
        domains => domain_rows(record),
        stages => stages(record),
        funnel => funnel(record),
        deduplicated => !record.pairs.is_empty(),
        cuts => record.cuts.as_ref().map(cuts),
        edits => edit_rows(record),
        masked => masked(record),
        has_dropped => !record.dropped.is_empty(),
        inputs => input_rows(record),
        inputs_more => record.inputs.len().saturating_sub(INPUTS_LISTED),
        shards => record.shards.len(),
        removals => super::removals::section(record),
    }
}

/// What was cut of lines that many documents hold.
fn cuts(cuts: &Cuts) -> Value {
    context! {
        documents_max => counted(cuts.documents_max.into(), "document"),
        lines => counted(cuts.lines, "line"),
        times => counted(cuts.times, "time"),
        documents => counted(cuts.documents, "document"),
        text_bytes => grouped(cuts.text_bytes),
    }
}

/// What editors changed in the documents of the set, a row for each stage and thing.
fn edit_rows(record: &RunRecord) -> Vec<Value> {
    let edits = record.statistics.edits.iter();
    let rows = edits.flat_map(|(stage, edits)| {
        edits.counts.iter().map(move |(what, count)| {
            let documents = grouped(edits.documents);
            context! { stage => &**stage, documents => documents, what => &**what, count => grouped(*count) }
        })
    });
    rows.collect()
}

/// The stages that replace personal data.
fn masked(record: &RunRecord) -> Vec<String> {
    let stages = record.plan.stages.as_array().map(Vec::as_slice).unwrap_or_default();
    let names = stages.iter().filter_map(|stage| stage["name"].as_str());
    names.filter(|name| name.starts_with("edit.") && name.contains("personal_data")).map(str::to_owned).collect()
}

/// What was counted by which tokenizer.
fn tokens(record: &TokensRecord, documents: u64) -> Value {
    context! {
        tokenizer => &*record.tokenizer,
        sha256 => &*record.sha256,
        tokens => token_words(record.total, documents),
        is_estimate => record.share < 1.0,
        documents => counted(record.total.documents, "document"),
    }
}

/// The number of tokens of so many documents; of an estimate its standard error too, which one document does not give.
fn token_words(total: TokenTotal, documents: u64) -> String {
    match total.standard_error {
        Some(error) => format!("{} ± {}", grouped(total.tokens), grouped(error)),
        None if total.documents < documents => format!("{} ± ?", grouped(total.tokens)),
        None => grouped(total.tokens),
    }
}

fn figure_rows(record: &RunRecord) -> Vec<Value> {
    let row = |figure: &FigureRecord| {
        let FigureRecord { min, mean, max, p10, p50, p90, .. } = *figure;
        let values: Vec<String> = [min, p10, p50, mean, p90, max].map(figure_words).into();
        context! { name => &*figure.figure, documents => grouped(figure.documents), values => values }
    };
    record.figures.iter().map(row).collect()
}

/// Large figures without decimals, small ones with two.
fn figure_words(value: f64) -> String {
    if value < 100.0 && value.fract() != 0.0 { format!("{value:.2}") } else { grouped(value.round() as u64) }
}

/// How documents are spread over domains.
fn spread(record: &RunRecord) -> Value {
    let DomainSpread { domains, of_largest, of_largest_10, of_largest_100, .. } = record.domain_spread;
    let documents = record.statistics.total.documents;
    let single = record.domain_spread.by_documents.iter().find(|bucket| bucket.from == 1);
    context! {
        domains => counted(domains, "registered domain"),
        single => grouped(single.map_or(0, |bucket| bucket.domains)),
        largest => share(of_largest, documents),
        largest_10 => share(of_largest_10, documents),
        largest_100 => share(of_largest_100, documents),
    }
}

/// Documents of each language, in all and by tier.
fn language_rows(record: &RunRecord, tiers: &[String]) -> Vec<Value> {
    let statistics = &record.statistics;
    let tokens = |language: &str, documents: u64| {
        let record = record.tokens.as_ref()?;
        Some(record.languages.get(language).map_or(String::from("-"), |total| token_words(*total, documents)))
    };
    let row = |(language, amount): (&String, &Amount)| {
        let of = |tier: &String| statistics.language_tiers.get(language).and_then(|tiers| tiers.get(tier));
        let counts: Vec<String> = tiers.iter().map(|tier| grouped(of(tier).copied().unwrap_or_default())).collect();
        context! {
            name => &**language,
            documents => grouped(amount.documents),
            share => share(amount.documents, statistics.total.documents),
            tokens => tokens(language, amount.documents),
            tiers => counts,
        }
    };
    by_documents(statistics.languages.iter()).map(row).collect()
}

fn reservation_rows(record: &RunRecord) -> Vec<Value> {
    let rows = record.statistics.reservations.iter();
    rows.map(|(word, count)| context! { word => &**word, count => grouped(*count) }).collect()
}

fn domain_rows(record: &RunRecord) -> Vec<Value> {
    let row = |domain: &DomainRecord| {
        context! {
            name => &*domain.domain,
            documents => grouped(domain.amount.documents),
            text_bytes => grouped(domain.amount.text_bytes),
        }
    };
    record.top_domains.iter().map(row).collect()
}

fn input_rows(record: &RunRecord) -> Vec<Value> {
    let row = |input: &InputRecord| {
        context! {
            path => &*input.path,
            bytes => grouped(input.bytes),
            records => grouped(input.records),
            damaged => grouped(input.damaged),
            sha256 => &*input.sha256,
        }
    };
    record.inputs.iter().take(INPUTS_LISTED).map(row).collect()
}

fn by_documents<'a>(
    amounts: impl Iterator<Item = (&'a String, &'a Amount)>,
) -> impl Iterator<Item = (&'a String, &'a Amount)> {
    let mut amounts: Vec<_> = amounts.collect();
    amounts.sort_by_key(|(name, amount)| (std::cmp::Reverse(amount.documents), *name));
    amounts.into_iter()
}

fn amounts<'a>(rows: impl Iterator<Item = (&'a String, &'a Amount)>, total: Amount) -> Vec<Value> {
    let row = |(name, amount): (&String, &Amount)| {
        context! {
            name => &**name,
            documents => grouped(amount.documents),
            text_bytes => grouped(amount.text_bytes),
            share => share(amount.documents, total.documents),
        }
    };
    by_documents(rows).map(row).collect()
}

/// The stages with their settings, as TOML that could stand in a preset.
fn stages(record: &RunRecord) -> Vec<Value> {
    let stages = record.plan.stages.as_array().map(Vec::as_slice).unwrap_or_default();
    let row = |stage: &serde_json::Value| {
        let settings = describe::settings(&stage["stage"]);
        let settings: Vec<_> = settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        context! { name => stage["name"].as_str().unwrap_or_default(), settings => settings.join(", ") }
    };
    stages.iter().map(row).collect()
}

fn funnel(record: &RunRecord) -> Vec<Value> {
    let read = record.funnel.seen();
    let row = |stage: &crate::ledger::tally::StageTally| {
        let dropped = stage.dropped_total();
        let reasons: Vec<_> =
            stage.dropped.iter().map(|(reason, count)| format!("{reason} {}", grouped(*count))).collect();
        context! {
            name => &*stage.stage,
            seen => grouped(stage.seen),
            dropped => grouped(dropped),
            kept => grouped(stage.kept),
            share => share(stage.kept, read),
            reasons => reasons.join(", "),
        }
    };
    record.funnel.stages().iter().map(row).collect()
}

fn damage(record: &RunRecord) -> impl Iterator<Item = (&str, u64)> {
    let first = record.funnel.stages().first();
    let reasons = first.into_iter().flat_map(|stage| &stage.dropped);
    reasons.map(|(reason, count)| (&**reason, *count)).filter(|(reason, _)| !INTENDED.contains(reason))
}

/// The hub's size category.
fn size_category(documents: u64) -> &'static str {
    match documents {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        1_000_000..10_000_000 => "1M<n<10M",
        10_000_000..100_000_000 => "10M<n<100M",
        100_000_000..1_000_000_000 => "100M<n<1B",
        1_000_000_000..10_000_000_000 => "1B<n<10B",
        10_000_000_000..100_000_000_000 => "10B<n<100B",
        100_000_000_000..1_000_000_000_000 => "100B<n<1T",
        _ => "n>1T",
    }
}

/// The hub's keyword of the one license that all rows have, if there is one and it has a keyword.
fn license_keyword(record: &RunRecord) -> Option<&'static str> {
    const KEYWORDS: [(&str, &str); 9] = [
        ("CC-BY-4.0", "cc-by-4.0"),
        ("CC-BY-3.0", "cc-by-3.0"),
        ("CC-BY-2.0", "cc-by-2.0"),
        ("CC-BY-SA-4.0", "cc-by-sa-4.0"),
        ("CC-BY-SA-3.0", "cc-by-sa-3.0"),
        ("CC-BY-NC-4.0", "cc-by-nc-4.0"),
        ("CC-BY-ND-4.0", "cc-by-nd-4.0"),
        ("CC0-1.0", "cc0-1.0"),
        ("ODC-By-1.0", "odc-by"),
    ];
    let mut licenses = record.statistics.licenses.iter();
    let (Some((spdx, amount)), None) = (licenses.next(), licenses.next()) else { return None };
    let all_rows = amount.documents == record.statistics.total.documents;
    KEYWORDS.iter().find(|(id, _)| all_rows && id == spdx).map(|(_, keyword)| *keyword)
}

/// Text for a cell of a Markdown table: one line, nothing that Markdown or HTML would take for markup.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '`' | '*' | '[' | ']' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') => {
                out.push('\u{FFFD}')
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_no_markup() {
        assert_eq!(cell("a|b<script>`x`\n"), "a\\|b&lt;script&gt;\\`x\\`\u{FFFD}");
        assert_eq!(cell("\u{202E}evil"), "\u{FFFD}evil");
    }

    #[test]
    fn size_categories_meet_at_their_bounds() {
        assert_eq!([999, 1_000, 9_999, 10_000].map(size_category), ["n<1K", "1K<n<10K", "1K<n<10K", "10K<n<100K"]);
    }
}
