//! The forms of a file.

mod csv;
mod json;
mod sheet;

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

/// Text that no spreadsheet takes for a formula: one that begins like it gets an apostrophe.
pub fn defused(text: &str) -> std::borrow::Cow<'_, str> {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '﹢', '﹣', '＠', '﹫', '﹦', '−']);
    if begins { format!("'{text}").into() } else { text.into() }
}

fn broken(cause: impl std::fmt::Display) -> Error {
    Error::internal(cause.to_string())
}
