//! The embedded database: one writer thread, readers in place and in a small pool.

mod conn;
pub(crate) mod open;
pub(crate) mod reader;
pub(crate) mod writer;

pub(crate) use conn::SqliteConn;
