//! JSON Lines: an object a line, with the keys of the columns in their order.

use std::io::Write as _;

use kernel::{Error, Result};

use crate::cell::{Cell, Column};

pub struct Json {
    keys: Vec<String>,
}

impl Json {
    pub fn new(columns: &[Column]) -> Self {
        Self { keys: columns.iter().map(|c| c.key.clone().into_owned()).collect() }
    }

    pub fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        for row in rows {
            out.push(b'{');
            for (at, (key, cell)) in self.keys.iter().zip(row).enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write!(out, "\"{key}\":").map_err(Error::internal)?;
                serde_json::to_writer(&mut out, &cell.json()).map_err(Error::internal)?;
            }
            out.extend_from_slice(b"}\n");
        }
        Ok(out)
    }
}
