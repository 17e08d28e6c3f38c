//! Roles, and who holds them.

pub mod edit;
pub mod grant;
pub mod revoke;
