//! How a process ends: one line for a person and one number for a script.

use std::fmt;
use std::process::ExitCode;

use db::{Fault, OpenError};
use web_kit::server::BindError;

use crate::config::ConfigError;

/// A way to end; the page `docs/reference/exit-codes.md` is made from [`ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    pub code: u8,
    pub meaning: &'static str,
    pub what_to_do: &'static str,
}

macro_rules! exits {
    ($($name:ident = $code:literal, $meaning:literal, $what:literal;)*) => {
        $(pub const $name: Exit = Exit { code: $code, meaning: $meaning, what_to_do: $what };)*
        /// Every way to end with a failure.
        #[cfg(test)]
        const ALL: &[Exit] = &[$($name),*];
    };
}

exits! {
    FAILED = 1, "The command could not do what it was asked to.", "The line on standard error says why.";
    CONFIGURATION = 2, "The command line or the configuration is not understood.", "Correct the place that the line names; `spoc check-config` tries it without starting anything.";
    IN_USE = 3, "Another process works in the same data folder.", "Stop it first, or choose another folder with `--data`.";
    VERSION = 4, "The database and this program do not fit: it was written by a newer or a changed version, or the database engine is too old or known to lose data.", "Install the version that the line names, or restore a backup from before the upgrade.";
    DAMAGED = 5, "The database is damaged. Nothing was changed.", "Keep a copy of the folder, then restore the newest backup with `spoc restore`.";
    FOREIGN = 6, "The database belongs to another program.", "Choose another folder with `--data` or another database.";
    FOLDER = 7, "The data folder cannot be used: it is read-only, belongs to somebody else or is on a network file system.", "Give the user of the service the right to write there, or choose a local folder with `--data`.";
    ADDRESS = 8, "The address cannot be listened on: it is in use, not of this machine, or needs more rights.", "Stop the other program or choose another address with `--listen`.";
    DATABASE = 9, "The PostgreSQL server cannot be reached or does not let the desk in.", "Check the server, and the address, user and password in `database_url`.";
    MIGRATION = 10, "A migration failed and was rolled back.", "Read the line, correct the cause and start again; the backup made before it is in the data folder.";
    FINDINGS = 11, "`spoc doctor` found something that needs attention.", "Read its report.";
    DISK = 74, "The disk failed or is full: nothing after the last acknowledged write was stored.", "Check the disk and its space before starting again.";
    INTERRUPTED = 75, "The work was interrupted; what was done so far is kept.", "Run the same command again: it goes on where it stopped.";
}

/// Why a command ends.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    message: String,
}

impl Failure {
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into() }
    }
}

impl fmt::Display for Failure {
    /// One line, whatever the cause put into it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(CONFIGURATION, error.to_string())
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        let exit = match &error {
            OpenError::BadSqlite(_) | OpenError::OldPostgres(_) | OpenError::TooNew { .. } | OpenError::Changed { .. } => VERSION,
            OpenError::Damaged { .. } => DAMAGED,
            OpenError::Foreign { .. } => FOREIGN,
            OpenError::NoAccess { .. } | OpenError::Missing { .. } => FOLDER,
            OpenError::Locked { .. } => IN_USE,
            OpenError::BadUrl(_) => CONFIGURATION,
            OpenError::Migration { .. } => MIGRATION,
            OpenError::Failed(fault) => of_fault(fault),
        };
        Self::new(exit, error.to_string())
    }
}

impl From<BindError> for Failure {
    fn from(error: BindError) -> Self {
        let exit = match &error {
            BindError::NotEncrypted(_) | BindError::Nowhere => CONFIGURATION,
            BindError::Busy(_) | BindError::NotPermitted(_) | BindError::NotHere(_) | BindError::Other(..) => ADDRESS,
        };
        Self::new(exit, error.to_string())
    }
}

fn of_fault(fault: &Fault) -> Exit {
    match fault {
        Fault::Io(_) | Fault::DiskFull => DISK,
        Fault::Unavailable(_) => DATABASE,
        _ => FAILED,
    }
}

impl From<kernel::Error> for Failure {
    /// The sentence for people, and for our own faults the cause, which the operator is reading.
    fn from(error: kernel::Error) -> Self {
        let sentence = i18n::T::utc(kernel::Lang::En).error(&error);
        let exit = db::fault(&error).map_or(FAILED, of_fault);
        match error.private_cause() {
            Some(cause) => Self::new(exit, format!("{sentence} ({cause})")),
            None => Self::new(exit, sentence),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_reference_page_is_made_from_the_table() {
        let mut page =
            "# Exit codes\n\n<!-- Made from the table in crates/spoc/src/exit.rs by `make reference`; edit that. -->\n\n".to_owned();
        page.push_str("Every failure of `spoc` is one line on standard error and one of these codes. 0 is success.\n\n");
        page.push_str("| code | meaning | what to do |\n|---|---|---|\n");
        for exit in ALL {
            let _ = writeln!(page, "| {} | {} | {} |", exit.code, exit.meaning, exit.what_to_do);
        }
        crate::reference::hold(Path::new("docs/reference/exit-codes.md"), &page);
    }

    #[test]
    fn every_code_is_its_own() {
        let mut codes: Vec<u8> = ALL.iter().map(|exit| exit.code).collect();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
    }
}
