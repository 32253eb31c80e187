//! The same records in other files, and the same files seen from elsewhere.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use arrow::array::RecordBatch;
use serde_json::Value;

use super::mill::{check_same, pages, path, run_well, sandbox};
use crate::support::fates::batches;
use crate::support::sandbox::Sandbox;

/// The columns that say where a record lies.
const PLACE: [&str; 4] = ["file_path", "ordinal", "warc_record_offset", "warc_record_length"];
/// What differs in the manifest where these columns do: besides them, the files that were read and those written.
const OF_FILES: [&str; 7] = ["inputs", "repairs", "bytes", "sha256", "arrow_bytes", "offset_bytes", "length_bytes"];

/// The rows of a folder without where their records lie, in order.
fn rows(sandbox: &Sandbox, folder: &str) -> Vec<RecordBatch> {
    let without_place = |batch: RecordBatch| {
        let schema = batch.schema();
        let other = |at: &usize| !PLACE.contains(&schema.field(*at).name().as_str());
        batch.project(&(0..batch.num_columns()).filter(other).collect::<Vec<_>>()).expect("these columns are there")
    };
    batches(&sandbox.path(folder)).into_iter().map(without_place).collect()
}

/// Rows in words, sorted: of one file, what was dropped before deduplication comes first in `dropped/`.
fn sorted(batches: &[RecordBatch]) -> Vec<String> {
    let row = |batch: &RecordBatch, row: usize| {
        batch.slice(row, 1).columns().iter().map(|column| format!("{column:?}")).collect::<Vec<_>>().join(" ")
    };
    let rows = batches.iter().flat_map(|batch| (0..batch.num_rows()).map(|number| row(batch, number)));
    let mut rows: Vec<String> = rows.collect();
    rows.sort();
    rows
}

fn without_files(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let is_other = |name: &String| !OF_FILES.contains(&name.as_str()) && !PLACE.contains(&name.as_str());
            fields
                .into_iter()
                .filter(|(name, _)| is_other(name))
                .map(|(name, value)| (name, without_files(value)))
                .collect()
        }
        Value::Array(values) => values.into_iter().map(without_files).collect(),
        other => other,
    }
}

#[test]
fn records_in_other_files_give_the_same_rows() {
    let sandbox = sandbox();
    let all = pages(0, 40);
    let gzip = all.gzip();
    let at = |record: usize| gzip.spans[record].offset_bytes as usize;
    sandbox.write("one/all.warc.gz", &gzip.bytes);
    // A part that begins without a `warcinfo` record has the dump of none, so each has that of the whole.
    let info = &gzip.bytes[..at(1)];
    let cuts = [1, 2, 3, 20, 21, 30, 41];
    for (number, cut) in cuts.windows(2).enumerate() {
        let end = if cut[1] < gzip.spans.len() { at(cut[1]) } else { gzip.bytes.len() };
        sandbox.write(&format!("many/{number}.warc.gz"), [info, &gzip.bytes[at(cut[0])..end]].concat());
    }
    sandbox.write("plain/all.warc", all.plain().bytes);
    sandbox.write("zstd/all.warc.zst", all.zstd().bytes);
    sandbox.write("whole/all.warc.gz", all.whole_gzip().bytes);
    let forms = ["one", "many", "plain", "zstd", "whole"];
    for form in forms {
        run_well(&sandbox, &format!("out-{form}"), &["--input", &path(&sandbox, form)]);
    }
    let manifest = |form: &str| without_files(sandbox.read_json(&format!("out-{form}/manifest.json")));
    for form in &forms[1..] {
        for folder in ["data", "ledger", "dropped", "dedup"] {
            let [one, other] = ["one", form].map(|form| rows(&sandbox, &format!("out-{form}/{folder}")));
            assert!(!one.is_empty());
            match folder {
                "dropped" => assert_eq!(sorted(&one), sorted(&other), "{folder} of {form}"),
                _ => assert!(one == other, "{folder} of {form}: {one:?}\n{other:?}"),
            }
        }
        for table in ["domains.csv", "statistics.csv"] {
            let [one, other] = ["one", form].map(|form| sandbox.read_text(&format!("out-{form}/{table}")));
            assert_eq!(one, other, "{table} of {form}");
        }
        // The additional `warcinfo` records are counted.
        if *form != "many" {
            let [one, other] = [manifest("one"), manifest(form)];
            let names = one.as_object().expect("a record").keys();
            let differing: Vec<_> = names.filter(|name| one[*name] != other[*name]).collect();
            assert!(one == other, "manifest.json of {form}: {differing:?}");
        }
    }
}

/// What a process is given besides its arguments.
struct Surroundings<'a> {
    cwd: &'a str,
    mask: &'a str,
    variables: &'a [(&'a str, &'a str)],
}

/// Runs the program there, with these names of preset, input and folder.
fn run_there(sandbox: &Sandbox, there: &Surroundings<'_>, [preset, input, out]: [&str; 3]) {
    let mut command = Command::new("sh");
    command.args(["-c", "umask \"$0\" && exec \"$@\"", there.mask, env!("CARGO_BIN_EXE_gristmill"), "run", preset]);
    command.args(["--input", input, "--out", out, "--quiet"]).current_dir(sandbox.path(there.cwd)).env_clear();
    let ran = command.envs(there.variables.iter().copied()).output().expect("a shell can be started");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn folder_variables_and_mask_of_the_process_leave_no_mark() {
    let sandbox = sandbox();
    run_well(&sandbox, "whole", &["--input", &path(&sandbox, "in")]);
    std::fs::create_dir_all(sandbox.path("else/where")).expect("the sandbox can be written to");
    let here = Surroundings {
        cwd: ".",
        mask: "022",
        variables: &[("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("HOME", "/")],
    };
    run_there(&sandbox, &here, ["p.toml", "in", "relative"]);
    let temporary = path(&sandbox, "else");
    let there = Surroundings {
        cwd: "else/where",
        mask: "077",
        variables: &[("TMPDIR", &temporary), ("TZ", "America/St_Johns"), ("LC_ALL", "C"), ("HOME", "/nowhere")],
    };
    let out = path(&sandbox, "absolute");
    run_there(&sandbox, &there, [&path(&sandbox, "p.toml"), "../../in/*.warc.gz", &out]);
    run_there(&sandbox, &there, ["../../p.toml", &path(&sandbox, "in"), "out"]);
    for other in ["relative", "absolute", "else/where/out"] {
        check_same(&sandbox, "whole", other);
    }
    let mode = |name: &str| std::fs::metadata(sandbox.path(name)).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode("relative/manifest.json"), mode("absolute/manifest.json")), (0o644, 0o600));
    let others: Vec<_> = sandbox.files("else").into_iter().filter(|name| !name.starts_with("where/out/")).collect();
    assert!(others.is_empty(), "{others:?} were written");
}
