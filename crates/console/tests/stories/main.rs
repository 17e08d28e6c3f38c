//! The console told as stories, through its router behind the guard, on both databases.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that cannot go on must fail loudly")]

mod answering;
mod bulk;
mod changing;
mod confidential;
mod finding;
mod held;
mod hiding;
mod living;
mod merging;
mod registering;
mod rig;
mod searching;
mod splitting;
mod trash;
