//! The two faces of a transaction: [`Rd`] reads, [`Tx`] also writes. The same statements run on both
//! databases; the difference is in this file.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use kernel::{Error, Id, Kind, Result};

use crate::error::{Fault, of_postgres, of_sqlite};
use crate::row::{RawRow, Row, Source};
use crate::sql::{Sql, for_dialect};
use crate::{Dialect, Value};

/// A SQLite connection with the rewritten texts of its fixed statements.
pub(crate) struct SqliteConn {
    pub conn: rusqlite::Connection,
    texts: RefCell<HashMap<usize, Arc<str>>>,
}

impl SqliteConn {
    pub fn new(conn: rusqlite::Connection) -> Self {
        conn.set_prepared_statement_cache_capacity(512);
        Self { conn, texts: RefCell::new(HashMap::new()) }
    }

    fn fixed(&self, text: &'static str) -> Arc<str> {
        let key = text.as_ptr() as usize ^ text.len().rotate_left(48);
        if let Some(found) = self.texts.borrow().get(&key) {
            return Arc::clone(found);
        }
        let made: Arc<str> = for_dialect(text, Dialect::Sqlite).into();
        self.texts.borrow_mut().insert(key, Arc::clone(&made));
        made
    }

    fn query<R: Row>(&self, text: &str, params: &[Value<'_>], at_most: usize) -> Result<Vec<R>> {
        let mut statement = self.conn.prepare_cached(text).map_err(|e| of_sqlite(&e))?;
        for (index, value) in params.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, value).map_err(|e| of_sqlite(&e))?;
        }
        let mut rows = statement.raw_query();
        let mut out = Vec::new();
        while out.len() < at_most {
            let Some(row) = rows.next().map_err(|e| of_sqlite(&e))? else { break };
            out.push(R::from_row(&RawRow(Source::Sqlite(row)))?);
        }
        Ok(out)
    }

    fn exec(&self, text: &str, params: &[Value<'_>]) -> Result<u64> {
        let mut statement = self.conn.prepare_cached(text).map_err(|e| of_sqlite(&e))?;
        for (index, value) in params.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, value).map_err(|e| of_sqlite(&e))?;
        }
        let changed = statement.raw_execute().map_err(|e| of_sqlite(&e))?;
        Ok(changed as u64)
    }
}

/// A PostgreSQL client with its prepared statements by text.
pub(crate) struct PgConn {
    pub client: postgres::Client,
    statements: HashMap<String, postgres::Statement>,
}

impl PgConn {
    pub fn new(client: postgres::Client) -> Self {
        Self { client, statements: HashMap::new() }
    }

    fn prepared(&mut self, text: &str) -> Result<postgres::Statement> {
        if let Some(found) = self.statements.get(text) {
            return Ok(found.clone());
        }
        let text_pg = for_dialect(text, Dialect::Postgres);
        let made = self.client.prepare(&text_pg).map_err(|e| of_postgres(&e))?;
        if self.statements.len() >= 512 {
            self.statements.clear();
        }
        self.statements.insert(text.to_owned(), made.clone());
        Ok(made)
    }

