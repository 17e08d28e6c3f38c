//! The embedded database: one writer thread, readers in place and in a small pool.

mod ballast;
pub(crate) mod check;
pub(crate) mod claim;
mod conn;
pub(crate) mod open;
mod raw;
pub(crate) mod reader;
pub(crate) mod writer;

pub(crate) use conn::SqliteConn;
