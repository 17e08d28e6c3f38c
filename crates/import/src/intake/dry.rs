//! What a dry run said, as it is kept and shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::plan::{DryRun, SampleCase};
use crate::records::{Becomes, RecordDryRun, SampleRecord};
use crate::refusal::{Reason, Refusal};

/// Rows side by side.
pub const SAMPLES: usize = 100;
/// Cells of a row, and letters of a cell, that are kept.
const CELLS: usize = 60;
const LETTERS: usize = 200;

/// What a run would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Dry {
    pub rows: u64,
    /// Records that would be made; of a file of tickets, the tickets.
    pub made: u64,
    /// Records that would be changed; of a file of tickets, those that newer rows go on with.
    pub changed: u64,
    /// Rows of what is there already.
    pub same: u64,
    pub refused: u64,
    pub reasons: Vec<DryReason>,
    /// Organisations, locations and parents that would be made because rows name them.
    pub needed: Vec<DryNeeded>,
    /// Columns that nothing reads.
    pub unused_columns: Vec<String>,
    /// Up to a hundred rows side by side with what they become.
    pub samples: Vec<DryRow>,
}

/// How many rows would be refused for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DryReason {
    #[schema(example = "missing")]
    pub reason: String,
    pub count: u64,
}

/// Records that would be made beside those of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DryNeeded {
    #[schema(example = "organisation")]
    pub sort: String,
    /// The first names.
    pub names: Vec<String>,
}

/// A row and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DryRow {
    pub line: u64,
    pub cells: Vec<DryCell>,
    /// made, changed, same or refused
    pub becomes: String,
    /// Why it would be refused, and what that is about.
    pub reason: Option<String>,
    pub detail: String,
    pub changes: Vec<DryChange>,
}

/// A cell under its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DryCell {
    pub column: String,
    pub value: String,
}

/// A field, what it holds now, and what it will hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DryChange {
    pub field: String,
    pub before: String,
    pub after: String,
}

fn short(text: &str) -> String {
    if text.chars().count() <= LETTERS { text.to_owned() } else { text.chars().take(LETTERS).chain(['…']).collect() }
}

impl From<RecordDryRun> for Dry {
    fn from(dry: RecordDryRun) -> Self {
        let reasons: Vec<DryReason> =
            dry.refused.iter().map(|(reason, rows)| DryReason { reason: reason.code().to_owned(), count: rows.count }).collect();
        Self {
            rows: dry.rows,
            made: dry.made,
            changed: dry.changed,
            same: dry.same,
            refused: reasons.iter().map(|reason| reason.count).sum(),
            reasons,
            needed: dry.needed.into_iter().map(|(sort, names)| DryNeeded { sort: sort.key().to_owned(), names }).collect(),
            unused_columns: dry.unused_columns.into_iter().take(CELLS).collect(),
            samples: dry.samples.into_iter().map(row).collect(),
        }
    }
}

impl From<DryRun> for Dry {
    fn from(dry: DryRun) -> Self {
        let known = dry.refused.get(&Reason::Known).map_or(0, |rows| rows.count);
        let others = dry.refused.iter().filter(|(reason, _)| **reason != Reason::Known);
        let reasons: Vec<DryReason> =
            others.map(|(reason, rows)| DryReason { reason: reason.code().to_owned(), count: rows.count }).collect();
        let needed = dry.parties.into_iter().filter(|party| party.new > 0);
        let refused: Vec<DryRow> = dry.refused_rows.into_iter().take(SAMPLES / 3).map(|row| refused_row(&dry.columns, row)).collect();
        let taken = dry.samples.into_iter().flat_map(case).take(SAMPLES - refused.len());
        let mut samples: Vec<DryRow> = taken.chain(refused).collect();
        samples.sort_by_key(|row| row.line);
        Self {
            rows: dry.rows,
            made: dry.made,
            changed: dry.continued,
            same: known,
            refused: reasons.iter().map(|reason| reason.count).sum(),
            reasons,
            needed: needed.map(|party| DryNeeded { sort: party.sort.key().to_owned(), names: party.names }).collect(),
            unused_columns: dry.unused_columns.into_iter().take(CELLS).collect(),
            samples,
        }
    }
}

fn cells_of(cells: impl Iterator<Item = (String, String)>) -> Vec<DryCell> {
    cells.take(CELLS).map(|(column, value)| DryCell { column, value: short(&value) }).collect()
}

fn refused_row(columns: &[String], row: Refusal) -> DryRow {
    DryRow {
        line: row.line,
        cells: cells_of(columns.iter().cloned().zip(row.cells)),
        becomes: "refused".to_owned(),
        reason: Some(row.reason.code().to_owned()),
        detail: short(&row.detail),
        changes: Vec::new(),
    }
}

/// The rows of a case: the first makes its ticket or goes on with it, the others change it.
fn case(case: SampleCase) -> Vec<DryRow> {
    let change = |field: &str, before: &str, after: &str| DryChange { field: field.to_owned(), before: short(before), after: short(after) };
    let (mut held, mut rows) = (BTreeMap::<&'static str, String>::new(), Vec::new());
    for (place, step) in case.steps.into_iter().enumerate() {
        let makes = place == 0 && !case.goes_on;
        let mut changes = Vec::new();
        if makes {
            changes.push(change("title", "", &case.title));
            changes.extend(case.description.iter().map(|text| change("description", "", text)));
        }
        changes.push(change("when", "", &step.at.to_rfc3339()));
        changes.extend(Some(&step.by).filter(|by| !by.is_empty()).map(|by| change("who", "", by)));
        for (field, after) in step.changes {
            let before = held.insert(field, after.clone()).unwrap_or_default();
            changes.push(change(field, &before, &after));
        }
        changes.extend(step.messages.iter().map(|text| change("message", "", text)));
        rows.push(DryRow {
            line: step.line,
            cells: cells_of(step.cells.into_iter()),
            becomes: if makes { "made" } else { "changed" }.to_owned(),
            reason: None,
            detail: String::new(),
            changes,
        });
    }
    rows
}

fn row(sample: SampleRecord) -> DryRow {
    let (becomes, reason) = match sample.becomes {
        Becomes::Made => ("made", None),
        Becomes::Changed => ("changed", None),
        Becomes::Same => ("same", None),
        Becomes::Refused(reason) => ("refused", Some(reason.code().to_owned())),
    };
    let cells = sample.cells.into_iter().take(CELLS).map(|(column, value)| DryCell { column, value: short(&value) });
    let changes = sample.changes.into_iter().map(|(field, before, after)| DryChange {
        field: field.to_owned(),
        before: short(&before),
        after: short(&after),
    });
    DryRow {
        line: sample.line,
        cells: cells.collect(),
        becomes: becomes.to_owned(),
        reason,
        detail: short(&sample.detail),
        changes: changes.collect(),
    }
}