    fn query<R: Row>(&mut self, text: &str, params: &[Value<'_>], at_most: usize) -> Result<Vec<R>> {
        let statement = self.prepared(text)?;
        let params: Vec<&(dyn postgres::types::ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let rows = self.client.query(&statement, &params).map_err(|e| of_postgres(&e))?;
        rows.iter().take(at_most).map(|row| R::from_row(&RawRow(Source::Postgres(row)))).collect()
    }

    fn exec(&mut self, text: &str, params: &[Value<'_>]) -> Result<u64> {
        let statement = self.prepared(text)?;
        let params: Vec<&(dyn postgres::types::ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        self.client.execute(&statement, &params).map_err(|e| of_postgres(&e).into())
    }
}

pub(crate) enum Conn<'c> {
    Sqlite(&'c SqliteConn),
    Postgres(&'c mut PgConn),
}

/// A snapshot to read from.
pub struct Rd<'c> {
    pub(crate) conn: Conn<'c>,
}

impl Rd<'_> {
    pub fn dialect(&self) -> Dialect {
        match self.conn {
            Conn::Sqlite(_) => Dialect::Sqlite,
            Conn::Postgres(_) => Dialect::Postgres,
        }
    }

    fn run<R: Row>(&mut self, sql: Sql<R>, params: &[Value<'_>], at_most: usize) -> Result<Vec<R>> {
        match &mut self.conn {
            Conn::Sqlite(conn) => conn.query(&conn.fixed(sql.sqlite), params, at_most),
            Conn::Postgres(conn) => conn.query(sql.postgres, params, at_most),
        }
    }

    /// All rows of a statement.
    ///
    /// # Errors
    /// The database refuses the statement, or a column does not fit the row.
    pub fn all<R: Row>(&mut self, sql: Sql<R>, params: &[Value<'_>]) -> Result<Vec<R>> {
        self.run(sql, params, usize::MAX)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Rd::all`].
    pub fn first<R: Row>(&mut self, sql: Sql<R>, params: &[Value<'_>]) -> Result<Option<R>> {
        Ok(self.run(sql, params, 1)?.pop())
    }

    /// The first row.
    ///
    /// # Errors
    /// As [`Rd::all`]; [`kernel::ErrorKind::NotFound`] when there is none.
    pub fn one<R: Row>(&mut self, sql: Sql<R>, params: &[Value<'_>]) -> Result<R> {
        self.first(sql, params)?.ok_or_else(Error::not_found)
    }

    /// All rows of a built query.
    ///
    /// # Errors
    /// As [`Rd::all`].
    pub fn select<R: Row>(&mut self, query: &sea_query::SelectStatement) -> Result<Vec<R>> {
        let (text, values) = crate::built::build(query, self.dialect());
        let params = crate::built::params(values)?;
        match &mut self.conn {
            Conn::Sqlite(conn) => conn.query(&text, &params, usize::MAX),
            Conn::Postgres(conn) => conn.query(&text, &params, usize::MAX),
        }
    }

    /// All rows of a text made at run time by this crate or a test, never from input.
    #[doc(hidden)]
    pub fn all_text<R: Row>(&mut self, text: &str, params: &[Value<'_>]) -> Result<Vec<R>> {
        let text = for_dialect(text, self.dialect()).into_owned();
        match &mut self.conn {
            Conn::Sqlite(conn) => conn.query(&text, params, usize::MAX),
            Conn::Postgres(conn) => conn.query(&text, params, usize::MAX),
        }
    }
}

/// A transaction that writes. Everything in it is committed together, or nothing is.
pub struct Tx<'c> {
    pub(crate) rd: Rd<'c>,
}

impl<'c> Deref for Tx<'c> {
    type Target = Rd<'c>;
    fn deref(&self) -> &Self::Target {
        &self.rd
    }
}
impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.rd
    }
}

impl Tx<'_> {
    /// Runs a statement without rows; answers the number of rows it changed.
    ///
    /// # Errors
    /// The database refuses it; see [`Fault`].
    pub fn exec(&mut self, sql: Sql<()>, params: &[Value<'_>]) -> Result<u64> {
        match &mut self.rd.conn {
            Conn::Sqlite(conn) => conn.exec(&conn.fixed(sql.sqlite), params),
            Conn::Postgres(conn) => conn.exec(sql.postgres, params),
        }
    }

    /// Draws the next id of a kind.
    ///
    /// # Errors
    /// The counter is missing: the database was not migrated.
    pub fn next_id<K: Kind>(&mut self) -> Result<Id<K>> {
        self.next_id_of(K::NAME).map(Id::new)
    }

    fn next_id_of(&mut self, kind: &'static str) -> Result<i64> {
        match &mut self.rd.conn {
            Conn::Sqlite(conn) => {
                let rows: Vec<i64> = conn.query(
                    "UPDATE counter SET value = value + 1 WHERE kind = ?1 RETURNING value",
                    &[Value::from(kind)],
                    1,
                )?;
                rows.first().copied().ok_or_else(|| Fault::Other(format!("no counter for {kind}")).into())
            }
            Conn::Postgres(conn) => {
                let rows: Vec<i64> = conn.query(&format!("SELECT nextval('id_{kind}')"), &[], 1)?;
                rows.first().copied().ok_or_else(|| Fault::Other(format!("no sequence for {kind}")).into())
            }
        }
    }

    /// Runs a text made at run time by this crate or a test, never from input.
    #[doc(hidden)]
    pub fn exec_text(&mut self, text: &str, params: &[Value<'_>]) -> Result<u64> {
        let text = for_dialect(text, self.dialect()).into_owned();
        match &mut self.rd.conn {
            Conn::Sqlite(conn) => conn.exec(&text, params),
            Conn::Postgres(conn) => conn.exec(&text, params),
        }
    }

    /// Runs several statements without parameters: migrations.
    pub(crate) fn batch(&mut self, text: &str) -> Result<()> {
        match &mut self.rd.conn {
            Conn::Sqlite(conn) => conn.conn.execute_batch(text).map_err(|e| of_sqlite(&e).into()),
            Conn::Postgres(conn) => conn.client.batch_execute(text).map_err(|e| of_postgres(&e).into()),
        }
    }
}
