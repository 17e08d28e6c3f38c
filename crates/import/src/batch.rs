//! A batch: one run of one file.

use kernel::{BatchId, OrganisationId, PersonId, Time};

/// Where a batch is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BatchState {
    /// At work, or ended by force: the next run of the same file goes on.
    Running,
    /// Stopped in good order: the next run of the same file goes on.
    Interrupted,
    Done,
    /// Being rolled back; the next roll-back goes on.
    Undoing,
    /// Rolled back.
    Undone,
}

impl BatchState {
    pub const ALL: [BatchState; 5] =
        [BatchState::Running, BatchState::Interrupted, BatchState::Done, BatchState::Undoing, BatchState::Undone];

    /// As stored.
    pub const fn key(self) -> &'static str {
        match self {
            BatchState::Running => "running",
            BatchState::Interrupted => "interrupted",
            BatchState::Done => "done",
            BatchState::Undoing => "undoing",
            BatchState::Undone => "undone",
        }
    }

    /// The message that names it.
    pub const fn label(self) -> &'static str {
        match self {
            BatchState::Running => i18n::key!("import-state-running"),
            BatchState::Interrupted => i18n::key!("import-state-interrupted"),
            BatchState::Done => i18n::key!("import-state-done"),
            BatchState::Undoing => i18n::key!("import-state-undoing"),
            BatchState::Undone => i18n::key!("import-state-undone"),
        }
    }
}

impl db::FromColumn for BatchState {
    const TYPE: db::ColumnType = db::ColumnType::Text;
    fn from_column(row: &db::RawRow<'_>, index: usize) -> kernel::Result<Self> {
        let key = String::from_column(row, index)?;
        Self::ALL
            .into_iter()
            .find(|state| state.key() == key)
            .ok_or_else(|| kernel::Error::internal(format!("{key:?} is no state of a batch")))
    }
}
impl From<BatchState> for db::Value<'_> {
    fn from(state: BatchState) -> Self {
        db::Value::from(state.key())
    }
}

db::row! {
    /// A batch as stored.
    #[derive(PartialEq, Eq)]
    pub struct Batch {
        pub id: BatchId,
        pub tenant: OrganisationId,
        pub source: String,
        pub kind: String,
        pub file_name: String,
        pub file_sha256: String,
        pub mapping_name: String,
        pub mapping_sha256: String,
        /// The header of the file, as JSON.
        pub columns: String,
        pub state: BatchState,
        /// Cases and lost rows behind it.
        pub position: i64,
        /// Steps of the next case behind it.
        pub step: i64,
        pub rows_read: i64,
        pub rows_applied: i64,
        pub rows_refused: i64,
        /// Tickets it made.
        pub cases: i64,
        /// Tickets that a roll-back left.
        pub kept: i64,
        pub created_by: Option<PersonId>,
        pub started_at: Time,
        pub updated_at: Time,
        pub finished_at: Option<Time>,
    }
}
