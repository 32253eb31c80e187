//! The funnel as a table for people: what every stage saw, kept and dropped, and why.

use std::fmt::Write;

use super::tally::Tally;

/// The table, one line a stage and one a reason, ended by a line break. Shares are of the records read.
pub fn table(tally: &Tally) -> String {
    let read = tally.seen();
    let name_width = names(tally).map(|name| name.chars().count()).max().unwrap_or(0).max("stage".len());
    let mut out = String::new();
    line(&mut out, name_width, ["stage", "seen", "dropped", "kept", "of all"]);
    for stage in tally.stages() {
        let dropped = stage.dropped_total();
        line(
            &mut out,
            name_width,
            [
                &stage.stage,
                &grouped(stage.seen),
                &if dropped == 0 { String::from("-") } else { grouped(dropped) },
                &grouped(stage.kept),
                &share(stage.kept, read),
            ],
        );
        for (reason, count) in &stage.dropped {
            line(&mut out, name_width, [&format!("  {reason}"), "", &grouped(*count), "", &share(*count, read)]);
        }
    }
    out
}

fn names(tally: &Tally) -> impl Iterator<Item = String> + '_ {
    tally.stages().iter().flat_map(|stage| {
        let reasons = stage.dropped.keys().map(|reason| format!("  {reason}"));
        std::iter::once(stage.stage.to_string()).chain(reasons)
    })
}

fn line(out: &mut String, name_width: usize, [name, seen, dropped, kept, of_all]: [&str; 5]) {
    let row = format!("{name:name_width$}  {seen:>13}  {dropped:>13}  {kept:>13}  {of_all:>7}");
    writeln!(out, "{}", row.trim_end()).expect("a string takes all that is written to it");
}

/// A share in per cent with one decimal, or a dash if there is no whole.
pub fn share(part: u64, whole: u64) -> String {
    if whole == 0 { String::from("-") } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
}

/// A number with its noun, in the plural but for one: "1 document", "2,000 documents".
pub fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number with a comma after every three digits.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn one_is_singular() {
        assert_eq!([0, 1, 2_000].map(|number| counted(number, "record")), ["0 records", "1 record", "2,000 records"]);
    }

    #[test]
    fn the_table_names_every_stage_and_reason() {
        let mut tally = Tally::new(["warc", "filter.length"]);
        tally.keep_through(1);
        tally.drop_at(0, 0, "warc.not_html");
        tally.drop_at(0, 1, "length.too_few_words");
        let table = table(&tally);
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines.len(), 5);
        assert!(lines[1].starts_with("warc ") && lines[1].ends_with("66.7 %"), "{table}");
        assert!(lines[2].starts_with("  warc.not_html") && lines[2].ends_with("33.3 %"), "{table}");
    }
}
