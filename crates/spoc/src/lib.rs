//! The binary as a library, so that tests can assemble the same desk.

pub mod backup;
mod chain;
pub mod cli;
pub mod config;
mod doctor;
pub mod exit;
mod folder;
mod jobs;
mod logs;
#[cfg(test)]
mod reference;
mod user;
pub mod wiring;
