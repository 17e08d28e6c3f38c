//! Preparing every registered statement, for the test that holds SQL and Rust types together.

use kernel::Result;
use postgres::types::Type;

use crate::conn::Conn;
use crate::sql::for_dialect;
use crate::{ColumnType, Db, Dialect, Registered, registered};

/// Words that no statement may begin with: transactions and settings belong to this crate.
const RESERVED: [&str; 9] = ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET", "ATTACH"];

/// Prepares every statement of the program on this database and says what is wrong with them, one
/// line each: a text that is refused, a parameter or a column of a type that Rust does not expect.
///
/// # Errors
/// The database cannot be reached.
pub fn prepare_all(db: &Db) -> Result<Vec<String>> {
    db.read_wait("prepare.all", |rd| {
        let mut problems = Vec::new();
        for statement in registered() {
            let found = match &mut rd.conn {
                Conn::Sqlite(conn) => on_sqlite(&conn.conn, statement),
                Conn::Postgres(conn) => on_postgres(&mut conn.client, statement),
            };
            problems.extend(reserved(statement).into_iter().chain(found).map(|problem| format!("{}: {problem}", statement.place)));
        }
        Ok(problems)
    })
}

fn reserved(statement: &Registered) -> Option<String> {
    let text = statement.sqlite.trim_start().to_ascii_uppercase();
    let first = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let forbidden = RESERVED.contains(&first) || text.contains("OR ROLLBACK");
    forbidden.then(|| format!("`{first}` is not for a statement"))
}

fn on_sqlite(conn: &rusqlite::Connection, statement: &Registered) -> Vec<String> {
    let text = for_dialect(statement.sqlite, Dialect::Sqlite);
    match conn.prepare(&text) {
        Err(error) => vec![format!("SQLite refuses it: {error}")],
        Ok(prepared) if prepared.column_count() != statement.columns.len() => {
            vec![format!("{} columns, Rust reads {}", prepared.column_count(), statement.columns.len())]
        }
        Ok(_) => Vec::new(),
    }
}

fn on_postgres(client: &mut postgres::Client, statement: &Registered) -> Vec<String> {
    let text = for_dialect(statement.postgres, Dialect::Postgres);
    let prepared = match client.prepare(&text) {
        Ok(prepared) => prepared,
        Err(error) => {
            // The failure ended the transaction; the next statement needs one.
            let again = client.batch_execute("ROLLBACK; BEGIN READ ONLY").err().map(|e| format!("and then: {e}"));
            return [format!("PostgreSQL refuses it: {}", crate::error::of_postgres(&error))].into_iter().chain(again).collect();
        }
    };
    let mut problems = Vec::new();
    for (number, ty) in prepared.params().iter().enumerate() {
        if !matches!(*ty, Type::INT8 | Type::INT4 | Type::TEXT | Type::BYTEA | Type::FLOAT8) {
            problems.push(format!("PostgreSQL expects {ty} for ${}", number + 1));
        }
    }
    if prepared.columns().len() != statement.columns.len() {
        problems.push(format!("{} columns, Rust reads {}", prepared.columns().len(), statement.columns.len()));
    }
    for (column, wanted) in prepared.columns().iter().zip(statement.columns) {
        if !fits(*wanted, column.type_()) {
            problems.push(format!("column {} is {}, Rust reads {wanted:?}", column.name(), column.type_()));
        }
    }
    problems
}

fn fits(wanted: ColumnType, ty: &Type) -> bool {
    match wanted {
        ColumnType::Int => matches!(*ty, Type::INT8 | Type::INT4),
        ColumnType::Real => *ty == Type::FLOAT8,
        ColumnType::Text => matches!(*ty, Type::TEXT | Type::VARCHAR),
        ColumnType::Blob => *ty == Type::BYTEA,
    }
}
