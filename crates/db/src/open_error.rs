//! Why a database cannot be opened, in words that say what to do.

use std::path::PathBuf;

use crate::error::Fault;

/// Why a database cannot be opened or migrated.
#[derive(Debug)]
pub enum OpenError {
    BadSqlite(i32),
    Damaged { path: PathBuf, message: String },
    Foreign { path: PathBuf },
    NoAccess { path: PathBuf, message: String },
    BadUrl(String),
    OldPostgres(i32),
    /// The database was written by a newer version of the program.
    TooNew { migration: String },
    /// A migration that was applied differs from the one in this program.
    Changed { migration: String },
    Migration { migration: String, message: String },
    Failed(Fault),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            OpenError::BadSqlite(v) => write!(f, "this program was built with SQLite {v}, which can lose committed data; install an official build"),
            OpenError::Damaged { path, message } => {
                write!(f, "{} is damaged ({message}); nothing was changed. Restore the newest backup with `spoc restore`", path.display())
            }
            OpenError::Foreign { path } => write!(f, "{} is a database of another program; choose another folder with --data", path.display()),
            OpenError::NoAccess { path, message } => {
                write!(f, "{} cannot be opened for writing ({message}); give this user the right to write there or choose another folder with --data", path.display())
            }
            OpenError::BadUrl(message) => write!(f, "the database URL is not understood ({message}); write postgres://user:password@host:5432/name"),
            OpenError::OldPostgres(v) => write!(f, "PostgreSQL {} is too old; version 15 or later is needed", v / 10_000),
            OpenError::TooNew { migration } => {
                write!(f, "the database was written by a newer version (it holds {migration}); install that version or restore a backup from before the upgrade")
            }
            OpenError::Changed { migration } => {
                write!(f, "the migration {migration} in the database differs from this program's; install the official build that made the database")
            }
            OpenError::Migration { migration, message } => write!(f, "the migration {migration} failed and was rolled back: {message}"),
            OpenError::Failed(fault) => write!(f, "the database cannot be opened: {fault}"),
        }
    }
}

impl std::error::Error for OpenError {}
