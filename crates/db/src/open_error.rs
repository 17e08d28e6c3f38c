//! Why a database cannot be opened, in words that say what to do.

use std::path::PathBuf;

use crate::error::Fault;

/// Why a database cannot be opened or migrated.
#[derive(Debug)]
pub enum OpenError {
    BadSqlite(i32),
    Damaged {
        path: PathBuf,
        message: String,
    },
    Foreign {
        path: PathBuf,
    },
    NoAccess {
        path: PathBuf,
        message: String,
    },
    /// Another process has the database open.
    Locked {
        path: PathBuf,
        holder: Option<u32>,
    },
    /// The file was here and has gone.
    Missing {
        path: PathBuf,
    },
    BadUrl(String),
    OldPostgres(i32),
    /// The database was written by a newer version of the program.
    TooNew {
        migration: String,
    },
    /// A migration that was applied differs from the one in this program.
    Changed {
        migration: String,
    },
    Migration {
        migration: String,
        message: String,
    },
    Failed(Fault),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            OpenError::BadSqlite(v) => {
                write!(f, "this program was built with SQLite {v}, which can lose committed data; install an official build")
            }
            OpenError::Damaged { path, message } => {
                write!(f, "{} is damaged ({message}); nothing was changed. Restore the newest backup with `spoc restore`", path.display())
            }
            OpenError::Foreign { path } => {
                write!(f, "{} is a database of another program; choose another folder with --data", path.display())
            }
            OpenError::NoAccess { path, message } => {
                write!(
                    f,
                    "{} cannot be opened for writing ({message}); give this user the right to write there or choose another folder with --data",
                    path.display()
                )
            }
            OpenError::Locked { path, holder } => {
                let holder = holder.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"));
                write!(f, "{holder} has {} open; stop it first or choose another folder with --data", path.display())
            }
            OpenError::Missing { path } => {
                write!(
                    f,
                    "{0} has gone although it was here before; put it back or restore a backup with `spoc restore` (to begin anew, remove {0}-lock and {0}-wal too)",
                    path.display()
                )
            }
            OpenError::BadUrl(message) => {
                write!(f, "the database URL is not understood ({message}); write postgres://user:password@host:5432/name")
            }
            OpenError::OldPostgres(v) => write!(f, "PostgreSQL {} is too old; version 15 or later is needed", v / 10_000),
            OpenError::TooNew { migration } => {
                write!(
                    f,
                    "the database was written by a newer version (it holds {migration}); install that version or restore a backup from before the upgrade"
                )
            }
            OpenError::Changed { migration } => {
                write!(
                    f,
                    "the migration {migration} in the database differs from this program's; install the official build that made the database"
                )
            }
            OpenError::Migration { migration, message } => write!(f, "the migration {migration} failed and was rolled back: {message}"),
            OpenError::Failed(fault) => write!(f, "the database cannot be opened: {fault}"),
        }
    }
}

impl std::error::Error for OpenError {}
