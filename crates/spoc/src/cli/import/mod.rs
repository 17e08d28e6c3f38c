//! `spoc import`: tickets with their history, people and places from CSV and XLSX files.

mod check;
mod records;
mod told;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::{Args, Subcommand};
use i18n::T;
use import::{BatchState, ImportError, Input, Mapping, Progress, RecordMapping, Touched, Watch};
use kernel::{BatchId, Entropy, Lang, SystemClock, SystemEntropy};
use ticket::jobs::Workshop;

use super::load;
use super::progress::Bar;
use crate::config::StorageFlags;
use crate::exit::{self, Failure};
use crate::wiring::{migrations, seed, stop, storage};

/// Import tickets with their history, or people and places, from a CSV or XLSX file, by a mapping file
///
/// Runs beside the server on PostgreSQL; on SQLite the server must be stopped first. An import that was
/// interrupted goes on where it stopped when it is run again.
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print a mapping for a file of tickets, people or places, as far as its columns and the words in them tell
    Propose {
        /// The file: CSV, plain or compressed with gzip, or XLSX, of which the first sheet is read
        file: PathBuf,
        /// What its rows are
        #[arg(long = "as", value_parser = ["people", "organisations", "services", "teams", "locations", "tickets"])]
        records: String,
        /// A short name of the system it comes from, without blanks
        #[arg(long, default_value = "file")]
        source: String,
        /// What stands between the cells of a CSV file
        #[arg(long, default_value_t = ',')]
        delimiter: char,
    },
    /// Say what a run would do, and change nothing
    Check {
        /// The file: CSV, plain or compressed with gzip, or XLSX, of which the first sheet is read
        file: PathBuf,
        /// How its columns are understood; see docs/examples
        #[arg(long)]
        mapping: PathBuf,
        /// Cases or records to show beside what they become
        #[arg(long, default_value_t = 3)]
        samples: usize,
        #[command(flatten)]
        settings: StorageFlags,
    },
    /// Import the file, or go on with an import of it that was interrupted
    Run {
        /// The file: CSV, plain or compressed with gzip, or XLSX, of which the first sheet is read
        file: PathBuf,
        /// How its columns are understood; see docs/examples
        #[arg(long)]
        mapping: PathBuf,
        #[command(flatten)]
        settings: StorageFlags,
    },
    /// List the imports there were, newest first
    List {
        #[command(flatten)]
        settings: StorageFlags,
    },
    /// What an import did
    Show {
        number: i64,
        #[command(flatten)]
        settings: StorageFlags,
    },
    /// Print the rows that an import refused as CSV, each with the reason
    Refused {
        number: i64,
        /// Print the rows alone, in the form that this mapping reads: to be corrected and imported again
        #[arg(long)]
        mapping: Option<PathBuf>,
        #[command(flatten)]
        settings: StorageFlags,
    },
    /// Take an import back: its tickets, and whom it added and nobody needs
    Rollback {
        number: i64,
        /// Also tickets that people have worked on since
        #[arg(long)]
        also_worked_on: bool,
        #[command(flatten)]
        settings: StorageFlags,
    },
}

impl Import {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        match self.what {
            What::Propose { file: input, records, source, delimiter } => records::propose(&input, &records, &source, delimiter),
            What::Check { file: input, mapping, samples, settings } => check(&Desk::open(file, settings)?, &input, &mapping, samples),
            What::Run { file: input, mapping, settings } => run(&Desk::open(file, settings)?, &input, &mapping),
            What::List { settings } => told::list(&Desk::open(file, settings)?.shop.db),
            What::Show { number, settings } => told::show(&Desk::open(file, settings)?.shop.db, BatchId::new(number)),
            What::Refused { number, mapping, settings } => {
                let rule = mapping.map(|mapping| understood(&mapping)).transpose()?;
                told::refused(&Desk::open(file, settings)?.shop.db, BatchId::new(number), rule.as_ref().map(Understood::file))
            }
            What::Rollback { number, also_worked_on, settings } => {
                let touched = if also_worked_on { Touched::Remove } else { Touched::Keep };
                rollback(&Desk::open(file, settings)?, BatchId::new(number), touched)
            }
        }
    }
}

/// An open desk and the signals.
struct Desk {
    shop: Workshop,
    stop: Arc<AtomicBool>,
    bar: RefCell<Bar>,
    t: T,
    /// Held as long as the work goes on.
    _folder: crate::folder::DataFolder,
}

impl Desk {
    fn open(file: Option<PathBuf>, settings: StorageFlags) -> Result<Self, Failure> {
        let (config, _) = load(file, settings.0)?;
        let storage = storage::open_to_change(&config)?;
        migrations::require(&storage)?;
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        seed::deliver(&storage.db, &SystemClock, &entropy)?;
        let shop = Workshop { db: storage.db, desk: Arc::default(), clock: Arc::new(SystemClock), entropy };
        Ok(Self { shop, stop: stop::flag()?, bar: RefCell::new(Bar::new()), t: T::utc(Lang::En), _folder: storage.folder })
    }

