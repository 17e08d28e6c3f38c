//! People and places through their real doors, on both databases.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod api;
mod pages;
mod preview;
mod rig;
mod roles;
