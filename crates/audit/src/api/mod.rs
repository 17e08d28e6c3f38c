//! REST.

pub mod chain;
