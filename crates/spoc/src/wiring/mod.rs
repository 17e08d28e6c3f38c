//! Where the crates are joined to one program.

pub mod desk;
pub mod document;
mod metrics;
pub mod migrations;
pub mod router;
pub mod seed;
mod self_signed;
pub mod server;
pub mod slices;
pub mod stop;
pub mod storage;
mod store;
