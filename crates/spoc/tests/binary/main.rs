//! The real binary, as an operator meets it.

mod audit;
mod backup;
mod broken_configs;
mod demo;
mod doctor;
mod force;
mod import;
mod reindex;
mod start;
mod started;
mod user;
