//! Fixed statements: one text for both databases, registered so that a test can prepare them all.

use std::borrow::Cow;
use std::marker::PhantomData;

use crate::Dialect;
use crate::row::{ColumnType, Row};

/// A fixed statement that yields rows of `R`; made by [`sql!`](crate::sql).
pub struct Sql<R> {
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
    rows: PhantomData<fn() -> R>,
}

impl<R> Clone for Sql<R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<R> Copy for Sql<R> {}

impl<R: Row> Sql<R> {
    #[doc(hidden)]
    pub const fn new(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres, rows: PhantomData }
    }
}

/// A statement as the registry knows it.
#[derive(Debug, Clone, Copy)]
pub struct Registered {
    pub sqlite: &'static str,
    pub postgres: &'static str,
    /// Rust types of the columns read; empty for statements without rows.
    pub columns: &'static [ColumnType],
    pub place: &'static str,
}

inventory::collect!(Registered);

/// Every fixed statement of the crates linked into this program.
pub fn registered() -> impl Iterator<Item = &'static Registered> {
    inventory::iter::<Registered>()
}

/// A fixed statement: `sql!(TeamRow, "SELECT id, name, line FROM team WHERE id = $1")`, without rows
/// `sql!("DELETE ... WHERE id = $1")`, and where no common text exists
/// `sql!(R, sqlite "...", postgres "...")`.
#[macro_export]
macro_rules! sql {
    ($row:ty, sqlite $sqlite:literal, postgres $postgres:literal) => {{
        $crate::inventory::submit! { $crate::Registered {
            sqlite: $sqlite, postgres: $postgres,
            columns: <$row as $crate::Row>::COLUMNS,
            place: concat!(file!(), ":", line!()),
        } }
        const { $crate::Sql::<$row>::new($sqlite, $postgres) }
    }};
    ($row:ty, $text:literal) => { $crate::sql!($row, sqlite $text, postgres $text) };
    ($text:literal) => { $crate::sql!((), sqlite $text, postgres $text) };
    (sqlite $sqlite:literal, postgres $postgres:literal) => { $crate::sql!((), sqlite $sqlite, postgres $postgres) };
}

/// The text as the dialect wants it: `$N` becomes `?N` on SQLite (a `$N` there would be a name,
/// numbered by its first appearance), `AS INTEGER` becomes `AS BIGINT` on PostgreSQL.
pub(crate) fn for_dialect(text: &str, dialect: Dialect) -> Cow<'_, str> {
    match dialect {
        Dialect::Sqlite if text.contains('$') => Cow::Owned(numbered(text)),
        Dialect::Postgres if text.contains("AS INTEGER)") => Cow::Owned(text.replace("AS INTEGER)", "AS BIGINT)")),
        _ => Cow::Borrowed(text),
    }
}

fn numbered(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\'' {
            quoted = !quoted;
        }
        let parameter = c == '$' && !quoted && chars.peek().is_some_and(char::is_ascii_digit);
        out.push(if parameter { '?' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_become_numbered_marks_outside_of_quotes() {
        assert_eq!(for_dialect("a = $2 AND b = $1 AND c = '$1'", Dialect::Sqlite), "a = ?2 AND b = ?1 AND c = '$1'");
        assert_eq!(for_dialect("CAST($1 AS INTEGER)", Dialect::Postgres), "CAST($1 AS BIGINT)");
    }
}
