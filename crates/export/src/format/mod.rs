//! The forms of a file.

mod csv;
mod json;
mod sheet;

use std::borrow::Cow;

use i18n::T;
use kernel::{Error, Result};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::cell::{Cell, Column};
use csv::Csv;
use json::Json;
use sheet::Sheet;

/// The form of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    Csv,
    Xlsx,
    /// An object a line.
    Jsonl,
}

impl Format {
    /// As in addresses, and the ending of the file.
    pub const fn key(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Jsonl => "jsonl",
        }
    }
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8; header=present",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Jsonl => "application/jsonl",
        }
    }
}

/// For whom a file is written.
#[derive(Clone)]
pub struct Reader {
    pub t: T,
    /// A program: keys instead of words, moments in RFC 3339, text as it is.
    pub machine: bool,
}

/// What a file becomes while rows come.
pub enum Writer {
    Csv(Csv),
    Json(Json),
    Sheet(Box<Sheet>),
}

/// What is left when all rows are written.
pub enum Rest {
    Bytes(Vec<u8>),
    /// A whole file, from its beginning.
    File(std::fs::File),
}

impl Writer {
    /// # Errors
    /// No place for a file.
    pub fn new(format: Format, reader: Reader, name: &str, columns: &[Column]) -> Result<Self> {
        Ok(match format {
            Format::Csv => Writer::Csv(Csv::new(reader, columns)?),
            Format::Jsonl => Writer::Json(Json::new(columns)),
            Format::Xlsx => Writer::Sheet(Box::new(Sheet::new(reader, name, columns)?)),
        })
    }

    /// Takes rows; answers the bytes that can be sent already.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<Vec<u8>> {
        match self {
            Writer::Csv(csv) => csv.rows(rows),
            Writer::Json(json) => json.rows(rows),
            Writer::Sheet(sheet) => sheet.rows(rows).map(|()| Vec::new()),
        }
    }

    /// Ends the file. Slow for a sheet: for plain threads.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn finish(self) -> Result<Rest> {
        match self {
            Writer::Csv(_) | Writer::Json(_) => Ok(Rest::Bytes(Vec::new())),
            Writer::Sheet(sheet) => sheet.finish().map(Rest::File),
        }
    }
}

/// Text that no spreadsheet takes for a formula: what begins like one gets an apostrophe, also behind what a
/// spreadsheet of another language takes for the end of a cell.
pub fn defused(text: &str) -> Cow<'_, str> {
    const ENDS: [char; 5] = [';', '\t', '|', '\r', '\n'];
    if !text.contains(formula) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut begins = true;
    for (at, c) in text.char_indices() {
        // Blanks and quotes before the formula may be dropped by whoever reads the cell.
        let rest = || text[at..].trim_start_matches([' ', '"', '\u{a0}']);
        if begins && (formula(c) || (at > 0 && rest().starts_with(formula))) {
            out.push('\'');
        }
        begins = ENDS.contains(&c);
        out.push(c);
    }
    out.into()
}

/// Whether a cell that begins so is a formula for one of the spreadsheets.
fn formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '﹢' | '﹣' | '＠' | '﹫' | '﹦' | '−')
}

fn broken(cause: impl std::fmt::Display) -> Error {
    Error::internal(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_separator_makes_a_formula() {
        let cells = [
            "=1+1",
            "printer;=1+1;x",
            "a|-1",
            "a\t@SUM(A1)",
            "a\r\n+1",
            "a; =1",
            "a;\"=1+1\"",
            "a;;＝1",
            "plain; text, x",
            "-1;-1",
            "\n=1",
            "a\n\n=1",
        ];
        for cell in cells {
            let safe = defused(cell);
            for separator in [';', '\t', '|', '\n', '\r'] {
                for part in safe.split(separator) {
                    let part = part.trim_start_matches([' ', '"']);
                    assert!(!part.starts_with(['=', '+', '-', '@', '＝']), "{cell:?} became {safe:?}");
                }
            }
        }
        assert_eq!(defused("printer;=1+1;x"), "printer;'=1+1;x");
        assert_eq!(defused("a-b = c; d"), "a-b = c; d", "nothing but what begins like one");
    }
}
