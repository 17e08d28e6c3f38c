//! Rows of a CSV file, in the encoding that the mapping names.

use std::collections::HashMap;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use csv::ByteRecord;
use encoding_rs::Encoding;

use super::Input;
use crate::error::{ImportError, Result};
use crate::mapping::FileRule;
use crate::refusal::Reason;

/// The columns of a file by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Columns {
    fn of(names: Vec<String>) -> Self {
        let places = names.iter().enumerate().map(|(place, name)| (name.clone(), place)).collect();
        Self { names, places }
    }
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// A row that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it begins.
    pub line: u64,
    pub cells: Vec<String>,
}

/// A row with the names of its cells.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    pub columns: &'a Columns,
    pub row: &'a Row,
}

impl<'a> Record<'a> {
    /// A cell without the blanks around it; empty when there is no such column.
    pub fn get(&self, column: &str) -> &'a str {
        let cell = self.columns.places.get(column).and_then(|place| self.row.cells.get(*place));
        cell.map_or("", |cell| cell.trim())
    }
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadRow {
    pub line: u64,
    pub reason: Reason,
    pub detail: String,
    /// As far as it could be read.
    pub cells: Vec<String>,
}

/// The rows of a file, one after the other.
pub(crate) struct Rows {
    reader: csv::Reader<Box<dyn Read>>,
    encoding: &'static Encoding,
    record: ByteRecord,
    path: PathBuf,
    /// Rows of a spreadsheet are named by their number, and the empty ones are none.
    is_sheet: bool,
    pub columns: Arc<Columns>,
}

impl Rows {
    /// # Errors
    /// The file cannot be read, or its header is no header.
    pub fn open(input: &Input, rule: &FileRule) -> Result<Self> {
        let is_sheet = input.is_sheet();
        let (delimiter, encoding) = if is_sheet { (b',', encoding_rs::UTF_8) } else { (rule.delimiter, rule.encoding) };
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(input.reader()?);
        let header = reader.byte_headers().map_err(|e| ImportError::file(&input.path, e))?;
        let names: Option<Vec<String>> = header.iter().map(|cell| decoded(encoding, cell).map(|name| name.trim().to_owned())).collect();
        let names = names.ok_or_else(|| ImportError::file(&input.path, format!("the header is not {}", encoding.name())))?;
        if names.iter().all(String::is_empty) {
            return Err(ImportError::file(&input.path, "the first line names no columns"));
        }
        let columns = Columns::of(names);
        if columns.places.len() < columns.names.len() {
            return Err(ImportError::file(&input.path, "two columns have the same name"));
        }
        Ok(Self { reader, encoding, record: ByteRecord::new(), path: input.path.clone(), is_sheet, columns: Arc::new(columns) })
    }

    /// The next row, if there is one.
    ///
    /// # Errors
    /// The file cannot be read any further.
    pub fn next(&mut self) -> Result<Option<Result<Row, BadRow>>> {
        loop {
            if !self.reader.read_byte_record(&mut self.record).map_err(|e| ImportError::file(&self.path, e))? {
                return Ok(None);
            }
            if !self.is_sheet || self.record.iter().any(|cell| !cell.is_empty()) {
                break;
            }
        }
        let place = self.record.position();
        let line = if self.is_sheet { place.map_or(0, |place| place.record() + 1) } else { place.map_or(0, csv::Position::line) };
        let bad = |reason, detail: String| {
            let cells = self.record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            BadRow { line, reason, detail, cells }
        };
        let cells: Option<Vec<String>> = self.record.iter().map(|cell| decoded(self.encoding, cell)).collect();
        Ok(Some(match cells {
            None => Err(bad(Reason::Encoding, self.encoding.name().to_owned())),
            Some(cells) if cells.len() != self.columns.names.len() => Err(bad(Reason::Cells, cells.len().to_string())),
            Some(cells) => Ok(Row { line, cells }),
        }))
    }
}

/// The text of a cell; NUL has no place in a database.
fn decoded(encoding: &'static Encoding, cell: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(cell)?;
    Some(if text.contains('\0') { text.replace('\0', "") } else { text.into_owned() })
}
