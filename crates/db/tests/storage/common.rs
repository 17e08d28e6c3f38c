//! What the tests of the storage layer write: a note and its three lines, always together.

use db::{Db, Migration, Tx, params, sql};
use kernel::{Result, kinds};
use testkit::Template;

pub const NOTES: &[Migration] = &[Migration {
    id: "20261122_9000_notes_of_the_tests",
    sql: "CREATE TABLE note (id INTEGER PRIMARY KEY, writer INTEGER NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE (writer, number)) STRICT;\n\
          CREATE TABLE note_line (note_id INTEGER NOT NULL REFERENCES note (id), place INTEGER NOT NULL, words TEXT NOT NULL, PRIMARY KEY (note_id, place)) STRICT;\n\
          CREATE TABLE tally (name TEXT PRIMARY KEY, value INTEGER NOT NULL CHECK (value >= 0)) STRICT;\n\
          INSERT INTO tally (name, value) VALUES ('all', 0);\n",
}];

pub fn template() -> Template {
    Template::of(db::MIGRATIONS).and(NOTES)
}

/// Writes a note with its lines.
pub fn note(tx: &mut Tx<'_>, writer: i64, number: i64, bytes: usize) -> Result<()> {
    let id = tx.next_id::<kinds::Ticket>()?;
    let body = vec![b'x'; bytes];
    tx.exec(sql!("INSERT INTO note (id, writer, number, body) VALUES ($1, $2, $3, $4)"), &params![id, writer, number, body])?;
    for place in 0..3_i64 {
        tx.exec(sql!("INSERT INTO note_line (note_id, place, words) VALUES ($1, $2, $3)"), &params![id, place, "words"])?;
    }
    Ok(())
}

/// The notes that are stored: (writer, number), in order.
pub fn stored(db: &Db) -> Vec<(i64, i64)> {
    db.read_wait("stored", |rd| rd.all(sql!((i64, i64), "SELECT writer, number FROM note ORDER BY writer, number"), &[])).unwrap()
}

/// No note lacks a line, no line lacks its note, no id was used twice.
pub fn assert_whole(db: &Db) {
    let (halves, strays): (i64, i64) = db
        .read_wait("whole", |rd| {
            let halves =
                rd.one(sql!(i64, "SELECT count(*) FROM note n WHERE (SELECT count(*) FROM note_line l WHERE l.note_id = n.id) <> 3"), &[])?;
            let strays =
                rd.one(sql!(i64, "SELECT count(*) FROM note_line l WHERE NOT EXISTS (SELECT 1 FROM note n WHERE n.id = l.note_id)"), &[])?;
            Ok((halves, strays))
        })
        .unwrap();
    assert_eq!((halves, strays), (0, 0), "half-written notes and stray lines");
}
