//! All queries of this crate.

pub mod actor;
pub mod grant;
pub mod role;
pub mod seeing;
