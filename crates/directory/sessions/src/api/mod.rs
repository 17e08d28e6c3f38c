//! The same for programs.

pub mod me;
pub mod sessions;
pub mod tokens;
