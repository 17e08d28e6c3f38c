//! Storing and reading.

use std::sync::Arc;

use bytes::Bytes;
use db::{Dialect, Reserve, sql};
use files::Files;
use futures_util::StreamExt as _;
use kernel::{ErrorKind, FileId, SystemClock, SystemEntropy};
use testkit::block_on;

use crate::cabinet::{A, B, Cabinet, LIMIT, blobs, chunks, collect, content};

#[test]
fn what_was_stored_is_read() {
    for dialect in testkit::DIALECTS {
        let cabinet = Cabinet::new(dialect);
        block_on(async {
            for length in [0, 1, 70_001, 1 << 20, (1 << 20) + 1, 5 << 20, (11 << 20) + 7] {
                let content = content(length as u64, length);
                let file = cabinet.put(&content).await;
                assert_eq!(file.size, i64::try_from(length).unwrap());
                assert!(cabinet.read(file.id).await.unwrap() == content, "{length} bytes on {dialect:?}");
            }
            assert_eq!(cabinet.read(FileId::new(999)).await.unwrap_err().kind(), ErrorKind::NotFound);
        });
    }
}

#[test]
fn a_tenant_stores_a_content_once_and_shares_it_with_nobody() {
    for dialect in testkit::DIALECTS {
        let cabinet = Cabinet::new(dialect);
        block_on(async {
            let first = cabinet.put(b"the same").await;
            let again = cabinet.put(b"the same").await;
            assert_eq!(first.id, again.id);
            assert_eq!(cabinet.blobs().len(), 1, "the second copy is gone");
            let theirs = cabinet.files.put(B, chunks(b"the same"), LIMIT).await.unwrap();
            assert_ne!(theirs.id, first.id);
            assert_eq!(cabinet.blobs().len(), 2);
            assert!(!first.storage_key.contains(&first.sha256), "the digest is in no path");
        });
    }
}

#[test]
fn one_content_from_many_at_once() {
    for dialect in testkit::DIALECTS {
        let cabinet = Cabinet::new(dialect);
        block_on(async {
            let uploads = (0..24).map(|_| async {
                loop {
                    match cabinet.files.put(A, chunks(b"all the same"), LIMIT).await {
                        Ok(file) => return file.id,
                        Err(e) => assert!(e.retry_seconds().is_some(), "{e}"),
                    }
                }
            });
            let ids = futures_util::future::join_all(uploads).await;
            assert!(ids.iter().all(|id| *id == ids[0]));
            assert_eq!(cabinet.read(ids[0]).await.unwrap(), b"all the same");
        });
    }
}

/// T4-30: the limit holds at its byte, whatever was announced, and nothing is left of what was too much.
#[test]
fn too_much_is_refused_and_leaves_nothing() {
    let cabinet = Cabinet::new(Dialect::Sqlite);
    block_on(async {
        assert_eq!(cabinet.files.put(A, chunks(&content(1, 1000)), 1000).await.unwrap().size, 1000);
        for (length, limit) in [(1001, 1000), ((9 << 20) + 1, 9 << 20)] {
            let error = cabinet.files.put(A, chunks(&content(2, length)), limit).await.unwrap_err();
            assert_eq!((error.kind(), error.code()), (ErrorKind::TooLarge, "error-too-large"));
        }
        let endless = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[7; 4096])));
        assert_eq!(cabinet.files.put(A, endless, 100_000).await.unwrap_err().kind(), ErrorKind::TooLarge);
        let broken = chunks(&content(3, 8 << 20)).chain(futures_util::stream::iter([Err(std::io::Error::other("the line went dead"))]));
        assert_eq!(cabinet.files.put(A, broken, LIMIT).await.unwrap_err().kind(), ErrorKind::Malformed);
    });
    assert_eq!(cabinet.blobs().len(), 1);
    let rows: i64 = cabinet.db.read_wait("rows", |rd| rd.one(sql!(i64, "SELECT count(*) FROM file"), &[])).unwrap();
    assert_eq!(rows, 1);
}

#[test]
fn an_upload_that_is_given_up_leaves_nothing() {
    let cabinet = Cabinet::new(Dialect::Sqlite);
    block_on(async {
        let stuck = chunks(&content(4, 8 << 20)).chain(futures_util::stream::pending());
        let given_up = tokio::time::timeout(std::time::Duration::from_millis(200), cabinet.files.put(A, stuck, LIMIT)).await;
        assert!(given_up.is_err());
        // The half-written file is removed by a thread of the runtime, which may end before that begins.
        for _ in 0..500 {
            if cabinet.blobs().is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    assert_eq!(cabinet.blobs(), Vec::<std::path::PathBuf>::new());
}

/// T4-24: one flipped bit is an error and never a wrong file.
#[test]
fn changed_bytes_are_never_handed_out_as_the_file() {
    for length in [1, 5000, 1 << 20, 3 << 20, 12 << 20] {
        for place in [0, length / 2, length - 1] {
            let cabinet = Cabinet::new(Dialect::Sqlite);
            block_on(async {
                let file = cabinet.put(&content(9, length)).await;
                let blob = cabinet.blobs().remove(0);
                let mut bytes = std::fs::read(&blob).unwrap();
                bytes[place] ^= 0x10;
                std::fs::write(&blob, &bytes).unwrap();
                match cabinet.files.get(file.id).await {
                    Err(error) => assert_eq!(error.kind(), ErrorKind::Internal),
                    Ok((_, stream)) => {
                        let mut seen = 0;
                        let mut failed = false;
                        let mut stream = std::pin::pin!(stream);
                        while let Some(chunk) = stream.next().await {
                            match chunk {
                                Ok(chunk) => seen += chunk.len(),
                                Err(_) => failed = true,
                            }
                        }
                        assert!(failed && seen < length, "{seen} of {length} bytes passed");
                    }
                }
                bytes.truncate(length / 2);
                std::fs::write(&blob, &bytes).unwrap();
                assert!(cabinet.read(file.id).await.is_err(), "cut short");
                std::fs::remove_file(&blob).unwrap();
                assert!(cabinet.read(file.id).await.is_err(), "gone");
            });
        }
    }
}

#[test]
fn a_nearly_full_disk_takes_no_files() {
    let cabinet = Cabinet::new(Dialect::Sqlite);
    let folder = cabinet.db.place().folder().join("full");
    let all = Reserve { bytes: u64::MAX, percent: 0, most: 0 };
    let files = Files::local(&folder, cabinet.db.db(), Arc::new(SystemClock), Arc::new(SystemEntropy)).unwrap().leaving(all);
    let error = block_on(files.put(A, chunks(b"some"), LIMIT)).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Storage, "error-disk-full"));
    assert_eq!(blobs(&folder), Vec::<std::path::PathBuf>::new());
}

#[test]
fn every_statement_prepares_on_both() {
    for dialect in testkit::DIALECTS {
        let cabinet = Cabinet::new(dialect);
        assert_eq!(db::prepare_all(&cabinet.db).unwrap(), Vec::<String>::new());
    }
}

#[test]
fn a_reader_may_stop_in_the_middle() {
    let cabinet = Cabinet::new(Dialect::Sqlite);
    block_on(async {
        let file = cabinet.put(&content(5, 12 << 20)).await;
        let (_, stream) = cabinet.files.get(file.id).await.unwrap();
        assert!(collect(stream.take(3)).await.unwrap().len() < 12 << 20);
    });
}
