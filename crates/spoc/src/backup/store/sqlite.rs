//! SQLite: read from a copy that was made while the desk went on, written into a file of its own.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};

use super::{Each, Source, Target, list, quoted};
use crate::backup::OWN;
use crate::backup::cell::Cell;
use crate::exit::{self, Failure};

/// Pages copied between two looks at the clock and at Ctrl-C: 8 MiB.
const STEP: i32 = 2000;

fn refused(error: &rusqlite::Error) -> Failure {
    Failure::new(exit::FAILED, format!("the database refuses: {error}"))
}

/// A copy of a database as it was at one moment.
pub struct Copy(Connection);

impl Copy {
    /// Copies the database at `from` to `to`, whoever else works on it; `tick` gets pages done and
    /// pages in all. One read transaction spans the copy: without it each write of another process
    /// would begin it anew, with it the log grows for as long as copying takes.
    ///
    /// # Errors
    /// The database cannot be read, the disk is full, or `tick` ends it.
    pub fn of(from: &Path, to: &Path, tick: &mut dyn FnMut(u64, u64) -> Result<(), Failure>) -> Result<Self, Failure> {
        let wrong = |error: rusqlite::Error| refused(&error);
        let source =
            Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(wrong)?;
        source.busy_timeout(std::time::Duration::from_secs(5)).map_err(wrong)?;
        source.execute_batch("BEGIN").map_err(wrong)?;
        source.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).map_err(wrong)?;
        let mut copy = Connection::open(to).map_err(wrong)?;
        {
            let backup = Backup::new(&source, &mut copy).map_err(wrong)?;
            loop {
                let step = backup.step(STEP).map_err(wrong)?;
                let progress = backup.progress();
                let total = u64::try_from(progress.pagecount).unwrap_or(0);
                tick(total - u64::try_from(progress.remaining).unwrap_or(0).min(total), total)?;
                match step {
                    StepResult::Done => break,
                    StepResult::More => {}
                    _ => std::thread::sleep(std::time::Duration::from_millis(20)),
                }
            }
        }
        copy.pragma_update(None, "journal_mode", "DELETE").map_err(wrong)?;
        Ok(Self(copy))
    }
}

impl Source for Copy {
    fn journal(&mut self) -> Result<Vec<(String, String)>, Failure> {
        pairs(&self.0, "SELECT id, checksum FROM schema_migration ORDER BY id")
    }

    fn counters(&mut self) -> Result<BTreeMap<String, i64>, Failure> {
        Ok(pairs(&self.0, "SELECT kind, value FROM counter")?.into_iter().collect())
    }

    fn tables(&mut self) -> Result<Vec<(String, Vec<String>)>, Failure> {
        tables(&self.0)
    }

    fn rows(&mut self, table: &str, columns: &[String], each: Each<'_>) -> Result<(), Failure> {
        rows(&self.0, table, columns, each)
    }
}

fn rows(conn: &Connection, table: &str, columns: &[String], each: Each<'_>) -> Result<(), Failure> {
    let wrong = |error: rusqlite::Error| refused(&error);
    let mut statement = conn.prepare(&format!("SELECT {} FROM {}", list(columns), quoted(table))).map_err(wrong)?;
    let mut rows = statement.query([]).map_err(wrong)?;
    while let Some(row) = rows.next().map_err(wrong)? {
        let cells = (0..columns.len()).map(|place| row.get_ref(place).map(cell));
        each(cells.collect::<Result<_, _>>().map_err(wrong)?)?;
    }
    Ok(())
}

fn pairs<T: rusqlite::types::FromSql>(conn: &Connection, text: &str) -> Result<Vec<(String, T)>, Failure> {
    let wrong = |error: rusqlite::Error| refused(&error);
    let mut statement = conn.prepare(text).map_err(wrong)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(wrong)?;
    rows.collect::<Result<_, _>>().map_err(wrong)
}

fn tables(conn: &Connection) -> Result<Vec<(String, Vec<String>)>, Failure> {
    let text = "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.cid";
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (table, column) in pairs::<String>(conn, text)? {
        match found.last_mut() {
            Some((name, columns)) if *name == table => columns.push(column),
            _ => found.push((table, vec![column])),
        }
    }
    Ok(found)
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Cell::Null => ValueRef::Null,
            Cell::Int(number) => ValueRef::Integer(*number),
            Cell::Real(number) => ValueRef::Real(*number),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// A file that is filled before it gets its place: nothing of it is synced until the end.
pub struct Filled {
    conn: Connection,
    path: std::path::PathBuf,
}

impl Filled {
    /// # Errors
    /// The file cannot be opened.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        Ok(Self { conn: Connection::open(path).map_err(|error| refused(&error))?, path: path.to_owned() })
    }

    fn run(&self, text: &str) -> Result<(), Failure> {
        self.conn.execute_batch(text).map_err(|error| refused(&error))
    }
}

impl Target for Filled {
    fn begin(&mut self) -> Result<(), Failure> {
        self.run("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN")?;
        for (table, _) in tables(&self.conn)? {
            if !OWN.contains(&table.as_str()) {
                self.run(&format!("DELETE FROM {}", quoted(&table)))?;
            }
        }
        Ok(())
    }

    fn put(&mut self, table: &str, columns: &[String], rows: &[Vec<Cell>]) -> Result<(), Failure> {
        let wrong = |error: rusqlite::Error| refused(&error);
        let marks = vec!["?"; columns.len()].join(", ");
        let text = format!("INSERT INTO {} ({}) VALUES ({marks})", quoted(table), list(columns));
        let mut insert = self.conn.prepare_cached(&text).map_err(wrong)?;
        for row in rows {
            insert.execute(params_from_iter(row)).map_err(wrong)?;
        }
        Ok(())
    }

    fn rows(&mut self, table: &str, columns: &[String], each: Each<'_>) -> Result<(), Failure> {
        rows(&self.conn, table, columns, each)
    }

    fn finish(&mut self, counters: &BTreeMap<String, i64>) -> Result<(), Failure> {
        let wrong = |error: rusqlite::Error| refused(&error);
        for (kind, value) in counters {
            let text = "INSERT INTO counter (kind, value) VALUES (?1, ?2) ON CONFLICT (kind) DO UPDATE SET value = excluded.value";
            self.conn.execute(text, rusqlite::params![kind, value]).map_err(wrong)?;
        }
        self.run("COMMIT")?;
        let lost: Option<String> = {
            let mut check = self.conn.prepare("PRAGMA foreign_key_check").map_err(wrong)?;
            let mut rows = check.query([]).map_err(wrong)?;
            rows.next().map_err(wrong)?.map(|row| row.get(0)).transpose().map_err(wrong)?
        };
        if let Some(table) = lost {
            return Err(Failure::new(exit::DAMAGED, format!("a row of {table} in the backup refers to nothing; use another backup")));
        }
        let synced = std::fs::File::open(&self.path).and_then(|file| file.sync_all());
        synced.map_err(|error| crate::backup::failed(&self.path, &error))
    }
}
