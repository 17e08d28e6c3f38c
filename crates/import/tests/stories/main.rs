//! Imports told as stories, on both databases.
#![expect(clippy::unwrap_used, reason = "a story stops at the first surprise")]

mod desk;
mod examples;
mod fields;
mod history;
mod killed;
mod meant;
mod mistakes;
mod records;
mod refused;
mod single;
mod undone;
