//! The order in which rows are taken: what others of the file stand below comes first.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use kernel::fold;

use super::fields::Field;
use super::mapping::RecordMapping;
use super::understand::{Entry, Fault, entry};
use crate::error::Result;
use crate::input::{BadRow, Columns, Input, Row, Rows};
use crate::refusal::Reason;
use crate::watch::{Stage, Watch};

/// Levels of a tree at most, as the desk has them.
const DEEPEST: usize = 32;
/// Between two reports of progress.
const OFTEN: u64 = 2000;

/// What a first pass over the file found.
pub struct Order {
    pub rows: u64,
    pub columns: std::sync::Arc<Columns>,
    /// The level of each row, from 0; of a file without a tree none.
    levels: Vec<u8>,
    /// The line of the first one, for each row whose key an earlier row has.
    twice: HashMap<usize, u64>,
}

impl Order {
    /// # Errors
    /// The file cannot be read, or the mapping names columns that it does not have.
    pub fn of(input: &Input, mapping: &RecordMapping, watch: Watch<'_>) -> Result<Self> {
        let mut rows = Rows::open(input, &mapping.file)?;
        let columns = std::sync::Arc::clone(&rows.columns);
        mapping.fits(columns.names())?;
        let tree = mapping.columns.contains_key(&Field::Parent);
        let mut keys: HashMap<String, (usize, u64)> = HashMap::new();
        let mut names: HashMap<String, usize> = HashMap::new();
        let (mut above, mut twice) = (Vec::new(), HashMap::new());
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let at = usize::try_from(count).unwrap_or(usize::MAX);
            count += 1;
            if count % OFTEN == 0 {
                watch.at(Stage::Reading, count, 0);
            }
            let understood = row.ok().and_then(|row| entry(mapping, &columns, &row).ok());
            if let Some(entry) = &understood {
                match keys.entry(entry.key.key.clone()) {
                    Slot::Occupied(first) => drop(twice.insert(at, first.get().1)),
                    Slot::Vacant(place) => drop(place.insert((at, entry.line))),
                }
            }
            if tree {
                above.push(understood.and_then(|entry| {
                    names.entry(fold(&entry.name)).or_insert(at);
                    entry.said.get(&Field::Parent).map(|parent| fold(&parent.shown()))
                }));
            }
        }
        watch.at(Stage::Reading, count, count);
        let place = |name: &String| keys.get(name).map(|(at, _)| *at).or_else(|| names.get(name).copied());
        let levels = (0..above.len()).map(|at| level(&place, &above, at)).collect();
        Ok(Self { rows: count, columns, levels, twice })
    }

    /// Understands a row, counted from 0: its line, its cells, and what it says. One whose key an earlier row has
    /// is refused: it would write over that one.
    pub fn entry(&self, mapping: &RecordMapping, at: usize, row: Result<Row, BadRow>) -> (u64, Vec<String>, Result<Entry, Fault>) {
        let row = match row {
            Ok(row) => row,
            Err(bad) => return (bad.line, bad.cells, Err((bad.reason, bad.detail))),
        };
        let understood = match self.twice.get(&at) {
            Some(line) => Err((Reason::Twice, line.to_string())),
            None => entry(mapping, &self.columns, &row),
        };
        (row.line, row.cells, understood)
    }

    /// The levels there are, from the top.
    pub fn levels(&self) -> std::ops::RangeInclusive<u8> {
        0..=self.levels.iter().copied().max().unwrap_or(0)
    }

    /// Whether a row, counted from 0, is of a level.
    pub fn is_at(&self, row: usize, level: u8) -> bool {
        self.levels.get(row).copied().unwrap_or(0) == level
    }
}

/// How many rows of the file a row stands below; a circle ends at the deepest level, where it is refused.
fn level(place: &impl Fn(&String) -> Option<usize>, above: &[Option<String>], row: usize) -> u8 {
    let mut level = 0;
    let mut at = row;
    while let Some(parent) = above[at].as_ref().and_then(place) {
        if level >= DEEPEST || parent == at {
            break;
        }
        level += 1;
        at = parent;
    }
    u8::try_from(level).unwrap_or(u8::MAX)
}
