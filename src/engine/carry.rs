//! Takes one record through all stages of a plan. The only loop over stages, and the only place that counts.

use super::progress::Progress;
use crate::annotate::rights::marks::may_state_license;
use crate::document::edits::Edit;
use crate::document::extraction::Extraction;
use crate::document::fact::Fact;
use crate::document::origin::Origin;
use crate::document::reason::{Dropped, Reason, Verdict};
use crate::document::{Document, Facts};
use crate::extract::{Extracted, Hints};
use crate::filter::Gate;
use crate::ledger::tally::Tally;
use crate::plan::compile::{Action, Plan, Step};
use crate::shard::documents::PartRow;
use crate::text::panics::caught;
use crate::text::shown;
use crate::warc::batch::Item;
use crate::warc::content;
use crate::warc::content::{Content, ContentKind, Sorted, SourceFile};
use crate::warc::limits::Limits;

/// The payload holds no license mark, and the plan keeps licensed documents only.
pub const NO_LICENSE_MARK: Reason = Reason::new("prefilter.no_license_mark");

/// A stage failed on this record, which is a fault of this program. The ledger has the record's place, so that
/// `gristmill inspect` shows the same again.
pub const PANIC: Reason = Reason::new("extract.panic");

/// Where a record's way ended.
#[derive(Debug)]
pub enum Outcome {
    /// Not kept, and of a kind that the ledger counts without listing: requests, metadata.
    Counted(Dropped),
    /// Not kept.
    Dropped(Box<NotKept>),
    /// Kept by all stages before deduplication.
    Kept(Box<Kept>),
}

/// A record that was not kept.
#[derive(Debug)]
pub struct NotKept {
    /// Place in the funnel of the stage that dropped it.
    pub index: usize,
    /// Why.
    pub dropped: Dropped,
    /// Where it lies; of damage only the place is known.
    pub origin: Origin,
    /// The document as far as it got; none if it was never extracted.
    pub document: Option<Document>,
    /// What the panic said, if one ended its way.
    pub panic: Option<String>,
}

/// A document that goes on to deduplication.
#[derive(Debug)]
pub struct Kept {
    /// The row that would be published.
    pub row: PartRow,
    /// Ranks and keys of all deduplication stages, one behind the other.
    pub keys: Vec<u8>,
    /// Sets of shingles or lines, of the stages that compare them.
    pub sets: Vec<Vec<u8>>,
}

impl Outcome {
    /// Where the page came from and what was found of it; none of a record that is no page.
    pub fn page(&self) -> Option<(&Origin, Option<&Facts>)> {
        match self {
            Self::Counted(_) => None,
            Self::Dropped(not_kept) if not_kept.index == 0 => None,
            Self::Dropped(not_kept) => {
                Some((&not_kept.origin, not_kept.document.as_ref().map(|document| &document.facts)))
            }
            Self::Kept(kept) => Some((&kept.row.document.origin, Some(&kept.row.document.facts))),
        }
    }

    /// One line for whoever watches, if a panic ended the way.
    pub fn note(&self) -> Option<String> {
        let Self::Dropped(not_kept) = self else { return None };
        not_kept.panic.as_ref().map(|words| told(&not_kept.origin, words))
    }

    /// Counts the outcome in a tally of the plan's stages.
    pub fn count(&self, plan: &Plan, tally: &mut Tally) {
        let last = plan.before().last().map_or(plan.extract().0, |step| step.index);
        match self {
            Self::Counted(dropped) => tally.drop_at(0, 0, dropped.reason.as_str()),
            Self::Dropped(not_kept) => {
                tally.drop_at(0, not_kept.index, not_kept.dropped.reason.as_str());
                tally.edit(not_kept.document.as_ref().map_or(&[], |document| &document.edits));
            }
            Self::Kept(kept) => {
                tally.keep_through(last);
                // Those of stages behind deduplication count if it keeps the document.
                let edits = &kept.row.document.edits;
                tally.edit(&edits[..edits.partition_point(|edit| edit.stage as usize <= last)]);
            }
        }
    }
}

/// What records of one file are carried through.
#[derive(Clone, Copy)]
pub struct Carrier<'a> {
    /// The stages.
    pub plan: &'a Plan,
    /// The file the records come from.
    pub file: &'a SourceFile,
    /// Caps on what is read.
    pub limits: &'a Limits,
}

