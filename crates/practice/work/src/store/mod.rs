//! The rows of checklists and tasks.

pub mod checklist;
pub mod mine;
pub mod task;

pub use checklist::{Checklist, ChecklistId};
pub use task::{Sort, Task, TaskId};
