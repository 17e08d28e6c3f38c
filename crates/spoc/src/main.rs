//! `spoc`: the IT service desk in one binary. Here is only the door; the commands are in
//! [`spoc::cli`], the settings in [`spoc::config`], and the joining of the crates in [`spoc::wiring`].

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match spoc::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("spoc: {failure}");
            failure.exit.into()
        }
    }
}
