//! `spoc backup`: one file with everything.

use std::path::PathBuf;

use clap::Args;

use super::progress::Bar;
use super::{interruptible, load};
use crate::backup;
use crate::config::StorageFlags;
use crate::exit::Failure;
use crate::wiring::storage;

/// Write the database, the files and the keys to one file
///
/// Runs beside the server. The file has its name only when it is whole. Keep it as safe as the desk:
/// whoever reads it reads everything.
#[derive(Debug, Args)]
pub struct Backup {
    /// Where to write; must not exist yet
    to: PathBuf,
    #[command(flatten)]
    settings: StorageFlags,
}

impl Backup {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        let (config, _) = load(file, self.settings.0)?;
        let storage = storage::open_to_read(&config)?;
        let made = interruptible(|stop| backup::save(&storage.db, storage.folder.path(), &self.to, stop, &mut Bar::new()))?;
        println!("{}: {} people, {} tickets, {} files.", self.to.display(), made.rows("person"), made.rows("ticket"), made.files());
        Ok(())
    }
}
