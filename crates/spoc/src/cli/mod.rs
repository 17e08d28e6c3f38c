//! The commands, one file each. A command reads its flags and the configuration, calls the library
//! that does the work, and says in a few lines what happened.

mod audit;
mod backup;
mod check_config;
mod completions;
mod demo;
mod doctor;
mod import;
mod migrate;
mod openapi;
pub(crate) mod progress;
mod reindex;
mod restore;
mod serve;
mod usage;
mod user;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use tokio_util::sync::CancellationToken;

use crate::config::{self, Config, Resolved, Setting, Sources};
use crate::exit::Failure;
use crate::logs;
use crate::wiring::stop;

/// The IT service desk in one binary. Without any configuration, `spoc serve` starts a desk in the
/// current folder.
#[derive(Debug, Parser)]
#[command(name = "spoc", version, arg_required_else_help = true)]
pub struct Cli {
    /// The configuration file [default: spoc.toml in the current folder, if there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Demo(demo::Demo),
    Migrate(migrate::Migrate),
    User(user::User),
    Import(import::Import),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Doctor(doctor::Doctor),
    Reindex(reindex::Reindex),
    Audit(audit::Audit),
    #[command(name = "openapi")]
    OpenApi(openapi::OpenApi),
    CheckConfig(check_config::CheckConfig),
    Completions(completions::Completions),
}

/// Runs the command that this process was started with.
///
/// # Errors
/// What the command could not do.
pub fn run() -> Result<(), Failure> {
    let Some(cli) = usage::parse()? else { return Ok(()) };
    let file = cli.config;
    match cli.command {
        Command::Serve(command) => command.run(file),
        Command::Demo(command) => command.run(file),
        Command::Migrate(command) => command.run(file),
        Command::User(command) => command.run(file),
        Command::Import(command) => command.run(file),
        Command::Backup(command) => command.run(file),
        Command::Restore(command) => command.run(file),
        Command::Doctor(command) => command.run(file),
        Command::Reindex(command) => command.run(file),
        Command::Audit(command) => command.run(file),
        Command::CheckConfig(command) => command.run(file),
        Command::OpenApi(command) => command.run(),
        Command::Completions(command) => command.run(),
    }
}

/// The configuration of a command, with logging started as it says.
fn load(file: Option<PathBuf>, flags: Vec<(&'static Setting, String)>) -> Result<(Config, Resolved), Failure> {
    let (config, resolved) = config::load(&Sources::of_process(file, flags))?;
    logs::start(&config);
    Ok((config, resolved))
}

/// Runs long work that looks at a token, which the first Ctrl-C cancels.
fn interruptible<T>(work: impl FnOnce(&CancellationToken) -> Result<T, Failure>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(kernel::Error::internal)?;
    let stop = {
        let _inside = runtime.enter();
        stop::on_signal()?
    };
    work(&stop)
}
