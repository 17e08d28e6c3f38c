//! Import from CSV and XLSX files by a mapping file: tickets with their history, and the people,
//! organisations, services, teams and locations of another system.
//!
//! Several rows of one number become one ticket whose timeline has their dates and their actors.
//! [`Mapping::read`] understands the mapping, [`plan`] says what a run would do, [`run`] does it or goes
//! on with it, [`rollback`] takes a batch back, [`batches`], [`report`] and [`refused`] tell of them.
//!
//! Invariants: every row that is read is applied or refused with a reason, and the counts add up; a
//! number of a source becomes a ticket once; what an import writes is silent, so that nothing follows
//! from it; the place of a batch moves in the transaction of what it wrote, so that an end by force
//! loses and doubles nothing.

mod batch;
mod directory;
mod error;
mod ground;
mod input;
mod intake;
pub mod mapping;
mod party;
mod plan;
mod records;
mod refusal;
mod report;
mod run;
mod slice;
mod standing;
mod store;
mod tickets;
mod understand;
mod undo;
mod watch;

pub use batch::{Batch, BatchState};
pub use error::{ImportError, Result};
pub use input::Input;
pub use intake::actions::IntakeEvent;
pub use intake::job::{Dock, handlers};
pub use intake::{IntakeState, Step};
pub use mapping::{Mapping, Mistake, Mistakes};
pub use party::Sort;
pub use plan::{DryRun, PartyCount, RefusedRows, SampleCase, SampleStep, plan};
pub use records::{Becomes, Field, RecordDryRun, RecordMapping, SORTS, SampleRecord, plan as plan_records, propose, run as run_records};
pub use refusal::{Reason, Refusal};
pub use report::{Report, batches, refused, refused_as_source, report};
pub use run::run;
pub use slice::slice;
pub use tickets::{TICKETS, propose as propose_tickets};
pub use undo::{Touched, Undone, rollback};
pub use watch::{Progress, Stage, Watch};

/// The schema of this crate.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261122_0700_import", "../migrations/0700_import.sql"),
    db::migration!("20261122_0710_import_change", "../migrations/0710_change.sql"),
    db::migration!("20261122_0711_import_intake", "../migrations/0711_intake.sql"),
];
