//! A folder of one's own, with the program to run in it.
//!
//! What the program prints is returned with the folder's path written as `[DIR]`, so that it can be compared.
//! The folder is removed when the sandbox is dropped.

#![allow(dead_code, reason = "used by more tests as they are written")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A temporary folder and the program to run in it.
pub struct Sandbox {
    dir: TempDir,
}

/// What a run of the program left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// Exit code; 0 done, 1 a check said no, 2 could not run.
    pub code: i32,
    /// Standard output, paths replaced.
    pub stdout: String,
    /// Standard error, paths replaced.
    pub stderr: String,
}

impl Sandbox {
    /// An empty folder.
    pub fn new() -> Self {
        Self { dir: tempfile::Builder::new().prefix("gristmill-").tempdir().expect("a temporary folder can be made") }
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file, and the folders that it needs.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        let folder = path.parent().expect("a file in the sandbox has a folder");
        std::fs::create_dir_all(folder).expect("the sandbox can be written to");
        std::fs::write(&path, content).expect("the sandbox can be written to");
        path
    }

    /// Writes a preset of these stages, with input and output in the sandbox: `in/*`, `out`.
    pub fn preset(&self, name: &str, stages: &str) -> PathBuf {
        let text = format!("recipe = 1\n[input]\nwarc = [\"in/*\"]\n{stages}\n[output]\ndir = \"out\"\n");
        self.write(name, text)
    }

    /// Reads a file; panics with its name where there is none.
    #[track_caller]
    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|error| panic!("cannot read {name} in the sandbox: {error}"))
    }

    /// Reads a file of UTF-8.
    #[track_caller]
    pub fn read_text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap_or_else(|error| panic!("{name} is not UTF-8: {error}"))
    }

    /// Reads a file of JSON.
    #[track_caller]
    pub fn read_json(&self, name: &str) -> serde_json::Value {
        serde_json::from_slice(&self.read(name)).unwrap_or_else(|error| panic!("{name} is not JSON: {error}"))
    }

    /// All files below a folder, as paths from there with `/`, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let root = self.path(folder);
        let mut found = Vec::new();
        let mut left = vec![root.clone()];
        while let Some(dir) = left.pop() {
            let Ok(entries) = std::fs::read_dir(&dir) else { continue };
            for entry in entries.flatten() {
                match entry.path() {
                    path if path.is_dir() => left.push(path),
                    path => found.push(relative(&path, &root)),
                }
            }
        }
        found.sort();
        found
    }

    /// Names and content of all files below a folder, to compare two outputs byte by byte.
    pub fn contents(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let read = |name: String| {
            let bytes = self.read(&format!("{folder}/{name}"));
            (name, bytes)
        };
        self.files(folder).into_iter().map(read).collect()
    }

    /// Names and content of all files of an output that are promised to be the same in every run.
    pub fn promised(&self, out: &str) -> Vec<(String, Vec<u8>)> {
        let belongs_to_the_run = |name: &str| name == "run.json" || name.starts_with("run/");
        self.contents(out).into_iter().filter(|(name, _)| !belongs_to_the_run(name)).collect()
    }

    /// Runs the program in the folder, with no terminal, and waits for its end.
    pub fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Ran {
        let output = self.command().args(args).output().expect("the program can be started");
        Ran {
            code: output.status.code().expect("the program was not killed by a signal"),
            stdout: self.without_path(&output.stdout),
            stderr: self.without_path(&output.stderr),
        }
    }

    /// The program ready to start in the folder, for tests that set variables or kill it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gristmill"));
        command.current_dir(self.dir.path()).env("NO_COLOR", "1").env_remove("RUST_LOG").env_remove("RUST_BACKTRACE");
        command
    }

    fn without_path(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let real = self.dir.path().canonicalize().expect("the sandbox is there");
        let text = text.replace(&*real.to_string_lossy(), "[DIR]");
        text.replace(&*self.dir.path().to_string_lossy(), "[DIR]")
    }
}

impl Ran {
    /// Fails with everything that was printed, unless the exit code is `code`.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        let Self { code: found, stdout, stderr } = &self;
        assert_eq!(*found, code, "exit code\n--- stdout\n{stdout}\n--- stderr\n{stderr}");
        self
    }
}

fn relative(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).expect("the path was found below the root");
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[test]
fn sandbox_lists_what_was_written() {
    let sandbox = Sandbox::new();
    sandbox.write("out/data/b.txt", "two");
    sandbox.write("out/a.txt", "one");
    assert_eq!(sandbox.files("out"), ["a.txt", "data/b.txt"]);
    assert_eq!(sandbox.contents("out")[1], ("data/b.txt".to_owned(), b"two".to_vec()));
    assert_eq!(sandbox.without_path(sandbox.path("x").as_os_str().as_encoded_bytes()), "[DIR]/x");
}
