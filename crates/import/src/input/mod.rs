//! The file: bytes to rows, rows to cases.

mod cases;
mod rows;
mod sheet;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::error::{ImportError, Result};

pub(crate) use cases::{CaseRows, Cases, Counts, Item};
pub(crate) use rows::{BadRow, Rows};
pub use rows::{Columns, Record, Row};

/// A file to import; read several times, never held in memory as a whole.
#[derive(Debug, Clone)]
pub struct Input {
    path: PathBuf,
    name: String,
    /// The rows of a spreadsheet as CSV.
    table: Option<Arc<NamedTempFile>>,
    pub sha256: String,
    pub bytes: u64,
}

impl Input {
    /// Looks at the file once, for its digest. A name that ends in `.gz` says that it is compressed, one in
    /// `.xlsx` that its first sheet is meant.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path).map_err(|e| ImportError::file(path, e))?;
        let mut digest = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        let mut bytes = 0;
        loop {
            let read = file.read(&mut buffer).map_err(|e| ImportError::file(path, e))?;
            if read == 0 {
                break;
            }
            bytes += read as u64;
            digest.update(&buffer[..read]);
        }
        let table = if sheet::is_sheet(path) { Some(Arc::new(sheet::table(path, bytes)?)) } else { None };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { path: path.to_owned(), name, table, sha256: hex(&digest.finalize()), bytes })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name without its folder.
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// The same under the name that it had where it came from.
    #[must_use]
    pub fn called(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// Its first bytes, unpacked.
    pub(crate) fn beginning(&self, bytes: u64) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        self.reader()?.take(bytes).read_to_end(&mut out).map_err(|e| ImportError::file(&self.path, e))?;
        Ok(out)
    }

    /// Whether it is a spreadsheet.
    pub fn is_sheet(&self) -> bool {
        self.table.is_some()
    }

    fn reader(&self) -> Result<Box<dyn Read>> {
        if let Some(table) = &self.table {
            return Ok(Box::new(BufReader::new(table.reopen().map_err(|e| ImportError::file(&self.path, e))?)));
        }
        let file = BufReader::new(File::open(&self.path).map_err(|e| ImportError::file(&self.path, e))?);
        let packed = self.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
        Ok(if packed { Box::new(flate2::read::MultiGzDecoder::new(file)) } else { Box::new(file) })
    }
}

pub(crate) fn sha256_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
