//! What a person may ask of the desk: to be given all that is kept about them ([`export`]), and to be forgotten.
//!
//! Erasing a person: what is known of them and what they wrote goes, with its salts; tickets, events and
//! the audit chain stay.
//!
//! The person's own record is emptied at once, in one transaction with the event and the job that goes
//! through their tickets. The job takes one ticket at a time and may be run again at any place.

pub mod actions;
pub mod export;
pub mod job;

mod api;
mod slice;
mod store;
mod web;

pub use slice::slice;
