//! `spoc reindex`: make the search index anew.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use kernel::SystemClock;
use search::index::folder;
use search::{Follower, Search, State};

use super::load;
use super::progress::Bar;
use crate::config::StorageFlags;
use crate::exit::{self, Failure};
use crate::folder::{DataFolder, Use};
use crate::wiring::{migrations, storage};

/// Between two looks at the progress.
const LOOK: Duration = Duration::from_millis(200);
const STAGE: &str = "index";

/// Make the search index anew
///
/// The index is made from the database and holds nothing of its own. A running server makes it while it
/// answers from the old one; without a server this command makes it.
#[derive(Debug, Args)]
pub struct Reindex {
    #[command(flatten)]
    settings: StorageFlags,
}

impl Reindex {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        let (config, _) = load(file, self.settings.0)?;
        let index = config.data.join("index");
        match DataFolder::open(&config.data, Use::Alone) {
            Ok(data) => {
                let storage = storage::open_in(data, &config, Use::Alone)?;
                migrations::require(&storage)?;
                alone(&index, &storage.db)?;
            }
            Err(failure) if failure.exit == exit::IN_USE => asked(&index)?,
            Err(failure) => return Err(failure),
        }
        println!("The index was made anew.");
        Ok(())
    }
}

fn ask(index: &Path) -> Result<(), Failure> {
    folder::want(index).map_err(|error| Failure::new(exit::FOLDER, format!("{} cannot be written: {error}", index.display())))
}

fn alone(index: &Path, db: &db::Db) -> Result<(), Failure> {
    ask(index)?;
    let search = Search::open(index);
    let mut follower = Follower::start(&search, db.clone(), Arc::new(SystemClock)).map_err(kernel::Error::internal)?;
    let mut bar = Bar::new();
    while folder::is_wanted(index) || search.state() != State::Ready {
        if let State::Rebuilding { done, .. } = search.state() {
            bar.at(STAGE, u64::from(done), 1000);
        }
        std::thread::sleep(LOOK);
    }
    bar.finish();
    follower.stop();
    Ok(())
}

/// The server that has the folder does it.
fn asked(index: &Path) -> Result<(), Failure> {
    ask(index)?;
    let mut bar = Bar::new();
    loop {
        let done = folder::told(index);
        if done.is_none() && !folder::is_wanted(index) {
            bar.finish();
            return Ok(());
        }
        bar.at(STAGE, u64::from(done.unwrap_or(0)), 1000);
        std::thread::sleep(LOOK);
    }
}
