//! From a file of the store to one that can be imported.

use std::io::Write as _;
use std::path::Path;

use access::{Actor, Verb};
use files::Files;
use futures_util::StreamExt as _;
use kernel::{Error, FileId, Lang, OrganisationId, Result};
use tempfile::TempDir;

use crate::input::Input;
use crate::mapping::FileRule;
use crate::{ImportError, Mapping, RecordMapping, SORTS, TICKETS};

/// Bytes that are looked at to tell how a file is written.
const LOOKED_AT: u64 = 64 * 1024;

/// A copy that lives as long as this.
pub struct Copied {
    folder: TempDir,
    name: &'static str,
}

impl Copied {
    /// Copies a file of the store.
    ///
    /// # Errors
    /// It is gone, or there is no place for a copy.
    pub async fn of(files: &Files, file: FileId, name: &str) -> Result<Self> {
        let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        // Never a name that somebody typed: only its ending says something.
        let name = match ending.as_deref() {
            Some("xlsx") => "table.xlsx",
            Some("gz") => "table.csv.gz",
            _ => "table.csv",
        };
        let copied = Self { folder: tempfile::tempdir().map_err(Error::internal)?, name };
        let mut out = std::fs::File::create(copied.path()).map_err(Error::internal)?;
        let (_, content) = files.get(file).await?;
        let mut content = std::pin::pin!(content);
        while let Some(chunk) = content.next().await {
            out.write_all(&chunk?).map_err(Error::internal)?;
        }
        Ok(copied)
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join(self.name)
    }

    /// Slow: for plain threads.
    ///
    /// # Errors
    /// It is no table.
    pub fn input(&self) -> crate::Result<Input> {
        Input::open(&self.path())
    }

    /// How the file is written: what stands most often between the cells of its first line, and UTF-8 unless it is none.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn rule(&self, input: &Input, lang: Lang) -> crate::Result<FileRule> {
        if input.is_sheet() {
            return Ok(FileRule::default());
        }
        let begin = input.beginning(LOOKED_AT)?;
        let first = begin.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |delimiter: u8| first.iter().filter(|byte| **byte == delimiter).count();
        let delimiter = [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',');
        // A letter may be cut in two at the end of what is looked at.
        let whole = std::str::from_utf8(&begin).map_or_else(|error| error.error_len().is_none(), |_| true);
        let encoding = match (whole, lang) {
            (true, _) => encoding_rs::UTF_8,
            (false, Lang::Ru) => encoding_rs::WINDOWS_1251,
            (false, _) => encoding_rs::WINDOWS_1252,
        };
        Ok(FileRule { delimiter, encoding, ..FileRule::default() })
    }
}

/// How the file of an intake is understood.
#[derive(Debug, Clone)]
pub enum Meant {
    Tickets(Box<Mapping>),
    Records(Box<RecordMapping>),
}

impl Meant {
    pub fn file(&self) -> &FileRule {
        match self {
            Meant::Tickets(mapping) => &mapping.file,
            Meant::Records(mapping) => &mapping.file,
        }
    }
    /// What its rows are, as an intake says it.
    pub fn records(&self) -> &'static str {
        match self {
            Meant::Tickets(_) => TICKETS,
            Meant::Records(mapping) => SORTS.iter().find(|(_, sort)| *sort == mapping.sort).map_or("", |(word, _)| word),
        }
    }
    pub fn source(&self) -> &str {
        match self {
            Meant::Tickets(mapping) => &mapping.source,
            Meant::Records(mapping) => &mapping.source,
        }
    }
    /// That somebody may import by it: states are added by those who administer them.
    ///
    /// # Errors
    /// It adds states, and the actor may not.
    pub fn allowed(&self, actor: &Actor, tenant: OrganisationId) -> Result<()> {
        match self {
            Meant::Tickets(mapping) if !mapping.states.is_empty() && !actor.may(Verb::SettingsEdit, tenant) => {
                Err(Error::invalid("mapping", "error-import-new-states"))
            }
            _ => Ok(()),
        }
    }
}

/// The mapping of an intake.
///
/// # Errors
/// What is wrong with it. It names no tenant: that was chosen with the file.
pub fn mapping(text: &str) -> Result<Meant> {
    let wrong = |what: String| Error::invalid("mapping", "error-import-mapping").field_arg("mistakes", what);
    let (meant, tenant) = if RecordMapping::is_meant(text) {
        let mapping = RecordMapping::read("mapping", text).map_err(|mistakes| wrong(mistakes.to_string()))?;
        let tenant = mapping.tenant.is_some();
        (Meant::Records(Box::new(mapping)), tenant)
    } else {
        let mapping = Mapping::read("mapping", text).map_err(|mistakes| wrong(mistakes.to_string()))?;
        let tenant = mapping.tenant.is_some();
        (Meant::Tickets(Box::new(mapping)), tenant)
    };
    if tenant { Err(wrong("[tenant]".to_owned())) } else { Ok(meant) }
}

/// What keeps a file from being imported, as an error of its field.
pub fn field_error(error: ImportError) -> Error {
    match error {
        ImportError::Core(error) => error,
        ImportError::Mapping(mistakes) => Error::invalid("mapping", "error-import-mapping").field_arg("mistakes", mistakes.to_string()),
        ImportError::File { message, .. } => Error::invalid("file", "error-import-file").field_arg("cause", message),
    }
}
