//! The order in which rows are taken: what others of the file stand below comes first.

use std::collections::HashMap;

use kernel::fold;

use super::fields::Field;
use super::mapping::RecordMapping;
use super::understand::{Fault, entry};
use crate::error::Result;
use crate::input::{Columns, Input, Rows};
use crate::watch::{Stage, Watch};

/// Levels of a tree at most, as the desk has them.
const DEEPEST: usize = 32;
/// Between two reports of progress.
const OFTEN: u64 = 2000;

/// What a first pass over the file found.
pub struct Order {
    pub rows: u64,
    pub columns: std::sync::Arc<Columns>,
    /// The level of each row, from 0.
    levels: Vec<u8>,
}

impl Order {
    /// # Errors
    /// The file cannot be read, or the mapping names columns that it does not have.
    pub fn of(input: &Input, mapping: &RecordMapping, watch: Watch<'_>) -> Result<Self> {
        let mut rows = Rows::open(input, &mapping.file)?;
        let columns = std::sync::Arc::clone(&rows.columns);
        mapping.fits(columns.names())?;
        let tree = mapping.columns.contains_key(&Field::Parent);
        let mut names: HashMap<String, usize> = HashMap::new();
        let mut above: Vec<Option<String>> = Vec::new();
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            if count % OFTEN == 0 {
                watch.at(Stage::Reading, count, 0);
            }
            if !tree {
                continue;
            }
            let understood: Result<_, Fault> = match &row {
                Ok(row) => entry(mapping, &columns, row),
                Err(bad) => Err((bad.reason, bad.detail.clone())),
            };
            let at = above.len();
            above.push(understood.ok().and_then(|entry| {
                names.entry(fold(&entry.name)).or_insert(at);
                names.entry(entry.key.key).or_insert(at);
                entry.said.get(&Field::Parent).map(|parent| fold(&parent.shown()))
            }));
        }
        watch.at(Stage::Reading, count, count);
        let levels = (0..above.len()).map(|at| level(&names, &above, at)).collect();
        Ok(Self { rows: count, columns, levels })
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
fn level(names: &HashMap<String, usize>, above: &[Option<String>], row: usize) -> u8 {
    let mut level = 0;
    let mut at = row;
    while let Some(parent) = above[at].as_ref().and_then(|name| names.get(name)) {
        if level >= DEEPEST || *parent == at {
            break;
        }
        level += 1;
        at = *parent;
    }
    u8::try_from(level).unwrap_or(u8::MAX)
}
