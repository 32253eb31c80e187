//! A panic in work that is caught, put into words.
//!
//! A panic is a fault of this program or of a library. It is not for one bad record or file to end a run, nor for one
//! fault to fill a terminal with backtraces: what the panic says is kept for whoever has caught it, who knows the place.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};

use super::shown;

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
    let around = PRESENT.replace(Present::Caught);
    let done = catch_unwind(AssertUnwindSafe(work));
    let present = PRESENT.replace(around);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caught_work_gives_what_it_gives_or_what_its_panic_says() {
        assert_eq!(caught(|| 7), Ok(7));
        let inner = caught(|| {
            let inner = caught(|| -> u8 { panic!("inner\u{1b}[2J") });
            assert!(inner.clone().is_err_and(|words| words.starts_with("inner\u{FFFD}[2J")), "{inner:?}");
            panic!("outer {}", 1);
        });
        assert!(inner.clone().is_err_and(|words: String| words.starts_with("outer 1")), "{inner:?}");
    }
}
