//! The two faces of a transaction: [`Rd`] reads, [`Tx`] also writes. The same statements run on both
//! databases; the difference is in this file.
//!
//! PostgreSQL ends a transaction at its first failed statement, and answers its COMMIT without an
//! error; SQLite would go on. Here both behave alike: after a failure every further statement fails
//! and nothing of the transaction is kept, unless the failure was inside a [`Tx::savepoint`].

use std::ops::{Deref, DerefMut};

use kernel::{Error, Id, Kind, Result};

use crate::error::{Fault, fault, of_postgres, of_sqlite};
use crate::postgres::PgConn;
use crate::row::Row;
use crate::sql::{Sql, for_dialect};
use crate::sqlite::SqliteConn;
use crate::{Dialect, Value, params, sql};

pub(crate) enum Conn<'c> {
    Sqlite(&'c SqliteConn),
    Postgres(&'c mut PgConn),
}

/// A snapshot to read from.
pub struct Rd<'c> {
    pub(crate) conn: Conn<'c>,
    /// The first failure of a statement.
    pub(crate) failed: Option<Fault>,
}

impl<'c> Rd<'c> {
    pub(crate) fn on(conn: Conn<'c>) -> Self {
        Self { conn, failed: None }
    }

    pub fn dialect(&self) -> Dialect {
        match self.conn {
            Conn::Sqlite(_) => Dialect::Sqlite,
            Conn::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs one statement unless an earlier one failed, and remembers its failure.
    fn step<T>(&mut self, run: impl FnOnce(&mut Conn<'c>) -> Result<T>) -> Result<T> {
        if let Some(earlier) = &self.failed {
            // What concerns the whole transaction is the reason for this one as well: the caller is
            // told to come again, not that the program is broken.
            let earlier = if earlier.ends_transaction() { earlier.clone() } else { after(earlier) };
            return Err(earlier.into());
        }
        let result = run(&mut self.conn);
        if let Err(error) = &result {
            self.failed = fault(error).cloned();
        }
        result
    }

    fn run<R: Row>(&mut self, sql: Sql<R>, params: &[Value<'_>], at_most: usize) -> Result<Vec<R>> {
        self.step(|conn| match conn {
            Conn::Sqlite(conn) => conn.query(&conn.fixed(sql.sqlite), params, at_most),
            Conn::Postgres(conn) => conn.query(sql.postgres, params, at_most),
        })
    }

    fn run_text<R: Row>(&mut self, text: &str, params: &[Value<'_>]) -> Result<Vec<R>> {
        self.step(|conn| match conn {
            Conn::Sqlite(conn) => conn.query(text, params, usize::MAX),
            Conn::Postgres(conn) => conn.query(text, params, usize::MAX),
        })
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
        self.run_text(&text, &params)
    }

    /// The columns that refer to a table by foreign keys: (table, column). What decides whether a row
    /// is in use asks here, so that it cannot forget a table of a later slice.
    ///
    /// # Errors
    /// As [`Rd::all`].
    pub fn references_to(&mut self, table: &str) -> Result<Vec<(String, String)>> {
        self.all(
            sql!(
                (String, String),
                sqlite "SELECT t.name, k.\"from\" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) k \
                        WHERE t.type = 'table' AND k.\"table\" = $1 ORDER BY t.name, k.\"from\"",
                postgres "SELECT t.relname::text, a.attname::text FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid \
                          JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[1] \
                          WHERE k.contype = 'f' AND k.confrelid = to_regclass($1) ORDER BY 1, 2"
            ),
            &params![table],
        )
    }

    /// All rows of a text made at run time by this crate or a test, never from input.
    #[doc(hidden)]
    pub fn all_text<R: Row>(&mut self, text: &str, params: &[Value<'_>]) -> Result<Vec<R>> {
        let text = for_dialect(text, self.dialect()).into_owned();
        self.run_text(&text, params)
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

impl<'c> Tx<'c> {
    pub(crate) fn on(conn: Conn<'c>) -> Self {
        Self { rd: Rd::on(conn) }
    }
}

impl Tx<'_> {
    /// Runs a statement without rows; answers the number of rows it changed.
    ///
    /// # Errors
    /// The database refuses it; see [`Fault`].
    pub fn exec(&mut self, sql: Sql<()>, params: &[Value<'_>]) -> Result<u64> {
        self.rd.step(|conn| match conn {
            Conn::Sqlite(conn) => conn.exec(&conn.fixed(sql.sqlite), params),
            Conn::Postgres(conn) => conn.exec(sql.postgres, params),
        })
    }

    /// Runs steps that may fail without ending the transaction: either all of them stay or none.
    /// For imports that note a refused row and go on; not a way around ON CONFLICT.
    ///
    /// # Errors
    /// What `steps` answers; its changes are then undone.
    pub fn savepoint<T>(&mut self, steps: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.batch("SAVEPOINT inner_steps")?;
        let result = steps(self);
        match (result, self.rd.failed.take()) {
            (Ok(value), None) => self.batch("RELEASE SAVEPOINT inner_steps").map(|()| value),
            (Ok(_), Some(failed)) => Err(self.undo(failed.clone()).err().unwrap_or_else(|| went_on(&failed))),
            (Err(error), None) => self.batch(UNDO).and(Err(error)),
            (Err(error), Some(failed)) => self.undo(failed).and(Err(error)),
        }
    }

    /// Back to the savepoint, unless the failure concerns the whole transaction.
    fn undo(&mut self, failed: Fault) -> Result<()> {
        if failed.ends_transaction() {
            self.rd.failed = Some(failed);
            return Ok(());
        }
        self.batch(UNDO)
    }

    /// What an action answers that met another one on its way: PostgreSQL runs it again from the
    /// start, on a snapshot that has the other's work. Nothing of this run is kept.
    #[must_use = "the action answers it"]
    pub fn run_again(&mut self, why: &str) -> Error {
        let fault = Fault::Serialization(why.to_owned());
        self.rd.failed = Some(fault.clone());
        fault.into()
    }

    /// Draws the next id of a kind.
    ///
    /// # Errors
    /// The counter is missing: the database was not migrated.
    pub fn next_id<K: Kind>(&mut self) -> Result<Id<K>> {
        self.next_id_of(K::NAME).map(Id::new)
    }

    fn next_id_of(&mut self, kind: &'static str) -> Result<i64> {
        let drawn: Vec<i64> = self.rd.step(|conn| match conn {
            Conn::Sqlite(conn) => {
                conn.query("UPDATE counter SET value = value + 1 WHERE kind = ?1 RETURNING value", &[Value::from(kind)], 1)
            }
            Conn::Postgres(conn) => conn.query(&format!("SELECT nextval('id_{kind}')"), &[], 1),
        })?;
        drawn.first().copied().ok_or_else(|| Fault::Other(format!("no counter for {kind}")).into())
    }

    /// Runs a text made at run time by this crate or a test, never from input.
    #[doc(hidden)]
    pub fn exec_text(&mut self, text: &str, params: &[Value<'_>]) -> Result<u64> {
        let text = for_dialect(text, self.dialect()).into_owned();
        self.rd.step(|conn| match conn {
            Conn::Sqlite(conn) => conn.exec(&text, params),
            Conn::Postgres(conn) => conn.exec(&text, params),
        })
    }

    /// Runs several statements without parameters: migrations, savepoints.
    pub(crate) fn batch(&mut self, text: &str) -> Result<()> {
        self.rd.step(|conn| match conn {
            Conn::Sqlite(conn) => conn.conn.execute_batch(text).map_err(|e| of_sqlite(&e).into()),
            Conn::Postgres(conn) => conn.client.batch_execute(text).map_err(|e| of_postgres(&e).into()),
        })
    }
}

const UNDO: &str = "ROLLBACK TO SAVEPOINT inner_steps; RELEASE SAVEPOINT inner_steps";

fn after(failed: &Fault) -> Fault {
    Fault::Other(format!("a statement after one that failed: {failed}"))
}

/// The error of an action that succeeded in its own eyes although a statement of it had failed.
pub(crate) fn went_on(failed: &Fault) -> Error {
    if failed.ends_transaction() {
        return failed.clone().into();
    }
    Fault::Other(format!("an action went on after a failed statement: {failed}")).into()
}
