//! The columns of the feature matrix: their names and where they stand.
//!
//! `AROUND` holds, for each of the kinds below, five levels: share of the page's running text, words a block, linked
//! words, blocks, link blocks, headings, sentences. A model asks for columns by number, so one that was learned with
//! other columns is no model any more.

macro_rules! columns {
    ($($name:ident $count:expr;)*) => {
        /// Where the columns of each kind begin.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "a list of names")]
        #[derive(Clone, Copy)]
        enum First { $($name,)* }
        const COUNTS: &[usize] = &[$($count,)*];
        const NAMES: &[&str] = &[$(stringify!($name),)*];
        const fn first(name: First) -> usize {
            let (mut sum, mut index) = (0, 0);
            while index < name as usize { sum += COUNTS[index]; index += 1; }
            sum
        }
        $(#[allow(missing_docs, reason = "its name says it")] pub const $name: usize = first(First::$name);)*
    };
}

columns! {
    WORDS 1; LINKED 1; MARKS 1; MARKS_EACH 1; COMMAS_EACH 1; ENDS 1; TAG 1; LEVEL 1; COPIES 1; TEXT_NODES 1;
    CONTEXT 12;
    PATH_SUM 1; PATH_NEAR 1; PATH_OWN 1; PATH_LOWEST 1; PATH_HIGHEST 1; PATH_SINCE 1; PATH_BELOW 3; PATH_LOWEST_BELOW 1;
    AROUND 35; AROUND_INSIDE 5;
    MAIN_UP 3; MAIN_ABOVE 3; MAIN_DISTANCE 3; MAIN_INSIDE 1;
    BRANCH_RUNNING 2; BRANCH_WORDS 2; BRANCH_LINKED 2; BRANCH_ENDED 2; BRANCH_PATH 2; BRANCH_REPEATS 2; BRANCH_HEADINGS 2;
    BRANCH_PLACE 2; BRANCH_BLOCKS 2;
    GROUP_BLOCKS 1; GROUP_SHARE 1; GROUP_WORDS 1; GROUP_LINKED 1; GROUP_ENDED 1; GROUP_MAIN 1;
    ITEM_COUNT 1; ITEM_WORDS 1; ITEM_LINKED 1; ITEM_UP 1; ITEM_ENDED 1; ITEM_SHARE 1;
    FROM_TITLE 1; TITLE_SHARE 1; WORDS_OF_LARGEST 1; SINCE_HEADING_BLOCKS 1; SINCE_HEADING_WORDS 1; HEADING_LEVEL 1; SECTION_WORDS 1; SECTION_LINKED 1;
    PLACE_BLOCKS 1; PLACE_WORDS 1; PLACE_BYTES 1;
    NEIGHBOR_WORDS 2;
    PAGE_WORDS 1; PAGE_LINKED 1; PAGE_BLOCKS 1; PAGE_RUNNING 1; PAGE_MAIN 1; PAGE_ARTICLE 1; PAGE_NEVER 1;
    PAGE_PARAGRAPHS 1; PAGE_ITEMS 1; PAGE_ENDED 1; PAGE_HEADINGS 1;
    URL_SEGMENTS 1; URL_HYPHENS 1; URL_DIGITS 1; URL_LAST 1;
}

/// How many columns there are.
pub const COLUMNS: usize = URL_LAST + 1;
const _: () = assert!(COLUMNS <= 256, "a tree names a column by a byte");

/// The name of a column, for those who train.
pub fn name(column: usize) -> String {
    let mut left = column;
    for (name, &count) in NAMES.iter().zip(COUNTS) {
        if left < count {
            return if count == 1 { name.to_lowercase() } else { format!("{}_{left}", name.to_lowercase()) };
        }
        left -= count;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_follow_each_other_under_their_names() {
        assert_eq!(
            (name(WORDS), name(CONTEXT + 3), name(COLUMNS - 1)),
            ("words".into(), "context_3".into(), "url_last".into())
        );
        assert_eq!(COUNTS.iter().sum::<usize>(), COLUMNS);
        assert_eq!(name(COLUMNS), "");
    }
}
