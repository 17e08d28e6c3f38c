//! What was done by whom, as administrators see it: the audit chain and its signed heads.

mod api;
mod slice;

pub use slice::slice;
