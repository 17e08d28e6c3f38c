//! The settings of one installation: one table ([`settings`]), four sources. A flag wins over the
//! environment, the environment over `spoc.toml`, the file over the default.
//!
//! Nothing starts on a configuration that is not understood whole: an unknown name or a bad value is
//! one line that says where it stands and what would be right. Secrets are never part of that line.

mod environment;
mod error;
mod file;
mod flags;
mod permissions;
#[cfg(test)]
mod reference;
mod resolve;
mod rules;
mod settings;
mod table;
mod values;

use std::ffi::OsString;
use std::path::PathBuf;

pub use error::ConfigError;
pub use flags::{ServerFlags, StorageFlags};
pub use resolve::Resolved;
pub use settings::Config;
pub use table::{Scope, Setting};
pub use values::LogFormat;

/// The file that is read when nothing else is named.
pub const FILE: &str = "spoc.toml";

/// What a process was started with.
pub struct Sources {
    /// `--config`, if given.
    pub file: Option<PathBuf>,
    /// Settings given as flags, by key.
    pub flags: Vec<(&'static Setting, String)>,
    pub environment: Vec<(OsString, OsString)>,
}

impl Sources {
    /// The flags of this process with the environment it was started in.
    pub fn of_process(file: Option<PathBuf>, flags: Vec<(&'static Setting, String)>) -> Self {
        Self { file, flags, environment: std::env::vars_os().collect() }
    }
}

/// Merges the sources and reads every setting; the second part says where each came from.
///
/// # Errors
/// See [`ConfigError`].
pub fn load(sources: &Sources) -> Result<(Config, Resolved), ConfigError> {
    let resolved = resolve::resolve(sources)?;
    let config = Config::read(&resolved)?;
    Ok((config, resolved))
}
