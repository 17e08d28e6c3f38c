//! The agents' console: lists by filter, the ticket page, registration by form and by phone, files
//! and live updates. Pages over crate `ticket`; whoever works for the desk spends the day here.
//!
//! Invariants: every page works by full load and every form without script; what the reader may not
//! see is not rendered, not counted and not suggested; a refused form comes back with what was typed.

mod slice;
mod views;
mod web;
mod words;

pub use slice::slice;
