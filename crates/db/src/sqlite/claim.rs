//! One process has the database file: a lock beside it, and in the lock file a note of how the file
//! looked when it was last closed in order.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::OpenError;

/// Held as long as the database is open.
pub(crate) struct Claim {
    file: File,
    database: PathBuf,
    /// What the note says, as found at the start.
    noted: Noted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Noted {
    /// No database was here.
    Nothing,
    /// It was opened, and not closed in order: its log is there, whatever happened.
    Opened,
    /// It is being closed, and the log may have gone already.
    Closing,
    Closed(Look),
}

/// The file as it was when it was closed: any other program that touches it changes this.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    bytes: u64,
    changed_nanos: i128,
    inode: u64,
}

impl Claim {
    /// Takes the lock.
    pub fn take(database: &Path) -> Result<Self, OpenError> {
        let path = beside(database, "-lock");
        let no_access = |error: std::io::Error| OpenError::NoAccess { path: path.clone(), message: error.to_string() };
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(no_access)?;
        let mut text = String::new();
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let _ = file.read_to_string(&mut text);
                let holder = text.lines().next().and_then(|pid| pid.parse().ok());
                return Err(OpenError::Locked { path: database.to_owned(), holder });
            }
            Err(TryLockError::Error(error)) => return Err(no_access(error)),
        }
        file.read_to_string(&mut text).map_err(no_access)?;
        let noted = text.lines().nth(1).map_or(Noted::Nothing, Noted::read);
        let mut claim = Self { file, database: database.to_owned(), noted: noted.clone() };
        claim.write(&noted);
        Ok(claim)
    }

    /// Whether somebody removed the log of a database that was not closed in order, and with it what
    /// was written last.
    pub fn lost_its_log(&self) -> bool {
        self.noted == Noted::Opened && !beside(&self.database, "-wal").exists()
    }

    /// Whether a database was here before.
    pub fn had_database(&self) -> bool {
        self.noted != Noted::Nothing
    }

    /// Whether the file is the one that was closed in order, untouched since.
    pub fn was_closed_in_order(&self) -> bool {
        matches!(&self.noted, Noted::Closed(look) if Look::at(&self.database).as_ref() == Some(look))
            && !beside(&self.database, "-wal").exists()
    }

    /// Notes that the file is in use.
    pub fn opened(&mut self) {
        self.write(&Noted::Opened);
    }

    /// Notes, for good, that the log is about to go.
    pub fn closing(&mut self) {
        self.write(&Noted::Closing);
        let _ = self.file.sync_data();
    }

    /// Notes that the file was closed in order; to be called after the last connection has gone.
    pub fn closed_in_order(&mut self) {
        let look = Look::at(&self.database).filter(|_| !beside(&self.database, "-wal").exists());
        if let Some(look) = look {
            self.write(&Noted::Closed(look));
        }
    }

    /// The note only saves time at the next start: when it cannot be written, the check is longer.
    fn write(&mut self, noted: &Noted) {
        // Always of one length, so that a full disk does not matter.
        let text = format!("{}\n{:<80}\n", std::process::id(), noted.text());
        let written = self.file.rewind().and_then(|()| self.file.write_all(format!("{text:<96}").as_bytes()));
        if let Err(error) = written {
            tracing::debug!(%error, "the lock file beside the database could not be written");
        }
    }
}

impl Noted {
    fn text(&self) -> String {
        match self {
            Noted::Nothing => String::new(),
            Noted::Opened => "opened".to_owned(),
            Noted::Closing => "closing".to_owned(),
            Noted::Closed(look) => format!("closed {} {} {}", look.bytes, look.changed_nanos, look.inode),
        }
    }

    fn read(line: &str) -> Self {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [] => Noted::Nothing,
            ["opened"] => Noted::Opened,
            ["closed", bytes, changed, inode] => match (bytes.parse(), changed.parse(), inode.parse()) {
                (Ok(bytes), Ok(changed_nanos), Ok(inode)) => Noted::Closed(Look { bytes, changed_nanos, inode }),
                _ => Noted::Closing,
            },
            _ => Noted::Closing,
        }
    }
}

impl Look {
    fn at(database: &Path) -> Option<Self> {
        let found = std::fs::metadata(database).ok()?;
        let changed_nanos = i128::from(found.mtime()) * 1_000_000_000 + i128::from(found.mtime_nsec());
        Some(Self { bytes: found.len(), changed_nanos, inode: found.ino() })
    }
}

/// The file that SQLite or we keep beside the database.
pub(crate) fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
