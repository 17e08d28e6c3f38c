//! The tables of a desk as rows of cells, out of and into either database.

pub mod postgres;
pub mod sqlite;

use std::collections::BTreeMap;

use db::{Rd, sql};

use super::cell::Cell;
use crate::exit::Failure;

/// What is done with each row.
pub type Each<'a> = &'a mut dyn FnMut(Vec<Cell>) -> Result<(), Failure>;

/// A snapshot that is read table by table.
pub trait Source {
    /// The migrations with their checksums.
    ///
    /// # Errors
    /// The database does not answer.
    fn journal(&mut self) -> Result<Vec<(String, String)>, Failure>;
    /// The last number given out, by kind; not below that of any row in the snapshot.
    ///
    /// # Errors
    /// The database does not answer.
    fn counters(&mut self) -> Result<BTreeMap<String, i64>, Failure>;
    /// Tables with their columns, by name; also those that are left out.
    ///
    /// # Errors
    /// The database does not answer.
    fn tables(&mut self) -> Result<Vec<(String, Vec<String>)>, Failure>;
    /// Calls `each` with every row of a table.
    ///
    /// # Errors
    /// The database does not answer; what `each` answers.
    fn rows(&mut self, table: &str, columns: &[String], each: Each<'_>) -> Result<(), Failure>;
}

/// A migrated database without rows of people, that is filled in one transaction.
pub trait Target {
    /// Takes out what migrations have put in, and sets references aside.
    ///
    /// # Errors
    /// The database refuses.
    fn begin(&mut self) -> Result<(), Failure>;
    /// # Errors
    /// The database refuses.
    fn put(&mut self, table: &str, columns: &[String], rows: &[Vec<Cell>]) -> Result<(), Failure>;
    /// Calls `each` with every row of a table, as it is stored now.
    ///
    /// # Errors
    /// The database does not answer; what `each` answers.
    fn rows(&mut self, table: &str, columns: &[String], each: Each<'_>) -> Result<(), Failure>;
    /// Sets the counters, checks every reference, and commits for good.
    ///
    /// # Errors
    /// A row refers to one that is not there; the database refuses.
    fn finish(&mut self, counters: &BTreeMap<String, i64>) -> Result<(), Failure>;
}

/// The migrations that a database has, with their checksums.
///
/// # Errors
/// The database does not answer.
pub fn journal(rd: &mut Rd<'_>) -> kernel::Result<Vec<(String, String)>> {
    rd.all(sql!((String, String), "SELECT id, checksum FROM schema_migration ORDER BY id"), &[])
}

/// A name in a statement. Names come from the schema and from backups, so they are quoted.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn list(columns: &[String]) -> String {
    columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(", ")
}
