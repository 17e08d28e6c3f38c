//! What a dry run said, as it is kept and shown.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::records::{Becomes, RecordDryRun, SampleRecord};

/// Rows side by side.
pub const SAMPLES: usize = 100;
/// Cells of a row, and letters of a cell, that are kept.
const CELLS: usize = 60;
const LETTERS: usize = 200;

/// What a run would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Dry {
    pub rows: u64,
    pub made: u64,
    pub changed: u64,
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
