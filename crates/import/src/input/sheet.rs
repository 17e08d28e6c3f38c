//! A sheet of an XLSX file as rows of CSV: read cell by cell once, then as every other file.

use std::io::{BufReader, BufWriter, Read as _, Write};
use std::path::Path;

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, open_workbook};
use tempfile::NamedTempFile;

use crate::error::{ImportError, Result};

/// Bytes of a file at most.
const BYTES: u64 = 256 * 1024 * 1024;
/// Bytes of all its parts when they are unpacked, at most.
const UNPACKED: u64 = 2 * 1024 * 1024 * 1024;
/// The same of every part but sheets: words and styles are held in memory as a whole.
const HELD: u64 = 128 * 1024 * 1024;
/// Cells of a row at most.
const COLUMNS: usize = 1000;
/// Rows of a sheet at most, as the format has it.
const ROWS: u32 = 1_048_576;

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
    bounded(path)?;
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
        if row >= ROWS {
            return Err(wrong(&format!("the sheet has a cell in row {}, and no sheet has more than {ROWS}", u64::from(row) + 1)));
        }
        if row < out.at {
            return Err(wrong(&format!("the rows of the sheet are not in order: {} after {}", row + 1, out.at + 1)));
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

/// Refuses a file that would not fit when it is unpacked. What it says of its sizes is not believed.
fn bounded(path: &Path) -> Result<()> {
    let wrong = |cause: &dyn std::fmt::Display| ImportError::file(path, cause);
    let large = || wrong(&"the file is too large when it is unpacked; save it as CSV");
    let file = std::fs::File::open(path).map_err(|e| wrong(&e))?;
    let mut parts = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| wrong(&e))?;
    let mut left = UNPACKED;
    for index in 0..parts.len() {
        let part = parts.by_index(index).map_err(|e| wrong(&e))?;
        let sheet = part.name().is_ok_and(|name| name.starts_with("xl/worksheets/"));
        let most = if sheet { left } else { left.min(HELD) };
        let bytes = std::io::copy(&mut part.take(most + 1), &mut std::io::sink()).map_err(|e| wrong(&e))?;
        if bytes > most {
            return Err(large());
        }
        left -= bytes;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A workbook whose first sheet has these rows, and whose table of words is as large as said.
    fn book(rows: &str, words: u64) -> NamedTempFile {
        let file = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
        let mut zip = zip::ZipWriter::new(file.reopen().unwrap());
        let parts = [
            ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".to_owned()),
            ("xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>".to_owned()),
            ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>".to_owned()),
            ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>")),
        ];
        for (name, text) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">").unwrap();
        std::io::copy(&mut std::io::repeat(b' ').take(words), &mut zip).unwrap();
        zip.write_all(b"</sst>").unwrap();
        zip.finish().unwrap();
        file
    }

    fn said(rows: &str, words: u64) -> String {
        let file = book(rows, words);
        let bytes = file.path().metadata().unwrap().len();
        assert!(bytes < 1024 * 1024, "{bytes} bytes");
        match table(file.path(), bytes) {
            Ok(table) => std::fs::read_to_string(table.path()).unwrap(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_small_file_does_not_become_a_large_one() {
        assert_eq!(said("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>2</v></c></row>", 1), "1\n\"\"\n2\n");
        assert!(said("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", HELD + 1).contains("too large"));
        let far = said("<row r=\"1\"><c r=\"A4000000000\"><v>1</v></c></row>", 1);
        assert!(far.contains("4000000000"), "{far}");
        let mixed = said("<row r=\"5\"><c r=\"A5\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>", 1);
        assert!(mixed.contains("not in order"), "{mixed}");
    }
}
