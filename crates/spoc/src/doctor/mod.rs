//! What `spoc doctor` looks at. Every check only reads, and may run beside the server.

mod chain;
mod data;
mod disk;
mod store;
mod work;

use crate::exit::Failure;
use crate::wiring::storage::Storage;

/// What a check saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub good: bool,
    pub text: String,
}

impl Finding {
    fn good(text: impl Into<String>) -> Self {
        Self { good: true, text: text.into() }
    }
    fn bad(text: impl Into<String>) -> Self {
        Self { good: false, text: text.into() }
    }
    fn of(good: bool, text: impl Into<String>) -> Self {
        Self { good, text: text.into() }
    }
}

/// How deep to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Seconds, whatever the size.
    Quick,
    /// Every page and every reference of the database, and every link of the audit chain.
    Full,
}

/// Every finding, in the order of the report.
///
/// # Errors
/// The database does not answer.
pub fn look(storage: &Storage, depth: Depth) -> Result<Vec<Finding>, Failure> {
    let mut found = data::look(storage, depth)?;
    found.extend(work::look(storage)?);
    found.extend(chain::look(storage, depth)?);
    found.extend(disk::look(storage));
    Ok(found)
}
