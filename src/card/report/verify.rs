//! How a reader can check the set without believing this page.

use crate::card::page::html::Html;
use crate::ledger::run_record::RunRecord;

/// Writes the section.
pub fn write(record: &RunRecord, html: &mut Html) {
    html.paragraph("In the folder of the set:");
    html.element("ul", &[], |html| {
        item(html, "sha256sum --check SHA256SUMS", "compares every published file with its digest");
        item(
            html,
            "gristmill verify .",
            "checks digests, columns, counts, duplicates and cards; with --warc DIR it makes rows again from their records",
        );
        item(html, "gristmill card .", "writes this page and all other cards anew from the run record");
        item(
            html,
            "gristmill explain . URL",
            "says why a page is in the set, or which stage dropped it and with which figures",
        );
    });
    html.element("p", &[], |html| {
        html.text("Every row names the bytes it was made from: a range request for ");
        html.leaf("code", &[], "warc_record_offset");
        html.text(" and ");
        html.leaf("code", &[], "warc_record_length");
        html.text(" of ");
        html.leaf("code", &[], "file_path");
        html.text(" returns the record, and ");
        html.leaf("code", &[], "text_digest");
        html.text(" is the BLAKE3 digest of the text.");
    });
    if let Some(contact) = &record.about.contact {
        html.element("p", &[], |html| {
            html.text("To report a fault or to ask for removal: ");
            html.text(contact);
            html.text(".");
        });
    }
}

fn item(html: &mut Html, command: &str, does: &str) {
    html.element("li", &[], |html| {
        html.leaf("code", &[], command);
        html.text(&format!(" {does}."));
    });
}
