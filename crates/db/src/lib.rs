//! The only crate that knows a database. Actions are plain functions over a transaction ([`Tx`]),
//! queries over a snapshot ([`Rd`]); the same SQL text runs on SQLite and on PostgreSQL.
//!
//! Invariants: an acknowledged write survives a power cut; readers never wait for the writer; no
//! transaction outlives its closure; a failed disk stops the process instead of being retried.

mod built;
mod calls;
mod choice;
mod conn;
mod error;
mod handle;
mod metrics;
mod migrate;
mod open_error;
mod options;
pub mod plan;
mod postgres;
mod prepare;
mod row;
mod space;
mod sql;
mod sqlite;
mod start;
mod task;
mod value;

pub use conn::{Rd, Tx};
pub use error::{Fault, fault, is_unique};
pub use handle::Db;
#[doc(hidden)]
pub use inventory;
pub use metrics::Metrics;
pub use migrate::{Applied, MIGRATIONS, Migration};
pub use open_error::OpenError;
pub use options::{Dialect, Location, Options};
pub use postgres::postgres_client;
pub use prepare::prepare_all;
pub use row::{ColumnType, FromColumn, RawRow, Row};
pub use space::{Probe, Reserve, Space, SpaceGuard};
pub use sql::{Registered, Sql, registered};
pub use value::Value;
