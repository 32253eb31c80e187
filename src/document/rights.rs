//! What may be done with a document's text: a license with scope and evidence, and reservations.

/// The verdict on one document's text, license and reservation together.
#[derive(Clone, Debug, PartialEq)]
pub struct Rights {
    /// SPDX expression or `LicenseRef-`; none if no license was found or its version is not stated.
    pub spdx: Option<String>,
    /// Address of the license's text; none if there is no license, more than one, or one without a version.
    pub license_url: Option<String>,
    /// What the license lets a maker of training sets do.
    pub tier: Tier,
    /// What the license covers.
    pub scope: Scope,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// What the verdict rests on, strongest first.
    pub evidence: Vec<Evidence>,
    /// Whether the page reserves its rights against text and data mining.
    pub reservation: Reservation,
    /// What that rests on.
    pub reservation_evidence: Vec<ReservationEvidence>,
    /// Whom and what a license notice has to name.
    pub attribution_url: Option<String>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$vdoc])* $variant,)* }
        impl $name {
            /// All values, in their order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
            /// The word that stands in columns and presets.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
            /// The value a column's word stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }
    };
}

words! {
    /// What the license lets a maker of training sets do. Doubt is `unclear`, never `open`.
    Tier {
        /// Conformant with the Open Definition, on the text.
        Open => "open",
        /// Not for commercial use.
        NonCommercial => "noncommercial",
        /// No derivatives.
        NoDerivatives => "noderivatives",
        /// Contradiction, mixed parts, or terms that could not be read.
        Unclear => "unclear",
        /// Rights are expressly reserved.
        Reserved => "reserved",
        /// Nothing applies to the text.
        None => "none",
    }
}
words! {
    /// What a license statement covers.
    Scope {
        /// The text of this page.
        Page => "page",
        /// All pages of the site.
        Site => "site",
        /// A part of the text.
        Part => "part",
        /// Something that is not the text: a photo, an icon, a data set, software.
        Object => "object",
        /// Nothing.
        None => "none",
    }
}
words! {
    /// How sure a verdict is, weakest first.
    Confidence {
        /// A link or words alone.
        Weak => "weak",
        /// One machine-readable statement, or a link with words around it.
        Medium => "medium",
        /// Machine-readable and about this page, or several statements that agree.
        Strong => "strong",
    }
}
words! {
    /// Whether rights against text and data mining are reserved.
    Reservation {
        /// A signal of the response reserves them.
        Reserved => "reserved",
        /// A signal of the response says that they are not reserved.
        Allowed => "allowed",
        /// No signal.
        Unset => "unset",
    }
}

/// One statement of a license, as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// How it is stated: `rel_license`, `link`, `meta`, `json_ld`, `http_link`, …
    pub kind: &'static str,
    /// Where on the page it stands: `head`, `header`, `main`, `article`, `footer`, `http`, …
    pub place: &'static str,
    /// The value as written: a URL or words.
    pub value: String,
    /// Text around it, at most 200 characters.
    pub snippet: String,
    /// Offset of the statement in the payload, in bytes; none for HTTP headers.
    pub offset_bytes: Option<u64>,
}

/// One signal that reserves rights, or says that they are not reserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReservationEvidence {
    /// Which signal: `tdm-reservation`, `robots_noai`, `content-usage`, …
    pub signal: &'static str,
    /// Its value as written.
    pub value: String,
}
