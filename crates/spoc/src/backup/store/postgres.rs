//! PostgreSQL: read from one REPEATABLE READ snapshot, written by COPY in one transaction.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::Type;
use postgres::{Client, Row};

use super::{Each, Source, Target, list, quoted};
use crate::backup::OWN;
use crate::backup::cell::{Cell, hex};
use crate::exit::{self, Failure};

fn refused(error: &postgres::Error) -> Failure {
    let text = error.as_db_error().map_or_else(|| error.to_string(), |answer| answer.message().to_owned());
    Failure::new(exit::DATABASE, format!("PostgreSQL refuses: {text}"))
}

fn wrong(error: postgres::Error) -> Failure {
    refused(&error)
}

const TABLES: &str = "SELECT c.relname::text, a.attname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname::text COLLATE \"C\", a.attnum";
const SEQUENCES: &str = "SELECT s.sequencename::text, COALESCE(s.last_value, 0) FROM pg_sequences s
    WHERE s.schemaname = current_schema() AND s.sequencename LIKE 'id\\_%'";
const REFERENCES: &str = "SELECT r.conrelid::regclass::text, r.conname::text, pg_get_constraintdef(r.oid) FROM pg_constraint r
    WHERE r.contype = 'f' AND r.connamespace = current_schema()::regnamespace ORDER BY 1, 2";

/// One snapshot; it ends with its connection.
pub struct Snapshot(Client);

impl Snapshot {
    /// # Errors
    /// The server does not answer.
    pub fn take(mut client: Client) -> Result<Self, Failure> {
        client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").map_err(wrong)?;
        // The first statement fixes the moment.
        client.simple_query("SELECT 1").map_err(wrong)?;
        Ok(Self(client))
    }
}

impl Source for Snapshot {
    fn journal(&mut self) -> Result<Vec<(String, String)>, Failure> {
        let rows = self.0.query("SELECT id, checksum FROM schema_migration ORDER BY id", &[]).map_err(wrong)?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    fn counters(&mut self) -> Result<BTreeMap<String, i64>, Failure> {
        let rows = self.0.query(SEQUENCES, &[]).map_err(wrong)?;
        Ok(rows.iter().map(|row| (row.get::<_, String>(0).trim_start_matches("id_").to_owned(), row.get(1))).collect())
    }

    fn tables(&mut self) -> Result<Vec<(String, Vec<String>)>, Failure> {
        tables(&mut self.0)
    }

    fn rows(&mut self, table: &str, columns: &[String], each: Each<'_>) -> Result<(), Failure> {
        rows(&mut self.0, table, columns, each)
    }
}

fn rows(client: &mut Client, table: &str, columns: &[String], each: Each<'_>) -> Result<(), Failure> {
    let text = format!("SELECT {} FROM {}", list(columns), quoted(table));
    let mut rows = client.query_raw(&text, std::iter::empty::<i64>()).map_err(wrong)?;
    while let Some(row) = rows.next().map_err(wrong)? {
        each((0..columns.len()).map(|place| cell(&row, place)).collect::<Result<_, _>>()?)?;
    }
    Ok(())
}

/// # Errors
/// The server does not answer.
pub fn tables(client: &mut Client) -> Result<Vec<(String, Vec<String>)>, Failure> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for row in client.query(TABLES, &[]).map_err(wrong)? {
        let (table, column): (String, String) = (row.get(0), row.get(1));
        match found.last_mut() {
            Some((name, columns)) if *name == table => columns.push(column),
            _ => found.push((table, vec![column])),
        }
    }
    Ok(found)
}

