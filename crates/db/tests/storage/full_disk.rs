//! T4-02: a disk without a single free byte, a real one: a small file system of the child's own.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use db::{Db, Options, Reserve, params, sql};
use kernel::{ErrorKind, Time};
use testkit::{Running, child, on_small_disk, orders};

use crate::common::{NOTES, note, stored};

#[test]
fn a_start_on_a_full_disk_reads_and_deletes() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = on_small_disk(&child("full_disk::the_child", folder.path().to_str().unwrap()), folder.path(), 24 << 20);
    let status = Running::start(&mut command).end_within(Duration::from_secs(60));
    assert!(status.success(), "{status}: see the child's words above");
}

/// Takes every byte that is left.
fn fill(folder: &Path) {
    let mut file = File::create(folder.join("filler")).unwrap();
    let mut size = 1 << 20;
    while size > 0 {
        if file.write_all(&vec![7; size]).is_err() {
            size /= 2;
        }
    }
}

#[test]
#[ignore = "the child process of the test of a full disk"]
fn the_child() {
    let Some(folder) = orders() else { return };
    let folder = Path::new(&folder);
    let options = || Options { reserve: Reserve { bytes: 6 << 20, percent: 0, most: 0 }, ..Options::sqlite(folder.join("spoc.db")) };
    let db = Db::open(options()).unwrap();
    db.migrate(&[db::MIGRATIONS, NOTES].concat(), Time(0)).unwrap();
    (0..50).for_each(|n| db.write_wait("note", move |tx| note(tx, 1, n, 1000)).unwrap());
    drop(db);
    fill(folder);
    assert_eq!(db::Space::at(folder).unwrap().free, 0, "the disk is full");
    let db = Db::open(options()).unwrap();
    assert_eq!(stored(&db).len(), 50, "what is there can be read");
    let error = db.write_wait("note", |tx| note(tx, 1, 50, 1000)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Storage);
    let purged = db.write_reserved_wait("purge", |tx| {
        tx.exec(sql!("DELETE FROM note_line WHERE note_id IN (SELECT id FROM note WHERE number < $1)"), &params![25])?;
        tx.exec(sql!("DELETE FROM note WHERE number < $1"), &params![25])
    });
    assert_eq!(purged.unwrap(), 25, "the ballast made room for deleting");
    fs::remove_file(folder.join("filler")).unwrap();
    std::thread::sleep(Duration::from_millis(1100));
    db.write_wait("note", |tx| note(tx, 1, 50, 1000)).unwrap();
    assert_eq!(stored(&db).len(), 26);
    assert_eq!(db.check_wait().unwrap(), Vec::<String>::new());
}
