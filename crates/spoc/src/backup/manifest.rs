//! What is in a backup: its last part, by which all others are checked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the form that backups have.
pub const FORMAT: u32 = 1;
/// The first part, by which a backup is known.
pub const FIRST: &str = "spoc-backup";
/// The last part.
pub const LAST: &str = "manifest.json";

/// The first part.
#[derive(Debug, Serialize, Deserialize)]
pub struct Head {
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// RFC 3339.
    pub created_at: String,
}

/// The last part.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub head: Head,
    /// The steps of the schema, with their checksums.
    pub migrations: Vec<(String, String)>,
    /// The last number that was given out, by kind.
    pub counters: BTreeMap<String, i64>,
    pub tables: BTreeMap<String, Table>,
    /// Every other part by its name.
    pub parts: BTreeMap<String, Part>,
}

/// A table whose rows are in the parts `database/<name>/...`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    /// How many rows a table has.
    pub fn rows(&self, table: &str) -> u64 {
        self.tables.get(table).map_or(0, |table| table.rows)
    }

    /// How many files there are.
    pub fn files(&self) -> usize {
        self.parts.keys().filter(|name| name.starts_with("files/")).count()
    }
}
