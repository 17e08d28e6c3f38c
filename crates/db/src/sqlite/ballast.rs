//! A file that only takes room beside the database: let go when the disk is full at the start, so
//! that the log can be opened, people can sign in and something can be deleted.

use std::fs::File;
use std::path::Path;

use fs4::FileExt;

use super::claim::beside;
use crate::{Options, Space};

const BYTES: u64 = 4 << 20;
const SUFFIX: &str = "-ballast";

/// Lets the room go when there is none else.
pub(crate) fn drop_when_full(database: &Path) {
    let free = Space::at(database.parent().unwrap_or(database)).map_or(u64::MAX, |space| space.free);
    if free < BYTES && std::fs::remove_file(beside(database, SUFFIX)).is_ok() {
        tracing::warn!(free, "the disk is full: only deleting and signing in are possible until there is room again");
    }
}

/// Takes the room while there is plenty.
pub(crate) fn keep(database: &Path, options: &Options) {
    let path = beside(database, SUFFIX);
    let plenty = Space::at(database.parent().unwrap_or(database))
        .is_some_and(|space| space.free > options.reserve.of(space.total).saturating_add(BYTES));
    if options.ballast && plenty && !path.exists() {
        let made = File::create(&path).and_then(|file| FileExt::allocate(&file, BYTES));
        if let Err(error) = made {
            tracing::debug!(%error, "no ballast could be kept beside the database");
        }
    }
}
