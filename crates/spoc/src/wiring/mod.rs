//! Where the crates are joined to one program.

pub mod migrations;
pub mod storage;
