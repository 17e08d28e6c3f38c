//! Why an import cannot go on.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::mapping::Mistakes;

/// What ends an import as a whole; a row that does not fit only ends as a refusal.
#[derive(Debug)]
pub enum ImportError {
    /// The mapping is wrong or does not fit the file or the desk.
    Mapping(Mistakes),
    /// The file cannot be read.
    File {
        path: PathBuf,
        message: String,
    },
    Core(kernel::Error),
}

pub type Result<T, E = ImportError> = std::result::Result<T, E>;

impl ImportError {
    pub(crate) fn file(path: &Path, cause: impl fmt::Display) -> Self {
        Self::File { path: path.to_owned(), message: cause.to_string() }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportError::Mapping(mistakes) => mistakes.fmt(f),
            ImportError::File { path, message } => write!(f, "{}: {message}", path.display()),
            ImportError::Core(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<Mistakes> for ImportError {
    fn from(mistakes: Mistakes) -> Self {
        Self::Mapping(mistakes)
    }
}
impl From<kernel::Error> for ImportError {
    fn from(error: kernel::Error) -> Self {
        Self::Core(error)
    }
}
