//! What nothing refers to goes after a day, and nothing else does.

use std::sync::atomic::{AtomicBool, Ordering};

use db::sql;
use files::Swept;
use testkit::block_on;

use crate::cabinet::{A, Cabinet, LIMIT, chunks};

#[test]
fn an_orphan_goes_a_day_after_it_was_first_seen() {
    for dialect in testkit::DIALECTS {
        let cabinet = Cabinet::new(dialect);
        block_on(async {
            let (kept, orphan) = (cabinet.put(b"kept").await, cabinet.put(b"orphan").await);
            cabinet.refer(1, kept.id).await;
            assert_eq!(cabinet.files.sweep().await.unwrap(), Swept::default());
            cabinet.later(23);
            assert_eq!(cabinet.files.sweep().await.unwrap(), Swept::default(), "not before a day is over");
            cabinet.later(2);
            assert_eq!(cabinet.files.sweep().await.unwrap(), Swept { files: 1, blobs: 0 });
            assert!(cabinet.read(orphan.id).await.is_err());
            assert_eq!(cabinet.read(kept.id).await.unwrap(), b"kept");
            assert_eq!(cabinet.blobs().len(), 1);
        });
    }
}

#[test]
fn use_in_between_begins_the_day_anew() {
    for dialect in testkit::DIALECTS {
        let cabinet = Cabinet::new(dialect);
        block_on(async {
            let file = cabinet.put(b"used on and off").await;
            cabinet.files.sweep().await.unwrap();
            cabinet.later(20);
            cabinet.refer(1, file.id).await;
            cabinet.files.sweep().await.unwrap();
            cabinet.later(20);
            cabinet.unrefer(1).await;
            cabinet.files.sweep().await.unwrap();
            cabinet.later(20);
            assert_eq!(cabinet.files.sweep().await.unwrap(), Swept::default(), "20 hours since its last use");
            let again = cabinet.put(b"used on and off").await;
            assert_eq!(again.id, file.id);
            cabinet.later(20);
            assert_eq!(cabinet.files.sweep().await.unwrap(), Swept::default(), "stored again meanwhile");
            cabinet.later(25);
            assert_eq!(cabinet.files.sweep().await.unwrap(), Swept { files: 1, blobs: 0 });
            assert_eq!(cabinet.blobs().len(), 0);
            let anew = cabinet.put(b"used on and off").await;
            assert_eq!(cabinet.read(anew.id).await.unwrap(), b"used on and off");
        });
    }
}

#[test]
fn bytes_without_a_row_and_half_written_ones_go() {
    for dialect in testkit::DIALECTS {
        let cabinet = Cabinet::new(dialect);
        block_on(async {
            let kept = cabinet.put(b"kept").await;
            cabinet.refer(1, kept.id).await;
            let shelf = cabinet.blobs()[0].parent().unwrap().to_owned();
            std::fs::write(shelf.join("0123456789abcdef0123456789abcdef"), "no row").unwrap();
            std::fs::write(shelf.join("fedcba9876543210fedcba9876543210#1"), "half").unwrap();
            assert_eq!(cabinet.files.sweep().await.unwrap(), Swept::default(), "they may be on their way");
            cabinet.later(25);
            assert_eq!(cabinet.files.sweep().await.unwrap(), Swept { files: 0, blobs: 2 });
            assert_eq!(cabinet.blobs().len(), 1);
            assert_eq!(cabinet.read(kept.id).await.unwrap(), b"kept");
        });
    }
}

/// T4-25: uploads of the same content while it is swept: a row always has its bytes. Only rows are
/// swept here: the clock leaps, and bytes on their way to their row would look a day old.
#[test]
fn no_row_without_bytes_however_they_race() {
    for dialect in testkit::DIALECTS {
        let cabinet = Cabinet::new(dialect);
        block_on(async {
            let stop = AtomicBool::new(false);
            let sweeping = async {
                while !stop.load(Ordering::Relaxed) {
                    cabinet.later(25);
                    if let Err(error) = cabinet.files.sweep_orphans().await {
                        assert!(error.retry_seconds().is_some(), "{error}");
                    }
                    tokio::task::yield_now().await;
                }
            };
            let uploading = async {
                let mut stored = 0;
                for leaf in 1..150_i64 {
                    let text = format!("content {}", leaf % 3);
                    let Ok(file) = cabinet.files.put(A, chunks(text.as_bytes()), LIMIT).await else { continue };
                    let referred = cabinet
                        .db
                        .write("refer", move |tx| {
                            tx.exec(sql!("INSERT INTO leaf (id, file_id) VALUES ($1, $2)"), &db::params![leaf, file.id])
                        })
                        .await;
                    match referred {
                        Ok(_) => {
                            stored += 1;
                            assert_eq!(cabinet.read(file.id).await.unwrap(), text.as_bytes());
                            if leaf % 2 == 0 {
                                cabinet.unrefer(leaf).await;
                            }
                        }
                        // Swept between the upload and its use: the foreign key says so.
                        Err(error) => {
                            assert!(matches!(db::fault(&error), Some(db::Fault::ForeignKey(_) | db::Fault::Serialization(_))), "{error}")
                        }
                    }
                }
                stop.store(true, Ordering::Relaxed);
                stored
            };
            let (stored, ()) = futures_util::join!(uploading, sweeping);
            assert!(stored > 50, "{stored} uploads came through");
            let rows: Vec<(i64, String)> =
                cabinet.db.read("rows", |rd| rd.all(sql!((i64, String), "SELECT id, storage_key FROM file"), &[])).await.unwrap();
            for (id, key) in rows {
                assert!(cabinet.folder().join(&key).exists(), "file {id} has no bytes on {dialect:?}");
            }
        });
    }
}
