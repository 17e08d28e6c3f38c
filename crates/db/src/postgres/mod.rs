//! PostgreSQL: clients that live and die on threads of this module, because the synchronous client
//! blocks on a runtime of its own and panics on an async worker.

mod conn;
mod connect;
mod worker;

pub(crate) use conn::PgConn;
pub(crate) use connect::connect;
pub use connect::postgres_client;
pub(crate) use worker::{ReadJob, Worker};
