//! Organisations.

pub mod create;
pub mod domains;
pub mod edit;
