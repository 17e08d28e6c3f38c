//! What is wrong with a configuration, in one line.

use std::fmt;
use std::path::PathBuf;

/// Where a setting was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Default,
    /// A line of the configuration file, from 1.
    Line(PathBuf, usize),
    /// The configuration file as a whole.
    File(PathBuf),
    Environment(String),
    Flag(String),
    /// The rules between settings.
    Together,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Default => f.write_str("default"),
            Place::Line(file, line) => write!(f, "{}:{line}", file.display()),
            Place::File(file) => write!(f, "{}", file.display()),
            Place::Environment(name) | Place::Flag(name) => f.write_str(name),
            Place::Together => f.write_str("configuration"),
        }
    }
}

/// A configuration that cannot be used. Ends the process with [`crate::exit::CONFIGURATION`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    pub place: Place,
    pub message: String,
}

impl ConfigError {
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A value may hold line breaks; the message stays one line.
        let text = format!("{}: {}", self.place, self.message);
        f.write_str(&text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl std::error::Error for ConfigError {}

/// "; did you mean X?" for the known name nearest to `typed`, or nothing.
pub fn proposal<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match query::nearest(typed, known).first() {
        Some(name) => format!("; did you mean {name}?"),
        None => String::new(),
    }
}
