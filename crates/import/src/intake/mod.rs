//! Files that people bring in by the console or the API: upload, mapping, dry run, run, stop, roll-back. Each step is a job;
//! the number of an intake is that of its batch.

pub mod actions;
pub mod api;
pub mod dry;
mod form;
pub mod job;
mod open;
mod propose;
mod serve;
pub mod views;
pub mod web;

use db::choice;
use kernel::{BatchId, FileId, OrganisationId, PersonId, Time};
use serde::{Deserialize, Serialize};

choice! {
    /// Where an intake is in its life.
    IntakeState {
        /// Its mapping may be corrected; a dry run comes next.
        Ready "ready",
        Checking "checking",
        /// A dry run said what would become of it.
        Checked "checked",
        Running "running",
        /// Stopped; it goes on where it stood, or is taken back.
        Interrupted "interrupted",
        Done "done",
        Undoing "undoing",
        Undone "undone",
    }
}

impl IntakeState {
    /// The message that names it.
    pub const fn label(self) -> &'static str {
        match self {
            IntakeState::Ready => i18n::key!("import-intake-ready"),
            IntakeState::Checking => i18n::key!("import-intake-checking"),
            IntakeState::Checked => i18n::key!("import-intake-checked"),
            IntakeState::Running => i18n::key!("import-state-running"),
            IntakeState::Interrupted => i18n::key!("import-state-interrupted"),
            IntakeState::Done => i18n::key!("import-state-done"),
            IntakeState::Undoing => i18n::key!("import-state-undoing"),
            IntakeState::Undone => i18n::key!("import-state-undone"),
        }
    }
    /// A job works on it.
    pub const fn is_at_work(self) -> bool {
        matches!(self, IntakeState::Checking | IntakeState::Running | IntakeState::Undoing)
    }
    /// Whether a step may begin now.
    pub const fn allows(self, step: Step) -> bool {
        match step {
            Step::Check => matches!(self, IntakeState::Ready | IntakeState::Checked),
            Step::Run => matches!(self, IntakeState::Checked | IntakeState::Interrupted),
            Step::Undo => matches!(self, IntakeState::Interrupted | IntakeState::Done),
        }
    }
}

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A dry run.
    Check,
    Run,
    /// A roll-back.
    Undo,
}

impl Step {
    pub const fn key(self) -> &'static str {
        match self {
            Step::Check => "check",
            Step::Run => "run",
            Step::Undo => "undo",
        }
    }
}

db::row! {
    /// A file that somebody brings in.
    #[derive(PartialEq, Eq)]
    pub struct Intake {
        pub id: BatchId,
        pub tenant: OrganisationId,
        pub created_by: PersonId,
        pub file: FileId,
        pub file_name: String,
        /// What its rows are, as in a mapping.
        pub records: String,
        /// The names of the columns, as JSON.
        pub columns: String,
        pub mapping: String,
        pub state: IntakeState,
        pub stop: bool,
        pub stage: String,
        pub done: i64,
        pub total: i64,
        /// A [`dry::Dry`] as JSON, or empty.
        pub dry: String,
        pub trouble: String,
        pub version: i64,
        pub created_at: Time,
        pub updated_at: Time,
    }
}
