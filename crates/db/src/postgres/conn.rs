//! A PostgreSQL client with its prepared statements by text.

use std::collections::HashMap;

use kernel::Result;

use crate::error::of_postgres;
use crate::row::{RawRow, Row, Source};
use crate::sql::for_dialect;
use crate::{Dialect, Value};

/// Statements kept per connection; built queries make new texts for ever.
const STATEMENTS: usize = 512;

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
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(text.to_owned(), made.clone());
        Ok(made)
    }

    pub fn query<R: Row>(&mut self, text: &str, params: &[Value<'_>], at_most: usize) -> Result<Vec<R>> {
        let statement = self.prepared(text)?;
        let params: Vec<&(dyn postgres::types::ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let rows = self.client.query(&statement, &params).map_err(|e| of_postgres(&e))?;
        rows.iter().take(at_most).map(|row| R::from_row(&RawRow(Source::Postgres(row)))).collect()
    }

    pub fn exec(&mut self, text: &str, params: &[Value<'_>]) -> Result<u64> {
        let statement = self.prepared(text)?;
        let params: Vec<&(dyn postgres::types::ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        self.client.execute(&statement, &params).map_err(|e| of_postgres(&e).into())
    }
}
