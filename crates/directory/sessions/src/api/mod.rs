//! The same for programs.

pub mod account;
pub mod me;
pub mod seeing;
pub mod sessions;
pub mod tokens;
