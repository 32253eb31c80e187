//! Templates of cards that a preset names, relative to the preset's own folder as lists are.

use super::lists::Beside;
use crate::card::readme;
use crate::document::bad_config::BadConfig;
use crate::plan::named::CardTemplates;

/// Largest template, in bytes; it becomes a part of the run record.
const TEMPLATE_BYTES_MAX: u64 = 1 << 20;

impl CardTemplates for Beside<'_> {
    fn read_template(&self, path: &str) -> Result<String, BadConfig> {
        let bytes = self.file("template", path, TEMPLATE_BYTES_MAX)?;
        let refused = |why: &dyn std::fmt::Display| BadConfig::new(format!("the template {path}{why}"));
        let text = String::from_utf8(bytes).map_err(|_| refused(&" is not UTF-8 text"))?;
        readme::check(&text).map_err(|error| {
            let hint = "docs/cards.md lists what a template is given";
            refused(&format!(": {error}")).with_hint(hint)
        })?;
        Ok(text)
    }
}
