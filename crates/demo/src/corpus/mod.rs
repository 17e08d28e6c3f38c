//! The words: scenarios, common phrases, names and the shape of the company, read from `data/`.

mod common;
mod files;
mod outage;
mod scenario;
pub(crate) mod text;

#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use common::{Common, Phrases};
pub(crate) use outage::Outage;
pub(crate) use scenario::{Audience, Fix, Peak, Scenario, Story, Words};

use crate::company::shape::Shape;

/// A data file of this crate that does not read as what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusError {
    /// The file below `data/`.
    pub file: String,
    pub cause: String,
}

impl fmt::Display for CorpusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "demo data {}: {}", self.file, self.cause)
    }
}

impl std::error::Error for CorpusError {}

pub(crate) struct Corpus {
    pub shape: Shape,
    pub common: Common,
    pub scenarios: Vec<Scenario>,
    pub outages: Vec<Outage>,
}

impl Corpus {
    pub(crate) fn read() -> Result<Self, CorpusError> {
        let mut scenarios = Vec::with_capacity(files::SCENARIOS.len());
        for (key, text) in files::SCENARIOS {
            let mut scenario: Scenario = read(&format!("scenario/{key}.toml"), text)?;
            scenario.key = (*key).to_owned();
            scenarios.push(scenario);
        }
        Ok(Self {
            shape: Shape::read()?,
            common: read("common.toml", files::COMMON)?,
            scenarios,
            outages: read::<outage::Outages>("outages.toml", files::OUTAGES)?.outage,
        })
    }

    /// A scenario that another data file names.
    pub(crate) fn scenario(&self, key: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|s| s.key == key)
    }
}

/// Reads one file; the error names it.
pub(crate) fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, CorpusError> {
    toml::from_str(text).map_err(|e| CorpusError { file: file.to_owned(), cause: e.to_string() })
}
