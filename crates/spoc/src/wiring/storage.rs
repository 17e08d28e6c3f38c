//! The data folder and the database in or behind it.

use std::path::Path;

use db::{Db, Location, Options};

use crate::config::Config;
use crate::exit::{self, Failure};
use crate::folder::{DATABASE, DataFolder, Use};

/// An open database with the folder that belongs to it.
pub struct Storage {
    /// Before the folder, so that the database is closed when its lock is let go.
    pub db: Db,
    pub folder: DataFolder,
}

/// Opens the folder, then the database that the configuration names.
///
/// # Errors
/// Folder or database cannot be used; each way has an exit code of its own.
pub fn open(config: &Config, use_: Use) -> Result<Storage, Failure> {
    open_in(DataFolder::open(&config.data, use_)?, config, use_)
}

/// For a command that changes something and may run beside the servers where the database allows it:
/// on PostgreSQL, and on SQLite only while no server has the folder.
///
/// # Errors
/// As [`open`]; there is no desk yet.
pub fn open_to_change(config: &Config) -> Result<Storage, Failure> {
    let folder = if config.database_url.is_some() {
        DataFolder::named(&config.data)
    } else {
        refuse_absent(&config.data.join(DATABASE))?;
        DataFolder::open(&config.data, Use::Alone)?
    };
    open_in(folder, config, Use::Alone)
}

/// For a command that only reads: alone when nobody works in the folder, so that an earlier end by
/// force is seen to, else beside whoever does.
///
/// # Errors
/// As [`open`]; there is no desk.
pub fn open_to_read(config: &Config) -> Result<Storage, Failure> {
    if config.database_url.is_some() {
        return open_in(DataFolder::named(&config.data), config, Use::Beside);
    }
    refuse_absent(&config.data.join(DATABASE))?;
    match open(config, Use::Alone) {
        Err(failure) if failure.exit == exit::IN_USE => open(config, Use::Beside),
        other => other,
    }
}

/// As [`open`], in a folder that is open already.
///
/// # Errors
/// The database cannot be used.
pub fn open_in(folder: DataFolder, config: &Config, use_: Use) -> Result<Storage, Failure> {
    let location = location(config, &folder);
    if let (Use::Beside, Location::Sqlite(path)) = (use_, &location) {
        refuse_absent(path)?;
    }
    let options = Options {
        readers: config.database_readers.size(),
        writers: config.database_writers.size(),
        write_queue: config.database_queue.size(),
        beside: use_ == Use::Beside,
        ..Options::at(location)
    };
    Ok(Storage { db: Db::open(options)?, folder })
}

fn location(config: &Config, folder: &DataFolder) -> Location {
    match &config.database_url {
        Some(url) => Location::Postgres(url.reveal().as_str().to_owned()),
        None => Location::Sqlite(folder.database()),
    }
}

/// A command that only looks never makes an empty desk.
fn refuse_absent(path: &Path) -> Result<(), Failure> {
    if path.is_file() {
        return Ok(());
    }
    Err(Failure::new(exit::FOLDER, format!("there is no desk at {}; name its folder with --data", path.display())))
}