/// Whether nobody has worked here: no tables, or none of those that people fill has a row.
///
/// # Errors
/// The server does not answer.
pub fn is_empty(client: &mut Client) -> Result<bool, Failure> {
    for (table, _) in tables(client)? {
        let ours = ["organisation", "person", "event", "ticket"].contains(&table.as_str());
        // A database of another program is never empty.
        let known = ours || client.query_one("SELECT to_regclass('schema_migration') IS NOT NULL", &[]).map_err(wrong)?.get(0);
        if !known || (ours && client.query_opt(&format!("SELECT 1 FROM {} LIMIT 1", quoted(&table)), &[]).map_err(wrong)?.is_some()) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn cell(row: &Row, place: usize) -> Result<Cell, Failure> {
    let ty = row.columns()[place].type_().clone();
    let found = match ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(place).map(|value| value.map(Cell::Int)),
        Type::INT4 => row.try_get::<_, Option<i32>>(place).map(|value| value.map(|value| Cell::Int(value.into()))),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(place).map(|value| value.map(Cell::Real)),
        Type::TEXT | Type::VARCHAR => row.try_get::<_, Option<String>>(place).map(|value| value.map(Cell::Text)),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(place).map(|value| value.map(Cell::Blob)),
        other => return Err(Failure::new(exit::FAILED, format!("a column has the type {other}, which no backup holds"))),
    };
    Ok(found.map_err(wrong)?.unwrap_or(Cell::Null))
}

/// A migrated database that is filled.
pub struct Filled {
    client: Client,
    references: Vec<(String, String, String)>,
}

impl Filled {
    pub fn of(client: Client) -> Self {
        Self { client, references: Vec::new() }
    }
}

impl Target for Filled {
    fn begin(&mut self) -> Result<(), Failure> {
        self.client.batch_execute("BEGIN").map_err(wrong)?;
        let rows = self.client.query(REFERENCES, &[]).map_err(wrong)?;
        self.references = rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
        for (table, name, _) in &self.references {
            self.client.batch_execute(&format!("ALTER TABLE {table} DROP CONSTRAINT {}", quoted(name))).map_err(wrong)?;
        }
        for (table, _) in tables(&mut self.client)? {
            if !OWN.contains(&table.as_str()) {
                self.client.batch_execute(&format!("DELETE FROM {}", quoted(&table))).map_err(wrong)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, table: &str, columns: &[String], rows: &[Vec<Cell>]) -> Result<(), Failure> {
        let mut text = String::new();
        for row in rows {
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    text.push('\t');
                }
                copied(&mut text, cell);
            }
            text.push('\n');
        }
        let mut copy = self.client.copy_in(&format!("COPY {} ({}) FROM STDIN", quoted(table), list(columns))).map_err(wrong)?;
        copy.write_all(text.as_bytes())
            .map_err(|error| Failure::new(exit::DATABASE, format!("PostgreSQL refuses rows of {table}: {error}")))?;
        copy.finish().map_err(wrong)?;
        Ok(())
    }

    fn rows(&mut self, table: &str, columns: &[String], each: Each<'_>) -> Result<(), Failure> {
        rows(&mut self.client, table, columns, each)
    }

    fn finish(&mut self, counters: &BTreeMap<String, i64>) -> Result<(), Failure> {
        for (kind, value) in counters.iter().filter(|(_, value)| **value > 0) {
            let sequence = quoted(&format!("id_{kind}"));
            self.client.execute("SELECT setval($1::text::regclass, $2)", &[&sequence, value]).map_err(wrong)?;
        }
        for (table, name, definition) in &self.references {
            let added = self.client.batch_execute(&format!("ALTER TABLE {table} ADD CONSTRAINT {} {definition}", quoted(name)));
            added.map_err(|error| {
                Failure::new(exit::DAMAGED, format!("a row of {table} in the backup refers to nothing: {}", refused(&error)))
            })?;
        }
        self.client.batch_execute("COMMIT; ANALYZE").map_err(wrong)
    }
}

/// A value as COPY reads it.
fn copied(out: &mut String, cell: &Cell) {
    match cell {
        Cell::Null => out.push_str("\\N"),
        Cell::Int(number) => {
            let _ = write!(out, "{number}");
        }
        Cell::Real(number) => {
            let _ = write!(out, "{number}");
        }
        Cell::Blob(bytes) => {
            out.push_str("\\\\x");
            out.push_str(&hex(bytes));
        }
        Cell::Text(text) => {
            for letter in text.chars() {
                match letter {
                    '\\' => out.push_str("\\\\"),
                    '\n' => out.push_str("\\n"),
                    '\r' => out.push_str("\\r"),
                    '\t' => out.push_str("\\t"),
                    // SQLite can store it in text, PostgreSQL cannot.
                    '\0' => {}
                    other => out.push(other),
                }
            }
        }
    }
}
