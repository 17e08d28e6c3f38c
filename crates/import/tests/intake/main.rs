//! Files that people bring in, through the real doors of pages and API, on both databases.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod files_in;
mod rig;
mod tickets_in;
