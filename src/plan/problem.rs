//! What is wrong with a preset, at which line. All problems of a file are collected and reported together.

use std::fmt;
use std::ops::Range;

use crate::text::shown;

/// One mistake in a preset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line and column, both from 1; none if it concerns the file as a whole.
    pub at: Option<(usize, usize)>,
    /// What was found and what was wanted.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Problem {
    /// A mistake at a byte range of the source.
    pub fn at(source: &str, span: Range<usize>, message: impl Into<String>) -> Self {
        Self { at: Some(position(source, span.start)), message: message.into(), hint: None }
    }

    /// A mistake of the file as a whole.
    pub fn of_file(message: impl Into<String>) -> Self {
        Self { at: None, message: message.into(), hint: None }
    }

    /// The same with advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// All mistakes of one preset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct PresetError {
    /// The preset as it was named.
    pub preset: String,
    /// What is wrong, in the order of the lines.
    pub problems: Vec<Problem>,
}

impl PresetError {
    /// The same with the problems in the order of the lines, each once.
    pub(super) fn sorted(mut self) -> Self {
        self.problems.sort_by_key(|problem| (problem.at.is_none(), problem.at));
        self.problems.dedup();
        self
    }
}

impl fmt::Display for PresetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot run", shown::name(&self.preset))?;
        for problem in &self.problems {
            match problem.at {
                Some((line, column)) => write!(f, "\n  line {line}, column {column}: ")?,
                None => write!(f, "\n  ")?,
            }
            write!(f, "{}", problem.message.trim_end().replace('\n', "\n    "))?;
            if let Some(hint) = &problem.hint {
                write!(f, "\n    hint: {hint}")?;
            }
        }
        Ok(())
    }
}

/// Line and column, both from 1, of a byte offset; columns count characters.
fn position(source: &str, offset: usize) -> (usize, usize) {
    let before = &source[..source.floor_char_boundary(offset.min(source.len()))];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_from_one() {
        assert_eq!(position("ab\ncd", 0), (1, 1));
        assert_eq!(position("ab\nçd", 5), (2, 2));
        assert_eq!(position("ab", 99), (1, 3));
    }
}
