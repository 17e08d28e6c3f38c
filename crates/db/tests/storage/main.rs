//! The storage layer under load and under faults, as one test program.
#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

mod common;
mod concurrency;
mod crashes;
mod full_disk;
mod group_commit;
mod opening;
mod order;
mod plan;
mod prepare;
mod server_restart;
