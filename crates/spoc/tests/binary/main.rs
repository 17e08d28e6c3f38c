//! The real binary, as an operator meets it.

mod broken_configs;
mod doctor;
mod start;
mod started;
