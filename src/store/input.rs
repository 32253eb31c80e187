//! Which files an `--input` or `[input] warc` stands for, in which order, and what each is called in the output.
//!
//! An input is a file, a glob, a folder (searched through, in the order of the names), or a list of paths
//! (`.paths`, `.paths.gz`, `.txt`: one path a line, `#` for comments).
//! A file is called by its path below the input's root, never by an absolute path: the root of a file is its folder, that
//! of a glob the folders before the first wildcard, that of a list the list's folder. Where the path holds Common Crawl's
//! own `crawl-data/CC-MAIN-…`, the name begins there.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::StoreError;
use crate::text::shown;

/// Most lines of a list of paths; Common Crawl's longest has some 100,000.
const LIST_LINES_MAX: usize = 10_000_000;
/// Names that a folder is searched for.
const ARCHIVE_ENDINGS: [&str; 9] =
    [".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz", ".wet", ".wet.gz", ".warc.wet.gz", ".warc.open"];

/// A file to be read, and what it is called in the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What `file_path` says in the output.
    pub name: String,
}

/// Why the inputs cannot be found.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// Nothing to read.
    #[error("there is no input\nhint: name files with --input, or under [input] warc in the preset")]
    None,
    /// A pattern that matches no file.
    #[error(
        "{}: no such file, and no file matches it\nhint: check the path; relative paths begin at the working folder",
        shown::name(.0)
    )]
    NoMatch(String),
    /// A folder without archives.
    #[error(
        "{} holds no file that ends in .warc, .warc.gz, .warc.zst, .arc, .arc.gz, .wet or .wet.gz",
        shown::name(.0)
    )]
    EmptyFolder(String),
    /// A URL.
    #[error("{}: reading from a URL is not built yet\nhint: copy the file to this machine first", shown::name(.0))]
    Remote(String),
    /// A glob that cannot be understood.
    #[error("{} is no pattern: {source}", shown::name(.pattern))]
    Pattern {
        /// As typed.
        pattern: String,
        /// Why.
        source: glob::PatternError,
    },
    /// Two files of one name.
    #[error(
        "two inputs are both called {}: {} and {}\nhint: give the folder that holds both, so that their names differ",
        shown::name(.name), shown::path(.first), shown::path(.second)
    )]
    SameName {
        /// What both would be called.
        name: String,
        /// One.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// A list of paths that is too long.
    #[error("{} has more than {LIST_LINES_MAX} lines", shown::name(.0))]
    LongList(String),
    /// A file or folder that cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The files that the inputs stand for, in the order given; globs and folders in the order of the names.
pub fn find(inputs: &[String]) -> Result<Vec<InputFile>, InputError> {
    let mut files = Vec::new();
    for input in inputs {
        find_one(input, &mut files)?;
    }
    if files.is_empty() {
        return Err(InputError::None);
    }
    let mut seen: BTreeMap<&str, &Path> = BTreeMap::new();
    for file in &files {
        if let Some(first) = seen.insert(&file.name, &file.path) {
            let (name, second) = (file.name.clone(), file.path.clone());
            return Err(InputError::SameName { name, first: first.to_owned(), second });
        }
    }
    Ok(files)
}

fn find_one(input: &str, files: &mut Vec<InputFile>) -> Result<(), InputError> {
    let path = Path::new(input);
    if is_remote(input) {
        return Err(InputError::Remote(input.to_owned()));
    }
    if path.is_dir() {
        let found = files.len();
        search(path, path, files)?;
        return if files.len() > found { Ok(()) } else { Err(InputError::EmptyFolder(input.to_owned())) };
    }
    if path.exists() {
        if [".paths", ".paths.gz", ".txt"].iter().any(|ending| input.ends_with(ending)) {
            return read_list(input, path, files);
        }
        files.push(InputFile { path: path.to_owned(), name: name_below(path, path.parent().unwrap_or(Path::new(""))) });
        return Ok(());
    }
    let pattern_error = |source| InputError::Pattern { pattern: input.to_owned(), source };
    let matches = glob::glob(input).map_err(pattern_error)?;
    let mut found = Vec::new();
    for matched in matches {
        // A folder that cannot be looked into may hold what was meant.
        let path = matched.map_err(|error| StoreError {
            path: error.path().to_owned(),
            what: "listed",
            source: error.into(),
        })?;
        if !path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(InputError::NoMatch(input.to_owned()));
    }
    let is_wild = |component: &Component<'_>| component.as_os_str().to_string_lossy().contains(['*', '?', '[']);
    let root: PathBuf = path.components().take_while(|component| !is_wild(component)).collect();
    files.extend(found.into_iter().map(|path| InputFile { name: name_below(&path, &root), path }));
    Ok(())
}

fn is_remote(input: &str) -> bool {
    ["http://", "https://", "s3://", "gs://", "hf://"].iter().any(|scheme| input.starts_with(scheme))
}

/// Archives below a folder, in the order of their names. Links to folders are not followed, so there are no rounds. What
/// is called like an archive and is none, such as a pipe or a link to nothing, is refused when it is opened.
fn search(folder: &Path, root: &Path, files: &mut Vec<InputFile>) -> Result<(), InputError> {
    let listed = |source| StoreError { path: folder.to_owned(), what: "listed", source };
    let mut entries = std::fs::read_dir(folder).map_err(listed)?.collect::<Result<Vec<_>, _>>().map_err(listed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type().map_err(listed)?.is_dir() {
            search(&path, root, files)?;
        } else if !path.is_dir() && ARCHIVE_ENDINGS.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
            files.push(InputFile { name: name_below(&path, root), path });
        }
    }
    Ok(())
}

fn read_list(input: &str, path: &Path, files: &mut Vec<InputFile>) -> Result<(), InputError> {
    let read = |source| InputError::Store(StoreError::read(path, source));
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(read)?;
    if input.ends_with(".gz") {
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).map_err(read)?;
    } else {
        std::io::BufReader::new(file).read_to_string(&mut text).map_err(read)?;
    }
    let root = path.parent().unwrap_or(Path::new(""));
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    for (count, line) in lines.enumerate() {
        if count >= LIST_LINES_MAX {
            return Err(InputError::LongList(input.to_owned()));
        }
        if is_remote(line) {
            return Err(InputError::Remote(line.to_owned()));
        }
        let path = root.join(line);
        if !path.exists() {
            return Err(InputError::NoMatch(path.to_string_lossy().into_owned()));
        }
        files.push(InputFile { name: name_below(&path, root), path });
    }
    Ok(())
}

