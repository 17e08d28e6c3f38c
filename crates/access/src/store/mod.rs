//! All queries of this crate.

pub mod grant;
pub mod role;
