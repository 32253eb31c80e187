//! What the template is given: every figure in words, every text of others escaped. docs/cards.md lists the names.

use minijinja::value::merge_maps;
use minijinja::{Value, context};

use super::{front_matter, limits, making, representation, rights, sources};
use crate::card::{citation, columns, escape, removals};
use crate::ledger::funnel::{counted, grouped};
use crate::ledger::run_record::RunRecord;
use crate::plan::about::About;

/// What stands beside the shards, by its path, in the order in which a reader would open it.
const FILES: [(&str, &str); 11] = [
    ("manifest.json", "the record of the run, from which this page is computed"),
    ("SHA256SUMS", "digests of all files, for `sha256sum --check`"),
    ("report.html", "the same figures as a page with pictures"),
    ("domains.csv", "all domains with their documents, bytes and license tiers"),
    ("statistics.csv", "how lengths, scores and shares are spread"),
    ("croissant.json", "this set for machines, in the Croissant format"),
    ("bom.cdx.json", "a bill of materials, in the CycloneDX format"),
    ("provenance.intoto.json", "what was made of what by which program, as an in-toto statement"),
    ("spdx.json", "the set as an SPDX 3 document"),
    ("eu-training-summary.md", "what this set adds to a summary under Article 53(1)(d) of the EU AI Act"),
    ("CITATION.cff", "how to cite this set, for machines"),
];

/// All that a template may name.
pub fn of(record: &RunRecord, beside: &[&str]) -> Value {
    let statistics = &record.statistics;
    let total = statistics.total;
    let tiers: Vec<String> = statistics.tiers.keys().cloned().collect();
    let (inputs, inputs_more) = sources::inputs(record);
    let (licenses, licenses_more) = rights::licenses(record);
    let title = record.about.title.as_deref().unwrap_or(&record.name);
    let made = context! {
        tool => context! { name => &*record.tool.name, version => &*record.tool.version },
        plan_digest => &*record.plan.digest,
        recipe_version => record.plan.recipe_version,
        stages => making::stage_rows(record),
        funnel => making::funnel(record),
        records => counted(record.funnel.seen(), "record"),
        curves => making::curves(record),
        cuts => record.cuts.as_ref().map(making::cuts),
        edits => making::edit_rows(record),
        masked => making::masked(record),
        masking_stages => making::masking_stages(record),
        has_dropped => !record.dropped.is_empty(),
        deduplicated => !record.pairs.is_empty(),
        limits => limits::of(record),
        removals => removals::section(record),
    };
    let held = context! {
        documents => counted(total.documents, "document"),
        text_bytes => counted(total.text_bytes, "byte"),
        configs => configs(record),
        columns => columns::COLUMNS.iter().map(column).collect::<Vec<_>>(),
        files => files(record, beside),
        languages => sources::language_names(record),
        language_rows => sources::language_rows(record, &tiers),
        tiers => tiers,
        tokens => record.tokens.as_ref().map(|record| sources::tokens(record, total.documents)),
        figures => sources::figure_rows(record),
        tier_rows => rights::tier_rows(record),
        licenses_looked_for => !record.crawl.tiers.is_empty(),
        licenses => licenses,
        licenses_more => licenses_more,
        license_keyword => front_matter::license_keyword(record),
        findings => rights::findings(record),
        reserved_by => rights::reserved_by(record),
        representation => representation::tables(record),
    };
    let from = context! {
        crawls => sources::crawls(record),
        captures => sources::captures(record),
        crawl_files => counted(record.inputs.len() as u64, "crawl file"),
        inputs => inputs,
        inputs_more => inputs_more,
        pages => counted(record.crawl.pages, "page"),
        domains => sources::domain_rows(record),
        spread => sources::spread(record),
    };
    let words = context! {
        front_matter => front_matter::render(record),
        title => escape::cell(title),
        name => &*record.name,
        about => about(&record.about),
        bibtex => citation::bibtex(record),
        pages_min => representation::PAGES_MIN,
        expected_min => representation::EXPECTED_MIN as u64,
        more_ratio => representation::MORE,
        less_ratio => 1.0 / representation::MORE,
    };
    merge_maps([words, made, held, from])
}

/// What the maker says. Texts are the maker's own Markdown; single words are escaped.
fn about(about: &About) -> Value {
    let words = |text: &Option<String>| text.as_deref().map(escape::cell);
    let trimmed = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_owned());
    context! {
        version => words(&about.version),
        published => words(&about.published),
        description => trimmed(&about.description),
        curators => about.curators.iter().map(|curator| escape::cell(curator)).collect::<Vec<_>>(),
        homepage => about.homepage.as_deref().map(link),
        contact => about.contact.as_deref().map(link),
        license => words(&about.license),
        uses => trimmed(&about.uses),
        misuses => trimmed(&about.misuses),
        maintenance => trimmed(&about.maintenance),
    }
}

/// An address that a reader can follow, or its words where it is none.
fn link(address: &str) -> String {
    let is_plain = address.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\' | '`'));
    let is_link = address.starts_with("https://") || address.starts_with("http://") || is_mail(address);
    if is_plain && is_link { format!("<{address}>") } else { escape::cell(address) }
}

fn is_mail(address: &str) -> bool {
    address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

fn configs(record: &RunRecord) -> Vec<Value> {
    let row = |(name, config): (&str, front_matter::Config)| {
        context! {
            name => escape::code(name),
            documents => grouped(config.documents),
            shards => counted(config.shards, "file"),
            bytes => grouped(config.bytes),
        }
    };
    front_matter::configs(record).into_iter().map(row).collect()
}

fn column(column: &columns::Column) -> Value {
    context! { name => column.name, kind => escape::code(&column.kind.words()), meaning => column.meaning }
}

fn files(record: &RunRecord, beside: &[&str]) -> Vec<Value> {
    let is_there = |path: &str| {
        matches!(path, "manifest.json" | "SHA256SUMS")
            || beside.contains(&path)
            || record.tables.iter().any(|table| table.path == path)
    };
    let row = |(path, meaning): (&str, &str)| context! { path, meaning };
    let mut rows: Vec<_> = FILES.into_iter().filter(|(path, _)| is_there(path)).map(row).collect();
    let folders = [
        (
            &record.ledger,
            "ledger/",
            "a row for every record that was not kept, with the stage, the reason and the figures",
        ),
        (&record.dropped, "dropped/", "the dropped documents, with their text as far as it had been extracted"),
        (&record.pairs, "dedup/", "for every duplicate, which document stands for it and how alike the two are"),
    ];
    rows.extend(folders.iter().filter(|(files, ..)| !files.is_empty()).map(|(_, path, meaning)| row((path, meaning))));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_are_links() {
        assert_eq!(link("https://example.org/a"), "<https://example.org/a>");
        assert_eq!(link("set@example.org"), "<set@example.org>");
        assert_eq!(link("javascript:alert(1)"), "javascript\\:alert(1)");
        assert_eq!(link("https://a.example/> <b>"), "https\\://a.example/&gt; &lt;b&gt;");
        assert_eq!(link("the desk at the door"), "the desk at the door");
    }
}
