//! People and places: persons, organisations, teams, services, locations, roles and who holds them,
//! as pages of the console and over REST.
//!
//! Invariants: whatever is named by the reader is looked up in a scope, so a stranger's record answers
//! as one that does not exist; what a role hides is neither shown nor searched nor set; nothing is
//! done by which one could act as somebody who may do more.

pub mod actions;
pub mod dto;
pub mod fields;
pub mod log;
pub mod read;
pub mod store;

mod api;
mod check;
mod frame;
mod permit;
mod serve;
mod slice;
mod views;
mod web;

pub use frame::Frame;
pub use slice::slice;
