//! Two files as one: tickets, and rows of their history by the numbers of the tickets. What both say of a ticket stands in
//! one column, so that the mapping is that of one file.

use std::io::Write;

use kernel::Error;

use super::columns::{Column, HISTORY, proposed};
use crate::error::{ImportError, Result};
use crate::input::{Input, Rows};
use crate::mapping::FileRule;

/// Writes the rows of both as CSV in UTF-8. Slow for large ones: for plain threads.
///
/// # Errors
/// One cannot be read, or the second has no column with the numbers of the tickets or none with moments.
pub fn joined(main: (&Input, &FileRule), history: (&Input, &FileRule), out: impl Write) -> Result<()> {
    let (mut first, mut second) = (Rows::open(main.0, main.1)?, Rows::open(history.0, history.1)?);
    let header = first.columns.names().to_vec();
    let (mine, theirs) = (proposed(Column::ALL, &header), proposed(HISTORY, second.columns.names()));
    for needed in [Column::Number, Column::Time] {
        if !mine.iter().any(|(column, _)| *column == needed) || !theirs.iter().any(|(column, _)| *column == needed) {
            return Err(ImportError::Core(Error::invalid("history", "error-import-history").field_arg("column", needed.key().to_owned())));
        }
    }
    let mut names = header.clone();
    // Where each column of the second file goes.
    let mut places = Vec::new();
    for name in second.columns.names() {
        let meaning = theirs.iter().find(|(_, column)| column == name).map(|(column, _)| *column);
        let same = meaning.and_then(|meaning| mine.iter().find(|(column, _)| *column == meaning));
        let place = match same.and_then(|(_, column)| header.iter().position(|known| known == column)) {
            Some(place) => place,
            None => {
                names.push(free(&names, name));
                names.len() - 1
            }
        };
        places.push(place);
    }
    let mut csv = csv::Writer::from_writer(out);
    let wrong = |error: csv::Error| ImportError::Core(Error::internal(error));
    csv.write_record(&names).map_err(wrong)?;
    while let Some(row) = first.next()? {
        let mut cells = cells(row);
        cells.resize(names.len(), String::new());
        csv.write_record(&cells).map_err(wrong)?;
    }
    while let Some(row) = second.next()? {
        let mut whole = vec![String::new(); names.len()];
        for (cell, place) in cells(row).into_iter().zip(&places) {
            whole[*place] = cell;
        }
        csv.write_record(&whole).map_err(wrong)?;
    }
    csv.flush().map_err(|error| ImportError::Core(Error::internal(error)))
}

/// A row that could not be read is refused when it is imported, by what is missing in it.
fn cells(row: std::result::Result<crate::input::Row, crate::input::BadRow>) -> Vec<String> {
    match row {
        Ok(row) => row.cells,
        Err(bad) => bad.cells,
    }
}

fn free(names: &[String], name: &str) -> String {
    let mut free = name.to_owned();
    while names.contains(&free) {
        free.push('\'');
    }
    free
}
