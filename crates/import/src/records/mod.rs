//! Files of records: people, organisations, services, teams, locations. A row is a record; a record of a
//! source is known again by its key, and a later file changes what it says anew.

mod apply;
mod back;
mod before;
mod current;
mod fields;
mod known;
mod mapping;
mod order;
mod plan;
mod run;
mod told;
mod understand;

pub use fields::Field;
pub use mapping::{RecordMapping, SORTS, propose};
pub use plan::{Becomes, RecordDryRun, SampleRecord, plan};
pub use run::run;

pub(crate) use fields::of as fields_of;
pub(crate) use mapping::{propose_as, quoted, written};
pub(crate) use plan::{Samples, plan_by};
pub(crate) use run::run_as;

pub(crate) use back::bring_back;
