//! What a thing of a vocabulary's type stands for: the article, the page, the site, a part of the text, something else.
//!
//! Types are those of schema.org, DCMI, FOAF and SIOC; a type that is not known is not the text.

use serde_json::Value;

use super::statement::Rank;
use crate::document::rights::Scope;

/// What a node of structured data stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The article on the page.
    Article,
    /// The page.
    Page,
    /// The site.
    Site,
    /// A part of the text that somebody else may have written: a comment, an answer.
    Part,
    /// Something that is not the text.
    Object,
}

impl Kind {
    /// What a statement about it covers, and how near that is to the text.
    pub fn standing(self) -> (Scope, Rank) {
        match self {
            Self::Article => (Scope::Page, Rank::Article),
            Self::Page => (Scope::Page, Rank::Page),
            Self::Site => (Scope::Site, Rank::Site),
            Self::Part => (Scope::Part, Rank::Page),
            Self::Object => (Scope::Object, Rank::Page),
        }
    }
}

/// `license` of `schema:license`, `https://schema.org/license`.
pub fn local_name(key: &str) -> &str {
    key.rsplit([':', '/', '#']).next().unwrap_or(key)
}

/// What a node of these JSON-LD types stands for. Of several types the one that is not the text decides.
pub fn of_types(types: &Value, inherited: Kind) -> Option<Kind> {
    match types {
        Value::String(name) => Some(of_type(local_name(name), inherited)),
        Value::Array(names) => of_names(names.iter().filter_map(Value::as_str), inherited),
        _ => None,
    }
}

/// What an element with this `itemtype` or `typeof`, a list of names, stands for.
pub fn of_list(names: &str, inherited: Kind) -> Option<Kind> {
    of_names(names.split_ascii_whitespace(), inherited)
}

fn of_names<'a>(names: impl Iterator<Item = &'a str>, inherited: Kind) -> Option<Kind> {
    let kinds = names.map(|name| of_type(local_name(name), inherited));
    kinds.reduce(|a, b| {
        if a == Kind::Object || b == Kind::Object {
            Kind::Object
        } else if a == Kind::Article {
            a
        } else {
            b
        }
    })
}

fn of_type(name: &str, inherited: Kind) -> Kind {
    let is_article = name.ends_with("Article")
        || name.ends_with("Posting")
        || matches!(name, "Review" | "Recipe" | "HowTo" | "Post" | "BlogPost");
    let nested = !matches!(inherited, Kind::Page | Kind::Article);
    match name {
        _ if is_article && nested => inherited,
        _ if is_article => Kind::Article,
        "Comment" | "Answer" | "Question" | "Quotation" => Kind::Part,
        "WebSite" | "Blog" | "Periodical" | "PublicationIssue" | "PublicationVolume" => Kind::Site,
        "WebPage" | "Report" | "Book" | "Chapter" | "Course" | "LearningResource" | "CreativeWork" | "Guide"
        | "Thesis" | "Poem" | "ShortStory" | "DefinedTerm" | "Text" | "Work" | "Document" | "WebContent"
        | "WebPageElement" => inherited,
        _ if name.ends_with("Page") => inherited,
        _ => Kind::Object,
    }
}

/// Whether a type is that of a picture, a sound, a program or data: never the text, however the statement is made.
pub fn is_never_text(names: &str) -> bool {
    names.split_ascii_whitespace().any(|name| {
        matches!(
            local_name(name),
            "ImageObject"
                | "StillImage"
                | "Image"
                | "MovingImage"
                | "Photograph"
                | "VideoObject"
                | "AudioObject"
                | "MediaObject"
                | "Sound"
                | "MusicRecording"
                | "Dataset"
                | "DataCatalog"
                | "DataDownload"
                | "Map"
                | "SoftwareApplication"
                | "SoftwareSourceCode"
                | "Software"
                | "3DModel"
                | "Product"
                | "Painting"
                | "VisualArtwork"
                | "PodcastEpisode"
        )
    })
}

/// What a node without a type stands for, by the property it is the value of.
pub fn of_property(name: &str, kind: Kind) -> Kind {
    match name {
        "mainEntity" | "mainEntityOfPage" | "itemListElement" | "item" | "blogPost" | "@list" | "@set" => kind,
        "isPartOf" if kind != Kind::Object => Kind::Site,
        "hasPart" | "comment" | "suggestedAnswer" | "acceptedAnswer" if kind != Kind::Object => Kind::Part,
        _ => Kind::Object,
    }
}
