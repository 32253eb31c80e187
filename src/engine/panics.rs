//! A panic on the way of one document: caught, put into words, and told with the place of the record.
//!
//! A panic is a fault of this program. It is not for one bad record to end a run, nor for one fault to fill a terminal
//! with backtraces: what the panic says is kept until whoever carries the record has told its file and offset with it.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};

use crate::document::origin::Origin;
use crate::text::shown;

/// Longest words of a panic that are told, in characters: they can quote the document.
const WORDS_CHARS_MAX: usize = 300;

/// What a thread does at present, for the hook.
enum Present {
    /// Nothing that is caught.
    Else,
    /// Work that is caught.
    Caught,
    /// The same, and it has panicked with these words.
    Panicked(String),
}

thread_local! {
    static PRESENT: RefCell<Present> = const { RefCell::new(Present::Else) };
}

/// Has panics that are caught put into words; all others are told as before. To be called once, by the program: a library
/// does not decide what becomes of panics.
pub fn hook() {
    let before = take_hook();
    set_hook(Box::new(move |info| {
        if !keep(info) {
            before(info);
        }
    }));
}

/// Keeps what a panic says, if the thread's work is caught.
fn keep(info: &PanicHookInfo<'_>) -> bool {
    PRESENT.with_borrow_mut(|present| {
        let is_caught = !matches!(present, Present::Else);
        if is_caught {
            let place = info.location().map(|at| format!(", at {}:{}", at.file(), at.line()));
            *present = Present::Panicked(format!("{}{}", said(info.payload()), place.unwrap_or_default()));
        }
        is_caught
    })
}

/// What `work` gives, or what its panic says, on one line. The buffers that threads keep are cleared before each use, so a
/// panic leaves nothing behind in them.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    PRESENT.set(Present::Caught);
    let done = catch_unwind(AssertUnwindSafe(work));
    let present = PRESENT.replace(Present::Else);
    done.map_err(|payload| {
        let words = if let Present::Panicked(words) = present { words } else { said(&*payload).to_owned() };
        shown::line(&words).chars().take(WORDS_CHARS_MAX).collect()
    })
}

fn said(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(words), _) => words,
        (None, Some(words)) => words,
        (None, None) => "a panic without words",
    }
}

/// One line that tells of a panic on the way of the record at `origin`.
pub fn told(origin: &Origin, words: &str) -> String {
    let Origin { file_path, offset_bytes, .. } = origin;
    format!(
        "{}, record at byte {offset_bytes}: a stage of gristmill failed, which is a fault of gristmill: {words}",
        shown::name(file_path)
    )
}
