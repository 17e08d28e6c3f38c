//! A file store over a test database, with a table whose rows refer to files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use db::{Db, Dialect, Migration, Reserve, params, sql};
use files::{File, Files};
use futures_util::{Stream, StreamExt as _};
use kernel::{FileId, MockClock, OrganisationId, Result, SystemClock, SystemEntropy, Time};
use testkit::{Template, TestDb};

pub const A: OrganisationId = OrganisationId::new(1);
pub const B: OrganisationId = OrganisationId::new(2);
pub const LIMIT: u64 = 20 << 20;
pub const LEAVES: &[Migration] = &[Migration {
    id: "20261122_9000_leaves_of_the_tests",
    sql: "CREATE TABLE leaf (id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES file (id)) STRICT;\nCREATE INDEX leaf_file ON leaf (file_id);\n",
}];

pub fn template() -> Template {
    Template::of(db::MIGRATIONS).and(files::MIGRATIONS).and(LEAVES)
}

pub struct Cabinet {
    pub files: Files,
    pub clock: MockClock,
    pub db: TestDb,
}

impl Cabinet {
    pub fn new(dialect: Dialect) -> Self {
        Self::over(TestDb::new(dialect, &template()))
    }
    pub fn over(db: TestDb) -> Self {
        let clock = MockClock::at(kernel::Clock::now(&SystemClock));
        let files = open(&db.place().folder().join("files"), db.db(), &clock);
        Self { files, clock, db }
    }
    pub fn folder(&self) -> PathBuf {
        self.db.place().folder().join("files")
    }
    /// All files in the folder, also half-written ones.
    pub fn blobs(&self) -> Vec<PathBuf> {
        blobs(&self.folder())
    }
    pub async fn put(&self, content: &[u8]) -> File {
        self.files.put(A, chunks(content), LIMIT).await.unwrap()
    }
    pub async fn read(&self, id: FileId) -> Result<Vec<u8>> {
        collect(self.files.get(id).await?.1).await
    }
    pub async fn refer(&self, leaf: i64, file: FileId) {
        self.db
            .write("refer", move |tx| tx.exec(sql!("INSERT INTO leaf (id, file_id) VALUES ($1, $2)"), &params![leaf, file]))
            .await
            .unwrap();
    }
    pub async fn unrefer(&self, leaf: i64) {
        self.db.write("unrefer", move |tx| tx.exec(sql!("DELETE FROM leaf WHERE id = $1"), &params![leaf])).await.unwrap();
    }
    pub fn later(&self, hours: i64) {
        self.clock.advance(hours * Time::HOUR);
    }
}

pub fn open(folder: &Path, db: Db, clock: &MockClock) -> Files {
    let none = Reserve { bytes: 0, percent: 0, most: 0 };
    Files::local(folder, db, Arc::new(clock.clone()), Arc::new(SystemEntropy)).unwrap().leaving(none)
}

pub fn blobs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Content as a body brings it: in pieces of uneven size.
pub fn chunks(content: &[u8]) -> impl Stream<Item = std::io::Result<Bytes>> + Send + use<> {
    let pieces: Vec<_> = content.chunks(70_001).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    futures_util::stream::iter(pieces)
}

pub async fn collect(stream: impl Stream<Item = Result<Bytes>>) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut stream = std::pin::pin!(stream);
    while let Some(chunk) = stream.next().await {
        out.extend_from_slice(&chunk?);
    }
    Ok(out)
}

/// Bytes that differ from each other.
pub fn content(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    })
    .take(length)
    .collect()
}
