//! Tables that hold data, as rows of cells. A table that holds blocks is layout, and none of these.
//!
//! Data is a table without a table, heading or `pre` inside, with two rows or more, one of which has two cells or
//! more, whose cells are short and hold hardly more than one block each. Cells that span columns or rows stand in the
//! first of them. Columns that are empty in all rows are left out.

use super::super::html::attribute::Name;
use super::super::html::tag::Tag;
use super::{Source, tag_numbers};

/// Most columns of a table of data; the columns in use are bits of one number.
const COLUMNS_MAX: usize = 64;
/// Most rows that a cell may span.
const ROWSPAN_MAX: i64 = 65_534;
/// Longest text of a cell in bytes.
const CELL_BYTES_MAX: usize = 1_000;
/// Most blocks in one cell.
const CELL_BLOCKS_MAX: usize = 6;

/// A cell that holds text.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Its row; rows without a cell that holds text are counted too.
    pub row: u32,
    /// Its column, columns that are left out counted too.
    pub column: u8,
    /// Its first block in [`Grids::blocks`].
    pub first: u32,
    /// Block after its last.
    pub end: u32,
}

/// A table of data.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    /// Its first cell in [`Grids::cells`].
    pub first: u32,
    /// Cell after its last.
    pub end: u32,
    /// A bit for each column in which a cell holds text.
    pub columns: u64,
}

/// The tables of data of a page.
#[derive(Default)]
pub struct Grids {
    /// In document order.
    pub list: Vec<Grid>,
    /// Cells of all grids, row by row.
    pub cells: Vec<Cell>,
    /// Blocks of all cells.
    pub blocks: Vec<u32>,
    /// For each column of the table at hand the row before which it is taken by a cell above.
    taken_until: Vec<u32>,
}

/// What tells data from layout.
#[derive(Default)]
struct Shape {
    rows: u32,
    cells: u32,
    blocks: u32,
    columns: u64,
    last_row: Option<u32>,
    has_two_in_a_row: bool,
}

impl Grid {
    /// The place of a cell among the columns that are not left out.
    pub fn column_of(&self, cell: &Cell) -> u32 {
        (self.columns & ((1 << cell.column) - 1)).count_ones()
    }

    /// How many columns are not left out.
    pub fn width(&self) -> u32 {
        self.columns.count_ones()
    }
}

impl Grids {
    /// Forgets all tables.
    pub fn clear(&mut self) {
        self.list.clear();
        self.cells.clear();
        self.blocks.clear();
    }

    /// Reads the table at a node, whose first block is at `first`. Returns false and keeps nothing if it is layout.
    pub fn read(&mut self, source: Source<'_>, table: usize, first: usize) -> bool {
        let kept = (self.cells.len(), self.blocks.len());
        let shape = self.read_cells(source, table, first).filter(Shape::is_data);
        match shape {
            Some(ref shape) => {
                let (first, end) = (kept.0 as u32, self.cells.len() as u32);
                self.list.push(Grid { first, end, columns: shape.columns });
            }
            None => {
                self.cells.truncate(kept.0);
                self.blocks.truncate(kept.1);
            }
        }
        shape.is_some()
    }

    /// The cells of a table that hold text.
    pub fn cells_of(&self, grid: &Grid) -> impl Iterator<Item = &Cell> {
        self.cells[grid.first as usize..grid.end as usize].iter().filter(|cell| cell.first < cell.end)
    }

    /// The blocks of a cell.
    pub fn blocks_of(&self, cell: &Cell) -> &[u32] {
        &self.blocks[cell.first as usize..cell.end as usize]
    }

    /// How many blocks stand in tables before the last.
    pub fn blocks_before_last(&self) -> usize {
        let first = self.list.last().and_then(|grid| self.cells.get(grid.first as usize));
        first.map_or(self.blocks.len(), |cell| cell.first as usize)
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.cells.capacity() * size_of::<Cell>() + self.blocks.capacity() * size_of::<u32>()
    }

