//! For tests only: databases in a moment. Every test that touches storage runs on SQLite (a copy of
//! a migrated file) and on PostgreSQL (a database made from a migrated template in one cluster that
//! all test processes share and that ends by itself).
//!
//! ```no_run
//! testkit::both! {
//!     template: testkit::Template::of(db::MIGRATIONS);
//!
//!     fn a_name_is_kept(db: TestDb) {
//!         db.write_wait("name", |tx| tx.exec(db::sql!("INSERT INTO installation (name, value) VALUES ('a', 'b')"), &[])).unwrap();
//!     }
//!
//!     async fn reads_wait_for_nobody(db: TestDb) {
//!         db.read("epoch", |rd| rd.one(db::sql!(String, "SELECT value FROM installation"), &[])).await.unwrap();
//!     }
//! }
//! # fn main() {}
//! ```
#![expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a test that cannot be set up must fail loudly, with the reason")]

mod both;
mod child;
mod cluster;
mod database;
mod disk;
mod programs;
mod shared;
mod template;

pub use both::{block_on, each};
pub use child::{Running, child, on_small_disk, orders};
pub use cluster::{Cluster, Durability};
pub use database::{Place, TestDb};
pub use db::Dialect;
pub use disk::{Disk, Recording, Replay, Step};
pub use shared::shared_cluster;
pub use template::Template;

/// Both databases, in the order in which tests name them.
pub const DIALECTS: [Dialect; 2] = [Dialect::Sqlite, Dialect::Postgres];
