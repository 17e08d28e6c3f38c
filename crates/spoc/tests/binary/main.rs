//! The real binary, as an operator meets it.

mod broken_configs;
mod demo;
mod doctor;
mod import;
mod start;
mod started;
mod user;