    /// Leaves out of the last table the blocks that `keep` refuses. Returns whether any is left.
    pub fn retain(&mut self, mut keep: impl FnMut(u32) -> bool) -> bool {
        let Some(grid) = self.list.last_mut() else { return false };
        let cells = &mut self.cells[grid.first as usize..grid.end as usize];
        let mut written = cells.first().map_or(0, |cell| cell.first as usize);
        grid.columns = 0;
        for cell in cells {
            let from = written;
            for index in cell.first..cell.end {
                let block = self.blocks[index as usize];
                if keep(block) {
                    self.blocks[written] = block;
                    written += 1;
                }
            }
            (cell.first, cell.end) = (from as u32, written as u32);
            grid.columns |= u64::from(written > from) << cell.column;
        }
        self.blocks.truncate(written);
        grid.columns != 0
    }

    /// The cells of a table and their shape; None as soon as it cannot be data.
    ///
    /// It ends at a table inside, so that nested tables cost no more than one look at each node.
    fn read_cells(&mut self, source: Source<'_>, table: usize, first: usize) -> Option<Shape> {
        let nodes = &source.page.tree.nodes;
        if source.page.attribute(&nodes[table], Name::Role).is_some_and(says_layout) {
            return None;
        }
        self.taken_until.clear();
        let mut shape = Shape::default();
        let (mut next, mut row, mut row_node, mut column) = (first, 0, u32::MAX, 0);
        for (index, node) in nodes.iter().enumerate().take(nodes[table].close as usize).skip(table + 1) {
            match node.tag {
                Tag::Table | Tag::Pre => return None,
                Tag::Td | Tag::Th => {}
                tag if tag.heading_level() > 0 => return None,
                _ => continue,
            }
            if node.parent != row_node {
                (row, row_node, column) = (row + 1, node.parent, 0);
            }
            column = self.place(source.page.written(node), row, column)?;
            let list = &source.blocks.list;
            let from = next + list[next..].iter().take_while(|block| block.first < index as u32).count();
            next = from + list[from..].iter().take_while(|block| block.first < node.close).count();
            let first = self.blocks.len() as u32;
            self.blocks.extend((from..next).filter(|block| source.chosen[*block]).map(|block| block as u32));
            let cell = Cell { row, column: column as u8, first, end: self.blocks.len() as u32 };
            if cell.end > cell.first {
                self.check_size(source, &cell)?;
                self.cells.push(cell);
                shape.add(&cell);
            }
        }
        Some(shape)
    }

    /// The column of the next cell of a row; what it spans is taken. None beyond [`COLUMNS_MAX`].
    fn place(&mut self, start_tag: &str, row: u32, after: usize) -> Option<usize> {
        let span = |name, most| tag_numbers::number(start_tag, name).unwrap_or(1).clamp(1, most) as usize;
        let (columns, rows) = (span("colspan", COLUMNS_MAX as i64), span("rowspan", ROWSPAN_MAX));
        let taken = |column: usize| self.taken_until.get(column).is_some_and(|&until| until > row);
        let column = (after..=COLUMNS_MAX).find(|column| !taken(*column))?;
        let end = column + columns;
        if end > COLUMNS_MAX {
            return None;
        }
        self.taken_until.resize(self.taken_until.len().max(end), 0);
        self.taken_until[column..end].fill(row + rows as u32);
        Some(column)
    }

    fn check_size(&self, source: Source<'_>, cell: &Cell) -> Option<()> {
        let inside = &self.blocks[cell.first as usize..cell.end as usize];
        let bytes: usize = inside.iter().map(|&block| source.text_of(block).len()).sum();
        (inside.len() <= CELL_BLOCKS_MAX && bytes <= CELL_BYTES_MAX).then_some(())
    }
}

impl Shape {
    fn add(&mut self, cell: &Cell) {
        let is_new_row = self.last_row != Some(cell.row);
        self.rows += u32::from(is_new_row);
        self.has_two_in_a_row |= !is_new_row;
        self.last_row = Some(cell.row);
        self.cells += 1;
        self.blocks += cell.end - cell.first;
        self.columns |= 1 << cell.column;
    }

    fn is_data(&self) -> bool {
        self.rows >= 2 && self.has_two_in_a_row && self.blocks * 2 <= self.cells * 3
    }
}

/// Whether a role says that a table only sets things side by side.
fn says_layout(role: &str) -> bool {
    let role = role.trim();
    role.eq_ignore_ascii_case("presentation") || role.eq_ignore_ascii_case("none")
}
