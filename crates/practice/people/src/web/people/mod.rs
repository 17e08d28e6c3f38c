//! Persons.

pub mod contacts;
pub mod form;
pub mod list;
pub mod memberships;
pub mod merge;
pub mod show;
