//! What can be done, one use case per file: plain functions over a transaction.

pub mod custom;
pub mod location;
pub mod organisation;
pub mod person;
pub mod role;
pub mod service;
pub mod team;
