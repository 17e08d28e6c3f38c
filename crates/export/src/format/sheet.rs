//! XLSX: text typed as text, numbers and moments as what they are. Rows go to a file as they come; a sheet
//! holds no more of them in memory than the last one.

use std::io::{Seek as _, SeekFrom};

use jiff::{Timestamp, tz::TimeZone};
use kernel::{Result, Time};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{Reader, broken};
use crate::cell::{Cell, Column, sentence};

/// Rows that a spreadsheet can hold, its head among them.
const ROWS: u32 = 1_048_576;
/// Letters that a cell can hold, as spreadsheets count them.
const LETTERS: usize = 32_767;
/// Days between the first day of spreadsheets and 1 January 1970.
const EPOCH: f64 = 25_569.0;

pub struct Sheet {
    reader: Reader,
    name: String,
    heads: Vec<String>,
    book: Workbook,
    sheet: usize,
    /// The row that comes next.
    row: u32,
    bold: Format,
    moment: Format,
}

impl Sheet {
    pub fn new(reader: Reader, name: &str, columns: &[Column]) -> Result<Self> {
        let heads = columns.iter().map(|c| if reader.machine { c.key.clone().into_owned() } else { c.head(&reader.t) }).collect();
        let mut sheet = Self {
            reader,
            name: name.to_owned(),
            heads,
            book: Workbook::new(),
            sheet: 0,
            row: 0,
            bold: Format::new().set_bold(),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        };
        sheet.begin().map_err(broken)?;
        Ok(sheet)
    }

    /// A further sheet with its head.
    fn begin(&mut self) -> Result<(), XlsxError> {
        let number = self.book.worksheets().len();
        let name = if number == 0 { self.name.clone() } else { format!("{} {}", self.name, number + 1) };
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, head) in (0_u16..).zip(&self.heads) {
            sheet.set_column_width(column, if column == 0 { 14 } else { 22 })?;
            sheet.write_string_with_format(0, column, cut(head), &self.bold)?;
        }
        (self.sheet, self.row) = (number, 1);
        Ok(())
    }

    pub fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<()> {
        for row in rows {
            if self.row >= ROWS {
                self.begin().map_err(broken)?;
            }
            self.put(row).map_err(broken)?;
            self.row += 1;
        }
        Ok(())
    }

    fn put(&mut self, row: &[Cell]) -> Result<(), XlsxError> {
        let (at, machine, zone) = (self.row, self.reader.machine, self.reader.t.zone().clone());
        let moment = &self.moment;
        let sheet = self.book.worksheet_from_index(self.sheet)?;
        let text = |sheet: &mut Worksheet, column, text: &str| sheet.write_string(at, column, cut(text)).map(drop);
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Empty => {}
                Cell::Text(typed) | Cell::Named { name: typed, .. } => text(sheet, column, typed)?,
                Cell::Choice { key, label } => text(sheet, column, if machine { key } else { label })?,
                Cell::Number(number) => drop(sheet.write_number(at, column, to_f64(*number))?),
                Cell::Flag(flag) => drop(sheet.write_boolean(at, column, *flag)?),
                Cell::At(when) if machine => text(sheet, column, &when.to_rfc3339())?,
                Cell::At(when) => drop(sheet.write_number_with_format(at, column, serial(*when, &zone), moment)?),
                Cell::Many(all) => text(sheet, column, &all.join(", "))?,
                Cell::Chosen(all) => text(sheet, column, &sentence(all, machine))?,
                // With more digits than a spreadsheet keeps it stays a text.
                Cell::Decimal(number) if number.len() > 15 => text(sheet, column, number)?,
                Cell::Decimal(number) => drop(sheet.write_number(at, column, number.parse::<f64>().unwrap_or_default())?),
            }
        }
        Ok(())
    }

    /// The file, from its beginning; it goes with the last handle of it.
    pub fn finish(mut self) -> Result<std::fs::File> {
        let mut file = tempfile::tempfile().map_err(broken)?;
        self.book.save_to_writer(&mut file).map_err(broken)?;
        file.seek(SeekFrom::Start(0)).map_err(broken)?;
        Ok(file)
    }
}

/// As much of a text as a cell can hold.
fn cut(text: &str) -> &str {
    if text.len() <= LETTERS {
        return text;
    }
    let mut letters = 0;
    for (at, c) in text.char_indices() {
        letters += c.len_utf16();
        if letters > LETTERS {
            return &text[..at];
        }
    }
    text
}

/// Days since the first day of spreadsheets, as the clock of a zone shows it.
fn serial(at: Time, zone: &TimeZone) -> f64 {
    let offset = Timestamp::from_microsecond(at.0).map_or(0, |moment| zone.to_offset(moment).seconds());
    to_f64(at.0) / to_f64(Time::DAY) + f64::from(offset) / 86_400.0 + EPOCH
}

/// Numbers of spreadsheets are of this sort; ids and moments fit without loss.
#[expect(clippy::cast_precision_loss, reason = "numbers of spreadsheets have 53 bits")]
fn to_f64(number: i64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_days_of_the_readers_clock() {
        let noon = Time::from_seconds(1_795_348_800);
        assert!((serial(noon, &TimeZone::UTC) - 46_348.5).abs() < 1e-9);
        let madrid = TimeZone::get("Europe/Madrid").unwrap();
        assert!((serial(noon, &madrid) - 46_348.5 - 1.0 / 24.0).abs() < 1e-9);
    }

    #[test]
    fn a_long_text_is_cut_between_letters() {
        assert_eq!(cut(&"я".repeat(LETTERS)).chars().count(), LETTERS);
        assert_eq!(cut(&"я".repeat(LETTERS + 9)).chars().count(), LETTERS);
        assert_eq!(cut(&"😀".repeat(LETTERS)).chars().count(), LETTERS / 2);
    }
}
