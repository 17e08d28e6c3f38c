//! The data folder: made, private to its owner, on a local disk, and used by one process at a time.

mod disk;

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::exit::{self, Failure};

const LOCK: &str = "spoc.lock";
/// The file of the embedded database.
pub const DATABASE: &str = "spoc.db";

/// Whether a command can run while the server does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Nobody else may work in the folder.
    Alone,
    /// Another process may be working in it; it must exist already.
    Beside,
}

/// A data folder that may be used until this value is dropped.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    /// Held for its lock; the operating system lets go of it when the process ends, however it does.
    _lock: Option<File>,
}

impl DataFolder {
    /// Opens the folder; [`Use::Alone`] makes it if needed and locks it.
    ///
    /// # Errors
    /// It cannot be made or written, is on a network file system, or is in use.
    pub fn open(path: &Path, use_: Use) -> Result<Self, Failure> {
        match use_ {
            Use::Beside if path.is_dir() => Ok(Self { path: path.to_owned(), _lock: None }),
            Use::Beside => Err(Failure::new(exit::FOLDER, format!("{} is not a folder; name the data folder with --data", path.display()))),
            Use::Alone => {
                make(path).map_err(|error| unusable(path, &error))?;
                if let Some(kind) = disk::network(path) {
                    let text = format!(
                        "{} is on {kind}, where locks and syncs cannot be relied on; choose a local folder with --data",
                        path.display()
                    );
                    return Err(Failure::new(exit::FOLDER, text));
                }
                Ok(Self { path: path.to_owned(), _lock: Some(lock(path)?) })
            }
        }
    }

    /// A folder that need not exist: the database is elsewhere, and others may be at work.
    pub fn named(path: &Path) -> Self {
        Self { path: path.to_owned(), _lock: None }
    }

    /// The file of the embedded database.
    pub fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// Bytes that are free where the folder is.
    pub fn free(&self) -> Option<u64> {
        disk::free(&self.path)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Bytes that are free where a folder is.
pub fn free(path: &Path) -> Option<u64> {
    disk::free(path)
}

fn make(path: &Path) -> std::io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn lock(folder: &Path) -> Result<File, Failure> {
    let path = folder.join(LOCK);
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(|error| unusable(folder, &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let known = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
            let holder = if known { format!("process {}", holder.trim()) } else { "another process".to_owned() };
            let text = format!("{holder} is working in {}; stop it first or choose another folder with --data", folder.display());
            return Err(Failure::new(exit::IN_USE, text));
        }
        Err(TryLockError::Error(error)) => return Err(unusable(folder, &error)),
    }
    let note = file.set_len(0).and_then(|()| file.write_all(std::process::id().to_string().as_bytes()));
    note.map_err(|error| unusable(folder, &error))?;
    Ok(file)
}

fn unusable(folder: &Path, error: &std::io::Error) -> Failure {
    let exit = if error.kind() == ErrorKind::StorageFull { exit::DISK } else { exit::FOLDER };
    let text = format!(
        "the data folder {} cannot be written ({error}); give this user the right to, or choose another with --data",
        folder.display()
    );
    Failure::new(exit, text)
}
