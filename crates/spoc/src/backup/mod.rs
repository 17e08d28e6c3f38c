//! One file with everything of a desk: `tar` inside of `zstd`, with the rows of the database as JSON
//! lines, the files and the keys, and at its end a manifest with the digest of each part.
//!
//! Rows are written in a form that both databases read, so that a backup also moves a desk from one
//! to the other. Invariants: the rows are of one snapshot; a backup that was not finished has no
//! manifest and is none; nothing of a backup counts before all of it was compared with the manifest.

mod archive;
mod cell;
mod manifest;
mod moved;
mod restore;
mod save;
pub mod scheduled;
mod store;
mod sum;

pub use cell::hex;
pub use restore::restore;
pub use save::{before_migration, save};

use std::path::Path;

use crate::exit::{self, Failure};

/// Tables that belong to the database and not to the desk: a restore makes them anew.
const OWN: [&str; 2] = ["schema_migration", "counter"];
/// The table with what lies in the folder of files.
const FILES: &str = "file";

/// A part of a backup that cannot be read or written.
fn failed(what: &Path, error: &std::io::Error) -> Failure {
    let exit = if error.kind() == std::io::ErrorKind::StorageFull { exit::DISK } else { exit::FAILED };
    Failure::new(exit, format!("{}: {error}", what.display()))
}

/// A folder that its owner alone may look into.
fn private_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| failed(folder, &error))
}

fn interrupted() -> Failure {
    Failure::new(exit::INTERRUPTED, "interrupted; nothing was left behind")
}
