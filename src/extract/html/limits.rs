//! Bounds on what one page may cost, so that hostile HTML takes linear time and bounded memory.
//!
//! A page that breaks a bound of size is dropped as `extract.too_large`, with the figure in the ledger.
//! Nodes bound memory: with all that hangs on one it takes 100 bytes and more, so a page takes 250 MB at most. An
//! article of 20 MB in short paragraphs has 900,000. A block takes 500 bytes more while its page is judged.
//! Depth and attributes bend instead: deeper elements become siblings, further attributes of a tag are not looked at,
//! as browsers do with depth (they stop at 512).

use serde::{Deserialize, Serialize};

use crate::document::bad_config::BadConfig;

/// Bounds on one page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Largest payload in bytes, and largest page in bytes of UTF-8. Above: `extract.too_large`.
    pub html_bytes_max: usize,
    /// Most elements and runs of text. Above: `extract.too_large`.
    pub nodes_max: usize,
    /// Most blocks of text. Above: `extract.too_large`.
    pub blocks_max: usize,
    /// Deepest nesting of elements; deeper ones hang on the deepest that is allowed.
    pub depth_max: usize,
    /// Attributes of one tag that are looked at.
    pub attributes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { html_bytes_max: 64 << 20, nodes_max: 2_000_000, blocks_max: 500_000, depth_max: 300, attributes_max: 64 }
    }
}

impl Limits {
    /// Refuses bounds that leave nothing, or that the parser's counters cannot hold.
    pub fn check(&self) -> Result<(), BadConfig> {
        let bounds = [
            ("limits.html_bytes_max", self.html_bytes_max, 1 << 30),
            ("limits.nodes_max", self.nodes_max, 1 << 26),
            ("limits.blocks_max", self.blocks_max, 1 << 24),
            ("limits.depth_max", self.depth_max, 10_000),
            ("limits.attributes_max", self.attributes_max, 250),
        ];
        for (field, value, most) in bounds {
            if value == 0 || value > most {
                return Err(BadConfig::new(format!("{field} is {value}; it lies between 1 and {most}")));
            }
        }
        Ok(())
    }
}
