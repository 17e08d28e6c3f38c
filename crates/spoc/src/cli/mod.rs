//! The commands, one file each. A command reads its flags and the configuration, calls the library
//! that does the work, and says in a few lines what happened.

mod check_config;
mod completions;
mod doctor;
mod migrate;
mod serve;
mod usage;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::config::{self, Config, Resolved, Setting, Sources};
use crate::exit::Failure;
use crate::logs;

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
    Migrate(migrate::Migrate),
    Doctor(doctor::Doctor),
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
        Command::Migrate(command) => command.run(file),
        Command::Doctor(command) => command.run(file),
        Command::CheckConfig(command) => command.run(file),
        Command::Completions(command) => command.run(),
    }
}

/// The configuration of a command, with logging started as it says.
fn load(file: Option<PathBuf>, flags: Vec<(&'static Setting, String)>) -> Result<(Config, Resolved), Failure> {
    let (config, resolved) = config::load(&Sources::of_process(file, flags))?;
    logs::start(&config);
    Ok((config, resolved))
}
