//! Signing in and what belongs to it, told with one cast on both databases.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod accounts;
mod browser;
mod desk;
mod pages;
mod seeing;
mod stories;
