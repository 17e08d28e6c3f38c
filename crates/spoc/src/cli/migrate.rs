//! `spoc migrate`: bring the database to this version without starting the server.

use std::path::PathBuf;

use clap::Args;

use super::load;
use crate::config::StorageFlags;
use crate::exit::Failure;
use crate::folder::Use;
use crate::wiring::{migrations, storage};

/// Bring the database to this version
///
/// The server does the same when it starts; this is for doing it ahead of time.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    settings: StorageFlags,
}

impl Migrate {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        let (config, _) = load(file, self.settings.0)?;
        let storage = storage::open(&config, Use::Alone)?;
        let applied = if self.dry_run { migrations::pending(&storage)? } else { migrations::apply(&storage)? };
        for id in &applied.ids {
            println!("{id}");
        }
        match (applied.ids.len(), self.dry_run) {
            (0, _) => println!("The database is up to date."),
            (count, true) => println!("{count} migrations would be applied."),
            (count, false) => println!("{count} migrations applied."),
        }
        Ok(())
    }
}
