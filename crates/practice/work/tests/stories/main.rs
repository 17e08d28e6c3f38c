//! Stories of tasks: through pages and actions, on both databases.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on must fail loudly")]

mod doing;
mod hiding;
mod mine;
mod preparing;
mod rig;
mod spending;
