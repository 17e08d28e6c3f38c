//! `spoc restore`: a desk from a backup.

use std::path::PathBuf;

use clap::Args;

use super::progress::Bar;
use super::{interruptible, load};
use crate::backup;
use crate::config::StorageFlags;
use crate::exit::Failure;

/// Make a desk from a backup, in an empty data folder and database
///
/// Everything is compared with the manifest before it counts. A backup of SQLite may be restored to
/// PostgreSQL and the other way round. Nobody stays signed in.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    from: PathBuf,
    #[command(flatten)]
    settings: StorageFlags,
}

impl Restore {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        let (config, _) = load(file, self.settings.0)?;
        let made = interruptible(|stop| backup::restore(&config, &self.from, stop, &mut Bar::new()))?;
        let (people, tickets, files) = (made.rows("person"), made.rows("ticket"), made.files());
        println!("Restored the desk of {}: {people} people, {tickets} tickets, {files} files.", made.head.created_at);
        println!("Every row was read back and is the one in the backup.");
        Ok(())
    }
}
