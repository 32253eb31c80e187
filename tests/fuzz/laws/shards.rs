//! Parquet files of every kind: columns, rows, footers, and look-ups by key.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{AsArray, RecordBatch};
use gristmill::ledger::statistics::Statistics;
use gristmill::shard::cells::text;
use gristmill::shard::counted::count_rows;
use gristmill::shard::footer::Footer;
use gristmill::shard::formats::{self, FORMAT_OLDEST, Kind};
use gristmill::shard::lookup::Lookup;
use gristmill::shard::memory::arrow_bytes;
use gristmill::shard::reader::ShardReader;
use gristmill::shard::schema::{FORMAT_VERSION, PART, REMOVED};
use gristmill::shard::{ledger, rows};

use super::memory_store::Memory;

const FILE: &str = "made.parquet";
const KINDS: [Kind; 6] = [Kind::Documents, Kind::Ledger, Kind::Dropped, Kind::Pairs, Kind::Lines, Kind::Signatures];
/// So many batches of a file are read: one of a few bytes may claim any number of rows that are null.
const BATCHES_MAX: usize = 40;
/// Rows of a file beyond which nothing is looked up.
const ROWS_MAX: u64 = 10_000;

/// A file is refused, or its rows can be asked; a row that a look-up finds holds the key.
pub fn parquet(bytes: &[u8]) {
    let store = Memory::of(FILE, bytes);
    let path = Path::new(FILE);
    let Ok(footer) = Footer::read(&store, path) else { return };
    let names: Vec<&str> = footer.columns.iter().map(|(name, _)| name.as_str()).collect();
    if let Ok(reader) = ShardReader::open_any(&store, path, &names) {
        reader.take(BATCHES_MAX).map_while(Result::ok).for_each(|batch| assert!(batch.num_rows() > 0));
    }
    for kind in KINDS {
        for format in FORMAT_OLDEST..=FORMAT_VERSION {
            let Ok(reader) = formats::open(&store, path, kind, format) else { continue };
            let mut statistics = Statistics::default();
            for batch in reader.take(BATCHES_MAX).map_while(Result::ok) {
                let batch = formats::to_present(batch, kind);
                assert_eq!(batch.schema(), *kind.present());
                ask(&batch, kind, &mut statistics);
            }
        }
        if let Ok(lookup) = Lookup::open_to_read(&store, path, kind.present()) {
            look_up(&lookup);
        }
    }
    for schema in [&PART, &REMOVED] {
        let Ok(reader) = ShardReader::open(&store, path, schema) else { continue };
        for batch in reader.take(BATCHES_MAX).map_while(Result::ok) {
            if Arc::ptr_eq(schema, &PART) {
                (0..batch.num_rows()).for_each(|row| drop(rows::document(&batch, row)));
            }
        }
    }
}

fn ask(batch: &RecordBatch, kind: Kind, statistics: &mut Statistics) {
    match kind {
        Kind::Documents => {
            let half = batch.slice(0, batch.num_rows() / 2);
            assert!(arrow_bytes(&half) <= arrow_bytes(batch));
            count_rows(batch, statistics);
        }
        Kind::Ledger => assert_eq!(ledger::rows(batch).count(), batch.num_rows()),
        Kind::Signatures => {
            for name in ["bands", "rows"] {
                let column = batch.column_by_name(name).expect("the schema has it").as_binary::<i32>();
                assert!(column.iter().flatten().count() == batch.num_rows());
            }
        }
        Kind::Dropped | Kind::Pairs | Kind::Lines => {}
    }
}

fn look_up(lookup: &Lookup) {
    let groups = lookup.row_groups();
    let Some(rows) = groups.iter().try_fold(0_u64, |sum, rows| sum.checked_add(*rows)) else { return };
    if rows > ROWS_MAX {
        return;
    }
    let stretches = lookup.stretches(7);
    assert_eq!(stretches.iter().map(|stretch| stretch.rows.end - stretch.rows.start).sum::<u64>(), rows);
    for stretch in stretches.iter().take(BATCHES_MAX) {
        let read = lookup.read_stretch(stretch, &["id", "reason"], 3, |first, batch| {
            assert!(stretch.rows.contains(&first) && first + batch.num_rows() as u64 <= stretch.rows.end);
        });
        if read.is_err() {
            break;
        }
    }
    let keys = ["<urn:uuid:1>", "https://a.example/", "", "a"];
    let columns = ["id", "url", "removed_id"];
    let Ok(found) = lookup.rows(&columns, &keys) else { return };
    assert!(found.is_sorted() && found.iter().all(|row| *row < rows));
    let _ = lookup.read(&found, Some(&columns), |number, batch, row| {
        assert!(found.contains(&number));
        let holds = columns.iter().any(|column| text(batch, column, row).is_some_and(|text| keys.contains(&text)));
        assert!(holds, "row {number} holds no key");
    });
}
