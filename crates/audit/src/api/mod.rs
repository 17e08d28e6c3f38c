//! REST.

pub mod backups;
pub mod chain;
pub mod log;
pub mod settings;
