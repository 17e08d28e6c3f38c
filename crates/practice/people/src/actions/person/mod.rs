//! Persons.

pub mod address;
pub mod create;
pub mod edit;
pub mod membership;
pub mod merge;
pub mod unmerge;
