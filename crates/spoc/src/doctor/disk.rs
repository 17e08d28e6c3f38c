//! The data folder: room, and who may read it.

use std::path::Path;

use super::Finding;
use crate::wiring::storage::Storage;

/// Below this a desk soon refuses writes.
const LEAST: u64 = 1 << 30;
/// A write-ahead log over this is held open by a reader that does not end.
const LARGEST_WAL: u64 = 1 << 30;

pub fn look(storage: &Storage) -> Vec<Finding> {
    let folder = &storage.folder;
    let mut found = Vec::new();
    if let Some(free) = folder.free() {
        found.push(Finding::of(free >= LEAST, format!("{} free where {} is", megabytes(free), folder.path().display())));
    }
    let wal = folder.database().with_extension("db-wal");
    if let Some(size) = std::fs::metadata(wal).ok().map(|about| about.len()).filter(|size| *size > LARGEST_WAL) {
        found.push(Finding::bad(format!("the write-ahead log has {}; a backup or report may be holding it", megabytes(size))));
    }
    if open_to_all(folder.path()) {
        let path = folder.path().display();
        found.push(Finding::bad(format!("every user of this machine may look into {path}; run: chmod 700 {path}")));
    }
    found
}

fn megabytes(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}

#[cfg(unix)]
fn open_to_all(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o007 != 0)
}

#[cfg(not(unix))]
fn open_to_all(_path: &Path) -> bool {
    false
}
