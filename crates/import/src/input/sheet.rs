//! A sheet of an XLSX file as rows of CSV: read cell by cell once, then as every other file.

use std::io::{BufWriter, Write};
use std::path::Path;

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, open_workbook};
use tempfile::NamedTempFile;

use crate::error::{ImportError, Result};

/// Bytes of a file at most: its table of words is held in memory.
const BYTES: u64 = 256 * 1024 * 1024;
/// Cells of a row at most.
const COLUMNS: usize = 1000;

/// Whether a name is that of such a file.
pub fn is_sheet(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// The first sheet as CSV, a record for each of its rows, the empty ones too.
pub fn table(path: &Path, bytes: u64) -> Result<NamedTempFile> {
    let wrong = |cause: &dyn std::fmt::Display| ImportError::file(path, cause);
    if bytes > BYTES {
        return Err(wrong(&"the file is too large for a spreadsheet; save it as CSV"));
    }
    let mut book: Xlsx<_> = open_workbook(path).map_err(|e: calamine::XlsxError| wrong(&e))?;
    let name = book.sheet_names().first().cloned().ok_or_else(|| wrong(&"the file has no sheet"))?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|e| wrong(&e))?;
    let file = NamedTempFile::new().map_err(|e| wrong(&e))?;
    let mut out =
        Out { csv: csv::WriterBuilder::new().flexible(true).from_writer(BufWriter::new(file.as_file())), row: Vec::new(), at: 0, width: 0 };
    while let Some(cell) = cells.next_cell().map_err(|e| wrong(&e))? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMNS {
            return Err(wrong(&format!("the sheet has more than {COLUMNS} columns")));
        }
        out.move_to(row).map_err(|e| wrong(&e))?;
        if out.row.len() <= column {
            out.row.resize(column + 1, String::new());
        }
        out.row[column] = text;
    }
    out.end().map_err(|e| wrong(&e))?;
    Ok(file)
}

/// Rows on their way out; each is as wide as the first.
struct Out<W: Write> {
    csv: csv::Writer<W>,
    row: Vec<String>,
    /// The row that is being filled, from 0.
    at: u32,
    width: usize,
}

impl<W: Write> Out<W> {
    fn move_to(&mut self, row: u32) -> csv::Result<()> {
        while self.at < row {
            self.write()?;
            self.at += 1;
        }
        Ok(())
    }
    fn write(&mut self) -> csv::Result<()> {
        if self.width == 0 {
            self.width = self.row.len().max(1);
        }
        if self.row.len() < self.width {
            self.row.resize(self.width, String::new());
        }
        self.csv.write_record(&self.row)?;
        self.row.clear();
        Ok(())
    }
    fn end(mut self) -> csv::Result<()> {
        if !self.row.is_empty() {
            self.write()?;
        }
        Ok(self.csv.flush()?)
    }
}

/// A cell as a CSV file would have it.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::Int(number) => number.to_string(),
        // Whole numbers print without a point.
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(when) => moment(when),
        DataRef::Error(error) => error.to_string(),
    }
}

fn moment(when: &ExcelDateTime) -> String {
    if when.is_duration() {
        return when.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}
