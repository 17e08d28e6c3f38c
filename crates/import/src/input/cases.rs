//! Rows of one number make a case, wherever in the file they stand.
//!
//! A first pass counts the rows of each number; a second one gives a case out when its last row was
//! read. So only cases whose rows are apart wait in memory, and the order is the same in every run.

use std::collections::HashMap;
use std::sync::Arc;

use super::rows::{BadRow, Columns, Row, Rows};
use super::{Input, Record};
use crate::error::Result;
use crate::mapping::Mapping;
use crate::refusal::Reason;
use crate::watch::{Stage, Watch};

/// Between two reports of progress.
const OFTEN: u64 = 2000;

/// What the first pass found.
#[derive(Debug, Clone)]
pub(crate) struct Counts {
    pub rows: u64,
    per_case: Arc<HashMap<String, u32>>,
    pub columns: Arc<Columns>,
}

impl Counts {
    /// # Errors
    /// The file cannot be read.
    pub fn of(input: &Input, mapping: &Mapping, watch: Watch<'_>) -> Result<Self> {
        let mut rows = Rows::open(input, &mapping.file)?;
        mapping.fits(rows.columns.names())?;
        let mut per_case: HashMap<String, u32> = HashMap::new();
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            if let Ok(row) = row {
                let number = number_of(mapping, &rows.columns, &row);
                match per_case.get_mut(number) {
                    Some(rows) => *rows += 1,
                    None => drop(per_case.insert(number.to_owned(), 1)),
                }
            }
            if count % OFTEN == 0 {
                watch.at(Stage::Reading, count, 0);
            }
        }
        watch.at(Stage::Reading, count, count);
        Ok(Self { rows: count, per_case: Arc::new(per_case), columns: Arc::clone(&rows.columns) })
    }

    pub fn cases(&self) -> u64 {
        self.per_case.keys().filter(|number| !number.is_empty()).count() as u64
    }
}

fn number_of<'r>(mapping: &Mapping, columns: &'r Columns, row: &'r Row) -> &'r str {
    Record { columns, row }.get(&mapping.case.number.text)
}

/// All rows of a case, in the order of the file.
#[derive(Debug, Clone)]
pub(crate) struct CaseRows {
    pub number: String,
    pub rows: Vec<Row>,
}

/// What the second pass gives out.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    Case(CaseRows),
    /// A row that belongs to no case.
    Lost(BadRow),
}

/// The second pass.
pub(crate) struct Cases<'m> {
    mapping: &'m Mapping,
    rows: Rows,
    counts: Counts,
    open: HashMap<String, Vec<Row>>,
}

impl<'m> Cases<'m> {
    /// # Errors
    /// The file cannot be read.
    pub fn open(input: &Input, mapping: &'m Mapping, counts: &Counts) -> Result<Self> {
        Ok(Self { mapping, rows: Rows::open(input, &mapping.file)?, counts: counts.clone(), open: HashMap::new() })
    }

    /// The next case or lost row.
    ///
    /// # Errors
    /// The file cannot be read any further.
    pub fn next(&mut self) -> Result<Option<Item>> {
        while let Some(row) = self.rows.next()? {
            let row = match row {
                Ok(row) => row,
                Err(bad) => return Ok(Some(Item::Lost(bad))),
            };
            let number = number_of(self.mapping, &self.rows.columns, &row);
            if number.is_empty() {
                let detail = self.mapping.case.number.text.clone();
                return Ok(Some(Item::Lost(BadRow { line: row.line, reason: Reason::NoNumber, detail, cells: row.cells })));
            }
            let expected = self.counts.per_case.get(number).copied().unwrap_or(1) as usize;
            let number = number.to_owned();
            let waiting = self.open.entry(number.clone()).or_default();
            waiting.push(row);
            if waiting.len() >= expected {
                let rows = self.open.remove(&number).unwrap_or_default();
                return Ok(Some(Item::Case(CaseRows { number, rows })));
            }
        }
        Ok(None)
    }
}
