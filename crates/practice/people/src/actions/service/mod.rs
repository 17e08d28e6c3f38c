//! The service tree.

pub mod create;
pub mod edit;
