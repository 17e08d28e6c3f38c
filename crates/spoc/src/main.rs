//! `spoc`: the IT service desk in one binary. Here is only the door; the commands are in [`cli`],
//! the settings in [`config`], and the joining of the crates in [`wiring`].

mod cli;
mod config;
mod doctor;
mod exit;
mod folder;
mod logs;
#[cfg(test)]
mod reference;
mod wiring;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("spoc: {failure}");
            failure.exit.into()
        }
    }
}
