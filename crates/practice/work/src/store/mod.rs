//! The rows of checklists, tasks and time.

pub mod checklist;
pub mod entry;
pub mod mine;
pub mod task;
pub mod timer;

pub use checklist::{Checklist, ChecklistId};
pub use task::{Sort, Task, TaskId};
