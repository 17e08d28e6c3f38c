//! `spoc doctor`: is everything sound?

use std::path::PathBuf;

use clap::Args;

use super::load;
use crate::config::StorageFlags;
use crate::doctor::{self, Depth};
use crate::exit::{self, Failure};
use crate::wiring::storage;

/// Look at database, jobs and disk, and say what needs attention
///
/// Changes nothing and may run beside the server. Ends with code 11 when something needs attention.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Look at every page and reference of the database; takes minutes on a large one
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    settings: StorageFlags,
}

impl Doctor {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        let (config, _) = load(file, self.settings.0)?;
        let storage = storage::open_to_read(&config)?;
        let depth = if self.full { Depth::Full } else { Depth::Quick };
        let found = doctor::look(&storage, depth)?;
        for finding in &found {
            println!("{} {}", if finding.good { "ok       " } else { "ATTENTION" }, finding.text);
        }
        match found.iter().filter(|finding| !finding.good).count() {
            0 => Ok(()),
            1 => Err(Failure::new(exit::FINDINGS, "one finding needs attention")),
            count => Err(Failure::new(exit::FINDINGS, format!("{count} findings need attention"))),
        }
    }
}
