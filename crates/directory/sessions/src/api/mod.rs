//! The same for programs.

pub mod account;
pub mod me;
pub mod sessions;
pub mod tokens;
