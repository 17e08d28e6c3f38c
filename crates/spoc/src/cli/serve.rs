//! `spoc serve`: the desk.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use sessions::actions::set_up;

use super::load;
use crate::config::{Config, ServerFlags};
use crate::exit::{self, Failure};
use crate::folder::{DataFolder, Use};
use crate::wiring::desk::Beside;
use crate::wiring::{migrations, router, seed, server, stop, storage};

/// Run the desk
///
/// Without any setting: on SQLite in ./spoc-data, at http://127.0.0.1:8080.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    settings: ServerFlags,
}

impl Serve {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        let (config, _) = load(file, self.settings.0)?;
        config.check()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new(exit::FAILED, format!("the runtime cannot start: {error}")))?;
        let _inside = runtime.enter();
        serve(&config, &runtime)
    }
}

/// Everything that can fail comes before the first answer, the cheapest first.
fn serve(config: &Config, runtime: &tokio::runtime::Runtime) -> Result<(), Failure> {
    web_kit::server::raise_open_files();
    let folder = DataFolder::open(&config.data, Use::Alone)?;
    let server = server::bind(config, &folder)?;
    let storage = storage::open_in(folder, config, Use::Alone)?;
    migrations::apply(&storage)?;
    let public_url = server::public_url(config, &server)?;
    let stop = stop::on_signal()?;
    let ground = router::ground(config, &storage.db, &storage.folder, public_url.clone(), stop.clone())?;
    seed::deliver(&storage.db, &*ground.clock, &ground.entropy)?;
    let (plan, now) = (ground.backups.clone(), ground.clock.now());
    storage.db.write_reserved_wait("backup.next", move |tx| plan.next(tx, now))?;
    let (desk, router) = router::build(config, &ground)?;
    let beside = Beside::start(&desk, &ground, &stop)?;
    say(&format!("Spoc is ready at {public_url}"));
    if let Some(code) = set_up::offer(&storage.db, &*ground.entropy, ground.clock.now())? {
        say(&format!("Set it up here, once: {}", public_url.link(&set_up::path(&code))));
    }
    if storage.db.read_wait("demo", |rd| settings::get(rd, 0, demo::SHOWN.0, demo::SHOWN.1))?.is_some() {
        say("This is a demo; its log-ins stand on the first page.");
    }
    runtime.block_on(server.serve(router, stop));
    beside.stop();
    tracing::info!("stopped");
    Ok(())
}

/// Says something to whoever started the server; that nobody listens any more is no reason to stop.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
