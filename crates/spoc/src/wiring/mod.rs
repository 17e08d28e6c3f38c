//! Where the crates are joined to one program.

pub mod migrations;
pub mod router;
mod self_signed;
pub mod server;
pub mod stop;
pub mod storage;
