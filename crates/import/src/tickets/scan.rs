//! What stands in the columns of a file: read once, as much as proposals need.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;
use crate::input::{Input, Rows};
use crate::mapping::FileRule;

/// Different words of a column that are looked at; a column with more has no fixed words.
pub const WORDS: usize = 60;
/// Cells that are looked at to tell how moments are written.
const MOMENTS: usize = 200;
/// Letters of a word at most.
const LETTERS: usize = 200;

/// The words of the columns.
#[derive(Debug, Clone, Default)]
pub struct Scan {
    pub columns: Vec<String>,
    words: BTreeMap<String, BTreeSet<String>>,
    first: BTreeMap<String, Vec<String>>,
}

impl Scan {
    /// Reads a file. Slow for large ones: for plain threads.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of(input: &Input, rule: &FileRule) -> Result<Self> {
        let mut rows = Rows::open(input, rule)?;
        let columns = rows.columns.names().to_vec();
        let mut words: Vec<Option<BTreeSet<String>>> = vec![Some(BTreeSet::new()); columns.len()];
        let mut first: Vec<Vec<String>> = vec![Vec::new(); columns.len()];
        while let Some(row) = rows.next()? {
            let Ok(row) = row else { continue };
            for (at, cell) in row.cells.iter().enumerate().take(columns.len()) {
                let cell = cell.trim();
                if cell.is_empty() {
                    continue;
                }
                if first[at].len() < MOMENTS {
                    first[at].push(cell.chars().take(LETTERS).collect());
                }
                if let Some(set) = &mut words[at] {
                    if cell.chars().count() > LETTERS {
                        words[at] = None;
                    } else if !set.contains(cell) {
                        set.insert(cell.to_owned());
                        if set.len() > WORDS {
                            words[at] = None;
                        }
                    }
                }
            }
        }
        let words = columns.iter().cloned().zip(words).filter_map(|(name, set)| Some((name, set?))).collect();
        let first = columns.iter().cloned().zip(first).collect();
        Ok(Self { columns, words, first })
    }

    /// The words of a column, when they are few.
    pub fn words(&self, column: &str) -> Vec<String> {
        self.words.get(column).map(|set| set.iter().cloned().collect()).unwrap_or_default()
    }
    /// The first cells of a column that are not empty.
    pub fn first(&self, column: &str) -> &[String] {
        self.first.get(column).map_or(&[], Vec::as_slice)
    }
}
