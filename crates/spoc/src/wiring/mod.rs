//! Where the crates are joined to one program.

mod metrics;
pub mod migrations;
pub mod router;
mod self_signed;
pub mod server;
pub mod stop;
pub mod storage;
mod store;
