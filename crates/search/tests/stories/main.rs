//! Full text told as stories with one cast, on SQLite and PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

mod bounds;
mod customs;
mod faults;
mod finding;
mod following;
mod languages;
mod leaking;
mod plans;
mod rig;
mod similar;
