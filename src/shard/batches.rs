//! How many rows are taken together, so that no column of a batch is longer than its type can address.
//!
//! A column of texts in a batch addresses its bytes with 31 bits, and a text may have as many megabytes as the limits of
//! extraction allow: 256 of these are too many. What the texts of single rows have is not known before they are read, but
//! what a row group has is; so a batch has as many rows as are sure to stay below [`BATCH_BYTES_MAX`], whichever rows of
//! their row groups they are. Row groups are cut with that in mind (`writer.rs`).

/// Rows of a batch that is read back: small, since a text may have megabytes.
pub(super) const BATCH_ROWS: usize = 256;
/// Most bytes of a batch, before compression. Rows of 2 MB and less on average never come to it. A batch of one row may
/// have more.
pub(super) const BATCH_BYTES_MAX: u64 = 512 << 20;

/// What is read of one row group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// How many rows.
    pub rows: usize,
    /// Bytes of its columns before compression.
    pub bytes: u64,
}

/// Rows of a batch: `rows_max`, or fewer if so many that stand together may have more than [`BATCH_BYTES_MAX`].
pub(super) fn batch_rows(groups: &[Group], rows_max: usize) -> usize {
    let mut rows = rows_max.max(1);
    while rows > 1 && widest(groups, rows) > BATCH_BYTES_MAX {
        rows /= 2;
    }
    rows
}

/// Most bytes that the row groups of `rows` consecutive rows have together.
fn widest(groups: &[Group], rows: usize) -> u64 {
    let groups: Vec<&Group> = groups.iter().filter(|group| group.rows > 0).collect();
    let from = |first: usize| {
        let mut bytes = groups[first].bytes;
        // The batch begins with the last row of its first group.
        let mut reached = 1;
        for group in &groups[first + 1..] {
            if reached >= rows {
                break;
            }
            bytes += group.bytes;
            reached += group.rows;
        }
        bytes
    };
    (0..groups.len()).map(from).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(groups: &[(usize, u64)], expected: usize) {
        let groups: Vec<Group> = groups.iter().map(|(rows, mib)| Group { rows: *rows, bytes: mib << 20 }).collect();
        assert_eq!(batch_rows(&groups, BATCH_ROWS), expected, "{groups:?}");
    }

    #[test]
    fn a_batch_has_256_rows_unless_they_may_have_more_bytes_than_the_bound() {
        check(&[], 256);
        check(&[(100_000, 512)], 256);
        check(&[(1_000, 256), (1_000, 256)], 256);
        check(&[(1_000, 256), (1_000, 257)], 1);
        // 16 rows of 16 MiB a group: 32 rows lie in three groups at most, 64 in five.
        check(&[(16, 128); 40], 32);
        check(&[(16, 64); 40], 64);
        // Of each group one row is wanted.
        check(&[(1, 64); 40], 8);
        check(&[(1, 64), (0, 4_000), (0, 4_000), (1, 64)], 256);
    }
}
