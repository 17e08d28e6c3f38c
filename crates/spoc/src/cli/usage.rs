//! The command line, and its mistakes in one line.

use clap::Parser as _;
use clap::error::ErrorKind;

use super::Cli;
use crate::exit::{self, Failure};

/// Reads the command line; nothing when help or the version was asked for and printed.
///
/// # Errors
/// The command line is not understood.
pub fn parse() -> Result<Option<Cli>, Failure> {
    match Cli::try_parse() {
        Ok(cli) => Ok(Some(cli)),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            // A closed pipe is the reader's choice.
            let _ = error.print();
            Ok(None)
        }
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Err(Failure::new(exit::CONFIGURATION, "no command is given; `spoc help` lists them"))
        }
        Err(error) => Err(Failure::new(exit::CONFIGURATION, one_line(&error.render().to_string()))),
    }
}

/// The message and the tip of what clap says over several lines.
fn one_line(text: &str) -> String {
    let mut kept = Vec::new();
    for paragraph in text.split("\n\n") {
        let paragraph = paragraph.trim();
        if paragraph.starts_with("Usage:") || paragraph.starts_with("For more information") {
            continue;
        }
        let lines = paragraph.lines().map(|line| line.trim().trim_start_matches("error: ").trim_start_matches("tip: "));
        kept.push(lines.collect::<Vec<_>>().join(" "));
    }
    kept.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_one_line_with_its_tip() {
        let error = Cli::try_parse_from(["spoc", "migrate", "--dta", "x"]).expect_err("no such flag");
        assert_eq!(one_line(&error.render().to_string()), "unexpected argument '--dta' found; a similar argument exists: '--data'");
    }

    #[test]
    fn the_commands_are_well_formed() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }
}
