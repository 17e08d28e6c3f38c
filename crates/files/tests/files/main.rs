//! Files through their public door, on both databases, and on disks that fail.
#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

mod cabinet;
mod crashes;
mod storing;
mod sweeping;