impl Carrier<'_> {
    /// Takes one record, or one stretch of damage, to the end of its way. A panic on the way is an outcome like others:
    /// one bad record never stops a run.
    pub fn carry(&self, item: &Item<'_>) -> Outcome {
        caught(|| self.carry_item(item)).unwrap_or_else(|words| self.panicked(item, words))
    }

    fn panicked(&self, item: &Item<'_>, words: String) -> Outcome {
        let origin = match item {
            Item::Damage(damage) => self.file.origin_of_damage(damage),
            Item::Record(record) => Origin {
                id: record.field("WARC-Record-ID").unwrap_or_default().into_owned(),
                url: record.target_uri().unwrap_or_default().into_owned(),
                file_path: self.file.path.clone(),
                ordinal: record.ordinal,
                offset_bytes: record.offset_bytes,
                length_bytes: record.length_bytes,
                ..Origin::default()
            },
        };
        let (index, dropped) = (self.plan.extract().0, Dropped::new(PANIC));
        Outcome::Dropped(Box::new(NotKept { index, dropped, origin, document: None, panic: Some(words) }))
    }

    fn carry_item(&self, item: &Item<'_>) -> Outcome {
        let record = match item {
            Item::Damage(damage) => {
                return not_kept(0, damage.dropped.clone(), self.file.origin_of_damage(damage), None);
            }
            Item::Record(record) => record,
        };
        match content::sort(record, self.file, self.limits) {
            Sorted::NotKept { dropped, listed: false, .. } => Outcome::Counted(dropped),
            Sorted::NotKept { origin, dropped, .. } => not_kept(0, dropped, origin, None),
            Sorted::Content(content) => self.carry_content(content),
        }
    }

    /// Takes what a record holds to the end of its way.
    pub fn carry_content(&self, content: Content<'_>) -> Outcome {
        for step in self.plan.admit() {
            if let Verdict::Drop(dropped) = Gate::judge(step.gate.as_ref(), &content.origin) {
                return not_kept(step.index, dropped, content.origin, None);
            }
        }
        if let Some(index) = self.plan.prefilter()
            && !may_be_licensed(&content)
        {
            let dropped = Dropped::new(NO_LICENSE_MARK);
            return not_kept(index, dropped, content.origin, None);
        }
        let (index, extractor) = self.plan.extract();
        let extracted = match content.kind {
            ContentKind::Html => {
                let hints = Hints { http_charset: content.http.charset.as_deref(), url: &content.origin.url };
                extractor.extract(&content.payload, &hints)
            }
            ContentKind::PlainText => extractor.plain_text(&content.payload),
        };
        match extracted {
            Err(dropped) => not_kept(index, dropped, content.origin, None),
            Ok(extracted) => self.carry_document(document_of(extracted, content)),
        }
    }

    /// Takes an extracted document through the stages behind extraction.
    pub fn carry_document(&self, mut document: Document) -> Outcome {
        if let Some((index, dropped)) = apply(self.plan.before(), &mut document) {
            document.forget_words();
            let origin = document.origin.clone();
            return not_kept(index, dropped, origin, Some(document));
        }
        let mut keys = Vec::new();
        let mut sets = Vec::new();
        for step in self.plan.dedup() {
            step.deduplicator.push_key(&document, &mut keys);
            sets.extend(step.deduplicator.set(&document));
        }
        // What comes behind deduplication depends on the document alone, so it is asked now and heeded later: then no
        // document has to be read back from disk to be judged.
        let after = apply(self.plan.after(), &mut document);
        document.forget_words();
        let text_digest = text_digest(document.text());
        Outcome::Kept(Box::new(Kept { row: PartRow { document, text_digest, after }, keys, sets }))
    }
}

/// Runs the steps behind deduplication on a document whose text was cut. A panic is a drop by the first of them: one bad
/// record never stops a run.
pub fn judge_again(steps: &[Step], document: &mut Document, progress: &Progress) -> Option<(usize, Dropped)> {
    let first = steps.first()?.index;
    document.edits.retain(|edit| (edit.stage as usize) < first);
    caught(|| apply(steps, document)).unwrap_or_else(|words| {
        progress.note(|| told(&document.origin, &words));
        Some((first, Dropped::new(PANIC)))
    })
}

/// Counts anew what annotators count in a text that was changed; what a panic leaves uncounted was not found.
pub fn count_again(plan: &Plan, document: &mut Document, progress: &Progress) {
    for step in plan.before().iter().chain(plan.after()) {
        if let Action::Annotate(annotator) = &step.action
            && annotator.counts_text()
        {
            match caught(|| annotator.find(document)) {
                Ok(answer) => answer.file(&mut document.facts),
                Err(words) => progress.note(|| told(&document.origin, &words)),
            }
        }
    }
}

/// The digest of a text as its row states it.
pub fn text_digest(text: &str) -> String {
    format!("blake3:{}", blake3::hash(text.as_bytes()).to_hex())
}

/// Runs steps until one drops the document.
fn apply(steps: &[Step], document: &mut Document) -> Option<(usize, Dropped)> {
    for step in steps {
        match &step.action {
            Action::Annotate(annotator) => annotator.find(document).file(&mut document.facts),
            Action::Edit(editor) => {
                if let Some(edited) = editor.edit(document.text()) {
                    document.set_text(edited.text);
                    let stage = step.index as u32;
                    document.edits.extend(edited.counts.into_iter().map(|(what, count)| Edit { stage, what, count }));
                }
            }
            Action::Filter(filter) => {
                if let Verdict::Drop(dropped) = filter.judge(document) {
                    return Some((step.index, dropped));
                }
            }
        }
    }
    None
}

/// Whether the payload, or a header that can carry a license, holds a mark of one.
fn may_be_licensed(content: &Content<'_>) -> bool {
    let mut links = content.http.headers.iter().filter(|header| header.name == "link");
    links.any(|link| may_state_license(link.value.as_bytes())) || may_state_license(&content.payload)
}

fn document_of(extracted: Extracted, content: Content<'_>) -> Document {
    let mut signals = extracted.signals;
    signals.headers = content.http.headers;
    let mut document = Document::new(extracted.text, content.origin, extracted.decoding, signals);
    document.facts.extraction =
        extracted.expected_f1.map_or(Fact::NotAsked, |expected_f1| Fact::Found(Extraction { expected_f1 }));
    document
}

fn not_kept(index: usize, dropped: Dropped, origin: Origin, document: Option<Document>) -> Outcome {
    Outcome::Dropped(Box::new(NotKept { index, dropped, origin, document, panic: None }))
}

/// One line that tells of a panic on the way of the record at `origin`.
fn told(origin: &Origin, words: &str) -> String {
    let Origin { file_path, offset_bytes, .. } = origin;
    format!(
        "{}, record at byte {offset_bytes}: a stage of gristmill failed, which is a fault of gristmill: {words}",
        shown::name(file_path)
    )
}
