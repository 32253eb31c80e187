//! Why a page gives no document. Reasons are output format: renaming one is a breaking change.

use crate::document::reason::Reason;

/// Nothing is left to read: no text at all, or none that is main text.
pub const NO_TEXT: Reason = Reason::new("extract.no_text");
/// Too much of the text stands for bytes that the charset does not hold. The figure is their share of its characters.
pub const UNDECODABLE: Reason = Reason::new("extract.undecodable");
/// More bytes or more nodes than the limits allow. The figure is their number.
pub const TOO_LARGE: Reason = Reason::new("extract.too_large");

/// All reasons of this folder.
pub const REASONS: &[Reason] = &[NO_TEXT, UNDECODABLE, TOO_LARGE];
