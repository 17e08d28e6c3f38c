//! CSV as RFC 4180 has it.

use ::csv::{QuoteStyle, Terminator, WriterBuilder};
use kernel::Result;

use super::{Reader, broken, defused};
use crate::cell::{Cell, Column, local, sentence};

pub struct Csv {
    reader: Reader,
    /// The head, until the first rows take it along.
    head: Vec<u8>,
}

impl Csv {
    pub fn new(reader: Reader, columns: &[Column]) -> Result<Self> {
        let mut head = Vec::new();
        // Without it spreadsheets take UTF-8 for the code page of the machine.
        if !reader.machine {
            head.extend_from_slice("\u{feff}".as_bytes());
        }
        let names =
            columns.iter().map(|c| if reader.machine { c.key.clone().into_owned() } else { defused(&c.head(&reader.t)).into_owned() });
        write(&mut head, std::iter::once(names.collect()))?;
        Ok(Self { reader, head })
    }

    pub fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<Vec<u8>> {
        let mut out = std::mem::take(&mut self.head);
        write(&mut out, rows.iter().map(|row| row.iter().map(|cell| self.cell(cell)).collect()))?;
        Ok(out)
    }

    fn cell(&self, cell: &Cell) -> String {
        let machine = self.reader.machine;
        let typed = |text: &str| if machine { text.to_owned() } else { defused(text).into_owned() };
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Named { name: text, .. } => typed(text),
            Cell::Choice { key, .. } if machine => key.clone(),
            Cell::Choice { label, .. } => typed(label),
            Cell::Number(number) => number.to_string(),
            Cell::Flag(flag) if machine => flag.to_string(),
            Cell::Flag(flag) => self.reader.t.msg(if *flag { i18n::key!("export-yes") } else { i18n::key!("export-no") }).into_owned(),
            Cell::At(at) if machine => at.to_rfc3339(),
            Cell::At(at) => local(&self.reader.t, *at),
            Cell::Many(all) => typed(&all.join(", ")),
            Cell::Chosen(all) => typed(&sentence(all, machine)),
            Cell::Decimal(number) => number.clone(),
        }
    }
}

fn write(out: &mut Vec<u8>, rows: impl Iterator<Item = Vec<String>>) -> Result<()> {
    let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).quote_style(QuoteStyle::Necessary).flexible(true).from_writer(out);
    for row in rows {
        csv.write_record(&row).map_err(broken)?;
    }
    csv.flush().map_err(broken)
}
