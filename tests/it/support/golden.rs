//! Compares what was made with a file of the repository; `UPDATE_GOLDEN=1` writes the file instead.

#![allow(dead_code, reason = "used by more tests as they are written")]

use std::path::{Path, PathBuf};

/// A path below the repository's root.
pub fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Fails where `made` is not what the file `path` of the repository holds, and names the first byte that differs.
#[track_caller]
pub fn check_bytes(path: &str, made: &[u8]) {
    let file = in_repository(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        file.parent().map(std::fs::create_dir_all).transpose().expect("the folder of golden files can be made");
        std::fs::write(&file, made).unwrap_or_else(|error| panic!("cannot write {path}: {error}"));
        return;
    }
    let stored = std::fs::read(&file).unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
    if stored == made {
        return;
    }
    let first = stored.iter().zip(made).take_while(|(a, b)| a == b).count();
    panic!(
        "{path} is not what the program makes now: {} bytes stored, {} made, first difference at byte {first}\n\
         run `UPDATE_GOLDEN=1 cargo test` and read the diff",
        stored.len(),
        made.len(),
    );
}

/// The same for text, naming the first line that differs.
#[track_caller]
pub fn check_text(path: &str, made: &str) {
    let file = in_repository(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return check_bytes(path, made.as_bytes());
    }
    let stored = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
    let number = stored.lines().zip(made.lines()).take_while(|(a, b)| a == b).count();
    assert!(
        stored == made,
        "{path} is not what the program makes now, from line {}\n  stored: {}\n  made:   {}\n\
         run `UPDATE_GOLDEN=1 cargo test` and read the diff",
        number + 1,
        stored.lines().nth(number).unwrap_or("(end of file)"),
        made.lines().nth(number).unwrap_or("(end of file)"),
    );
}
