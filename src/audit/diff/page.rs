//! A difference as one page that needs nothing else: no script, no font, no picture, nothing from another host.
//!
//! Whatever a set holds is text here and never markup: every cell is escaped, and a policy in the page forbids scripts.

use std::fmt::Write;

use super::Difference;
use super::words::{Section, sections};

const STYLE: &str = "\
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }\n\
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 1rem; }\n\
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }\n\
.wide { overflow-x: auto; }\n\
table { border-collapse: collapse; font-size: .9rem; }\n\
th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }\n\
td { overflow-wrap: anywhere; min-width: 4rem; }\n\
tr:nth-child(even) td { background: var(--soft); }\n\
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }\n\
.inner { padding-left: 1.5rem; }\n\
@media print { body { max-width: none; font-size: 11px; } h2 { break-after: avoid; } tr { break-inside: avoid; } }\n";

/// The page.
pub fn render(difference: &Difference) -> String {
    let (a, b) = (&difference.a, &difference.b);
    let title = escaped(&format!("{} and {}: what differs", a.folder, b.folder));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    for section in sections(difference) {
        push(&section, &mut out);
    }
    out += "</body>\n</html>\n";
    out
}

fn push(section: &Section, out: &mut String) {
    const TAKES_ALL: &str = "a string takes all that is written to it";
    writeln!(out, "<h2>{}</h2>", escaped(&section.title)).expect(TAKES_ALL);
    for line in &section.lines {
        writeln!(out, "<p>{}</p>", escaped(line)).expect(TAKES_ALL);
    }
    if section.rows.is_empty() {
        return;
    }
    let class = |column: usize| if column >= section.numbers_from { " class=\"number\"" } else { "" };
    *out += "<div class=\"wide\"><table>\n<thead><tr>";
    for (column, head) in section.heads.iter().enumerate() {
        write!(out, "<th scope=\"col\"{}>{}</th>", class(column), escaped(head)).expect(TAKES_ALL);
    }
    *out += "</tr></thead>\n<tbody>\n";
    for row in &section.rows {
        *out += "<tr>";
        for (column, cell) in row.iter().enumerate() {
            let class = if column == 0 && cell.starts_with("  ") { " class=\"inner\"" } else { class(column) };
            write!(out, "<td{class}>{}</td>", escaped(cell.trim_start())).expect(TAKES_ALL);
        }
        *out += "</tr>\n";
    }
    *out += "</tbody>\n</table></div>\n";
}

/// Text between tags or in an attribute: no markup, no control characters, no changes of writing direction.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(' '),
            c if c.is_control() => out.push('\u{FFFD}'),
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_set_becomes_markup() {
        assert_eq!(escaped("<b onclick='x'>&\"\u{202E}\n"), "&lt;b onclick=&#39;x&#39;&gt;&amp;&quot;\u{FFFD} ");
    }
}
