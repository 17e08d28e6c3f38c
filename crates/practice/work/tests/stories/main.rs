//! Stories of tasks: through pages and actions, on both databases.

mod doing;
mod hiding;
mod rig;