/// The path below the root, with `/` between folders; from `crawl-data/` on if it holds Common Crawl's own path.
fn name_below(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts = |path: &Path| -> Vec<String> {
        let normal = path.components().filter(|component| matches!(component, Component::Normal(_)));
        normal.map(|component| component.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let whole = parts(path);
    let crawl = whole.windows(2).rposition(|pair| pair[0] == "crawl-data" && pair[1].starts_with("CC-MAIN-"));
    match crawl {
        Some(start) => whole[start..].join("/"),
        None => parts(below).join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lie_below_the_root_and_are_never_absolute() {
        let name = |path: &str, root: &str| name_below(Path::new(path), Path::new(root));
        assert_eq!(name("/data/in/a.warc.gz", "/data/in"), "a.warc.gz");
        assert_eq!(name("/data/in/x/a.warc.gz", "/data/in"), "x/a.warc.gz");
        assert_eq!(
            name("/mnt/crawl-data/CC-MAIN-2026-05/s/a.warc.gz", "/mnt/crawl-data/CC-MAIN-2026-05/s"),
            "crawl-data/CC-MAIN-2026-05/s/a.warc.gz"
        );
        assert_eq!(name("/elsewhere/a.warc.gz", "/data"), "elsewhere/a.warc.gz");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let words = |input: &str| find(&[input.to_owned()]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(words("s3://bucket/a.warc.gz").contains("not built yet"));
        assert!(words("no/such/file.warc.gz").contains("no such file"));
        assert!(words("no/such/*.warc.gz").contains("no file matches"));
        assert!(find(&[]).err().is_some_and(|error| error.to_string().contains("--input")));
    }
}
