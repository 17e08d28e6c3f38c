//! A whole desk for end-to-end tests: the real router behind the real server on a free port of this
//! machine, over a database of the test's own, with one cast of people who hold tokens.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

mod cast;
mod client;
mod house;

pub use cast::{Cast, PASSWORD};
pub use client::{Answer, Client};
pub use house::House;

/// The moment the cast was made: 1 January 2026, 00:00 UTC.
pub const THEN: kernel::Time = kernel::Time(1_767_225_600_000_000);

/// The schema of the whole desk with its delivered configuration and the cast.
pub fn template() -> testkit::Template {
    testkit::Template::of(&spoc::wiring::migrations::all()).seeded("cast-2", cast::fill)
}
