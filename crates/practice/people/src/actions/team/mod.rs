//! Teams.

pub mod create;
pub mod edit;
pub mod members;
