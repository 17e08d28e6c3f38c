//! Organisations.

pub mod form;
pub mod list;
pub mod show;
