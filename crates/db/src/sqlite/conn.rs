//! A SQLite connection with the rewritten texts of its fixed statements.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use kernel::Result;

use crate::error::of_sqlite;
use crate::row::{RawRow, Row, Source};
use crate::sql::for_dialect;
use crate::{Dialect, Value};

pub(crate) struct SqliteConn {
    pub conn: rusqlite::Connection,
    texts: RefCell<HashMap<usize, Arc<str>>>,
}

impl SqliteConn {
    pub fn new(conn: rusqlite::Connection) -> Self {
        conn.set_prepared_statement_cache_capacity(512);
        Self { conn, texts: RefCell::new(HashMap::new()) }
    }

    /// A fixed text as SQLite wants it, made once per connection.
    pub fn fixed(&self, text: &'static str) -> Arc<str> {
        // Address and length name a literal: no two of them share both.
        let key = text.as_ptr() as usize ^ text.len().rotate_left(48);
        if let Some(found) = self.texts.borrow().get(&key) {
            return Arc::clone(found);
        }
        let made: Arc<str> = for_dialect(text, Dialect::Sqlite).into();
        self.texts.borrow_mut().insert(key, Arc::clone(&made));
        made
    }

    /// Begins or ends a transaction, by a statement that is prepared once.
    pub fn control(&self, text: &'static str) -> rusqlite::Result<()> {
        self.conn.prepare_cached(text)?.raw_execute().map(drop)
    }

    pub fn query<R: Row>(&self, text: &str, params: &[Value<'_>], at_most: usize) -> Result<Vec<R>> {
        let mut statement = self.bound(text, params)?;
        let mut rows = statement.raw_query();
        let mut out = Vec::new();
        while out.len() < at_most {
            let Some(row) = rows.next().map_err(|e| of_sqlite(&e))? else { break };
            out.push(R::from_row(&RawRow(Source::Sqlite(row)))?);
        }
        Ok(out)
    }

    pub fn exec(&self, text: &str, params: &[Value<'_>]) -> Result<u64> {
        let changed = self.bound(text, params)?.raw_execute().map_err(|e| of_sqlite(&e))?;
        Ok(changed as u64)
    }

    fn bound(&self, text: &str, params: &[Value<'_>]) -> Result<rusqlite::CachedStatement<'_>> {
        let mut statement = self.conn.prepare_cached(text).map_err(|e| of_sqlite(&e))?;
        for (index, value) in params.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, value).map_err(|e| of_sqlite(&e))?;
        }
        Ok(statement)
    }
}
