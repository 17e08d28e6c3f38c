//! `spoc demo`: a believable company to look around in.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use demo::{Loaded, Size, Stage};
use kernel::{Clock as _, Entropy, Lang, SystemClock, SystemEntropy, Time};
use sessions::password::{Cost, Password, hash_now};

use super::load;
use super::progress::Bar;
use crate::config::ServerFlags;
use crate::exit::{self, Failure};
use crate::wiring::storage::{self, Storage};
use crate::wiring::{migrations, seed};

/// Fill an empty desk with a made-up company, its people and a year of their tickets
///
/// The same seed and moment make the same company. The log-ins are printed and shown on the first page:
/// never let strangers reach a demo.
#[derive(Debug, Args)]
pub struct Demo {
    /// What the company is made from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// People, at least 60
    #[arg(long, default_value_t = Size::FULL.people, value_parser = clap::value_parser!(u32).range(60..=20_000))]
    people: u32,
    /// Tickets, more or less
    #[arg(long, default_value_t = Size::FULL.tickets, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    tickets: u32,
    /// The language of teams, services and places: en, es or ru; conversations are in all three
    #[arg(long, default_value = "en", value_parser = language)]
    lang: Lang,
    /// The moment at which the year ends, such as 2026-11-22T12:00:00Z [default: now]
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    until: Option<Time>,
    #[command(flatten)]
    settings: ServerFlags,
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::from_tag(text).ok_or_else(|| "one of en, es, ru".to_owned())
}

fn moment(text: &str) -> Result<Time, String> {
    Time::from_rfc3339(text).map_err(|error| error.to_string())
}

impl Demo {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        let (config, _) = load(file, self.settings.0)?;
        let storage = storage::open(&config, crate::folder::Use::Alone)?;
        migrations::apply(&storage)?;
        let size = Size { people: self.people, tickets: self.tickets };
        let plan = demo::plan(self.seed, self.until.unwrap_or_else(|| SystemClock.now()), size, self.lang)
            .map_err(|error| Failure::new(exit::FAILED, error.to_string()))?;
        let loaded = fill(&storage, plan)?;
        println!("{} people and {} tickets. Sign in as:", loaded.people, loaded.tickets);
        for shown in &loaded.log_ins {
            println!("  {:<16} {:<32} {:<20} {}, {}", shown.role, shown.login, shown.password, shown.name, shown.title);
        }
        Ok(())
    }
}

fn fill(storage: &Storage, plan: demo::Plan) -> Result<Loaded, Failure> {
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    seed::deliver(&storage.db, &SystemClock, &entropy)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(exit::FAILED, format!("the runtime cannot start: {error}")))?;
    let mut bar = Bar::new();
    let hash = |password: &str| hash_now(Cost::STRONG, &Password::typed(password), &*entropy);
    let loading = demo::load(&storage.db, Arc::new(plan), hash, |progress| {
        let stage = match progress.stage {
            Stage::People => "people",
            Stage::Tickets => "tickets",
            Stage::Links => "links between tickets",
        };
        bar.at(stage, progress.done as u64, progress.total as u64);
    });
    Ok(runtime.block_on(loading)?)
}
