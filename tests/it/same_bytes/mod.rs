//! The same inputs under the same plan give the same bytes: whatever the threads and the memory, the way in which the
//! inputs are named, the folder, the variables and the mask of the process, and however often it was stopped or killed.
//!
//! Of records that are cut into other files, or lie in files of another form, the columns that say where a record lies
//! differ, and nothing else.

mod mill;
mod moved;
mod stopped;

use mill::{check_has_everything, check_same, path, run, run_well, sandbox};

#[test]
fn any_number_of_threads_and_any_memory_give_the_same_bytes() {
    let sandbox = sandbox();
    let input = path(&sandbox, "in");
    for (out, threads, memory) in [("1", "1", "4G"), ("2", "2", "4G"), ("7", "7", "4G"), ("little", "2", "600MB")] {
        run_well(&sandbox, out, &["--input", &input, "--threads", threads, "--memory", memory]);
    }
    check_has_everything(&sandbox.path("1"), &sandbox.files("1"));
    for other in ["2", "7", "little"] {
        check_same(&sandbox, "1", other);
    }
}

#[test]
fn the_same_files_give_the_same_bytes_however_they_are_named() {
    let sandbox = sandbox();
    let names: Vec<String> = sandbox.files("in");
    let list = |names: &[String]| format!("# all files\n\n{}\n", names.join("\n"));
    sandbox.write("in/all.txt", list(&names));
    let all: Vec<String> = names.iter().map(|name| path(&sandbox, &format!("in/{name}"))).collect();
    let each: Vec<&str> = all.iter().flat_map(|name| ["--input", name]).collect();
    let [folder, glob, tens, rest, list_file] =
        ["in", "in/../in/*.warc.gz", "in/0*.gz", "in/[1-9]*.gz", "in/all.txt"].map(|name| path(&sandbox, name));
    run_well(&sandbox, "folder", &["--input", &folder]);
    for (out, inputs) in [
        ("glob", vec!["--input", &glob]),
        ("globs", vec!["--input", &tens, "--input", &rest]),
        ("list", vec!["--input", &list_file]),
        ("each", each.clone()),
    ] {
        run_well(&sandbox, out, &inputs);
        check_same(&sandbox, "folder", out);
    }
    // The order is that in which they are named, and decides which of several copies stays; so it is another run.
    let turned: Vec<String> = names.into_iter().rev().collect();
    sandbox.write("in/all.txt", list(&turned));
    let (code, message) = run(&sandbox, "p.toml", "folder", &["--input", &list_file]);
    assert_eq!(code, 2);
    assert!(message.contains("the inputs come in another order"), "{message}");
}
