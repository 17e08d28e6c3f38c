//! The console told as stories, through its router behind the guard, on both databases.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that cannot go on must fail loudly")]

mod answering;
mod changing;
mod finding;
mod hiding;
mod living;
mod registering;
mod rig;
mod searching;