    /// Runs work that tells how far it is.
    fn watched<R>(&self, work: impl FnOnce(Watch<'_>) -> import::Result<R>) -> Result<R, Failure> {
        let tell = |progress: Progress| self.bar.borrow_mut().at(&self.t.msg(progress.stage.key()), progress.done, progress.total);
        let result = work(Watch::new(&tell, &self.stop));
        self.bar.borrow_mut().finish();
        result.map_err(failure)
    }
}

/// What a file is imported by.
enum Understood {
    Tickets(Box<Mapping>),
    Records(Box<RecordMapping>),
}

impl Understood {
    fn file(&self) -> &import::mapping::FileRule {
        match self {
            Understood::Tickets(mapping) => &mapping.file,
            Understood::Records(mapping) => &mapping.file,
        }
    }
}

fn read(mapping: &Path, input: &Path) -> Result<(Understood, Input), Failure> {
    Ok((understood(mapping)?, Input::open(input).map_err(failure)?))
}

fn understood(mapping: &Path) -> Result<Understood, Failure> {
    let text = std::fs::read_to_string(mapping).map_err(|error| Failure::new(exit::FAILED, format!("{}: {error}", mapping.display())))?;
    let name = mapping.display().to_string();
    let understood = if RecordMapping::is_meant(&text) {
        RecordMapping::read(&name, &text).map(|mapping| Understood::Records(Box::new(mapping)))
    } else {
        Mapping::read(&name, &text).map(|mapping| Understood::Tickets(Box::new(mapping)))
    };
    understood.map_err(|mistakes| failure(mistakes.into()))
}

fn check(desk: &Desk, input: &Path, mapping: &Path, samples: usize) -> Result<(), Failure> {
    let (mapping, input) = read(mapping, input)?;
    let stopped = match mapping {
        Understood::Tickets(mapping) => {
            let dry = desk.watched(|watch| import::plan(&desk.shop.db, &SystemClock, &mapping, &input, samples, watch))?;
            check::tell(&dry, &desk.t);
            dry.stopped
        }
        Understood::Records(mapping) => {
            let dry = desk.watched(|watch| import::plan_records(&desk.shop.db, &SystemClock, &mapping, &input, samples, watch))?;
            records::tell(&dry, &desk.t);
            dry.stopped
        }
    };
    if stopped { Err(interrupted()) } else { Ok(()) }
}

fn run(desk: &Desk, input: &Path, mapping: &Path) -> Result<(), Failure> {
    let (mapping, input) = read(mapping, input)?;
    let report = desk.watched(|watch| match &mapping {
        Understood::Tickets(mapping) => import::run(&desk.shop, mapping, &input, None, watch),
        Understood::Records(mapping) => import::run_records(&desk.shop, mapping, &input, None, watch),
    })?;
    told::report(&report, &desk.t);
    if report.batch.state == BatchState::Interrupted { Err(interrupted()) } else { Ok(()) }
}

fn rollback(desk: &Desk, id: BatchId, touched: Touched) -> Result<(), Failure> {
    let undone = desk.watched(|watch| import::rollback(&desk.shop, id, touched, watch))?;
    println!("Import {id}: {} tickets removed, {} kept because people have worked on them.", undone.tickets, undone.kept);
    for (sort, count) in &undone.removed {
        println!("  {count} removed: {}", sort.key());
    }
    if undone.brought_back + undone.left > 0 {
        println!("  {} records hold again what they held, {} stay because they were changed since", undone.brought_back, undone.left);
    }
    for (sort, count) in &undone.in_use {
        println!("  {count} kept, in use: {}", sort.key());
    }
    if undone.batch.state == BatchState::Undone { Ok(()) } else { Err(interrupted()) }
}

fn interrupted() -> Failure {
    Failure::new(exit::INTERRUPTED, "interrupted; what was done is kept, and the same command goes on from there")
}

/// Mistakes of a mapping are told a line each, before the one line that every failure is.
fn failure(error: ImportError) -> Failure {
    match error {
        ImportError::Mapping(mistakes) => {
            for mistake in mistakes.to_string().lines() {
                eprintln!("{mistake}");
            }
            Failure::new(exit::FAILED, format!("{} has {} mistakes; nothing was changed", mistakes.file, mistakes.list.len()))
        }
        ImportError::File { .. } => Failure::new(exit::FAILED, error.to_string()),
        ImportError::Core(error) if error.code() == "error-import-stopped" => interrupted(),
        ImportError::Core(error) => Failure::from(error),
    }
}
