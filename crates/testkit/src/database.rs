//! Databases of single tests.

use std::collections::HashMap;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use db::{Db, Dialect, OpenError, Options};

use crate::Template;
use crate::shared::shared_cluster;

const HELD_BY_A_FORK: Duration = Duration::from_secs(5);

/// Where a database of one test is; goes away with it.
#[derive(Debug)]
pub struct Place {
    options: Where,
    folder: tempfile::TempDir,
}

#[derive(Debug)]
enum Where {
    Sqlite(PathBuf),
    Postgres { name: String, url: String },
}

impl Place {
    /// A copy of the template, in memory where the system allows it.
    pub fn new(dialect: Dialect, template: &Template) -> Self {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        Self::in_folder(dialect, template, &parent)
    }

    /// A copy of the template below `parent`, such as a folder on a disk of its own.
    pub fn in_folder(dialect: Dialect, template: &Template, parent: &Path) -> Self {
        let folder = tempfile::Builder::new().prefix("spoc-test-").tempdir_in(parent).expect("a temporary folder");
        let options = match dialect {
            Dialect::Sqlite => {
                let path = folder.path().join("spoc.db");
                std::fs::copy(sqlite_template(template), &path).expect("the template is copied");
                Where::Sqlite(path)
            }
            Dialect::Postgres => {
                let cluster = shared_cluster();
                let name = unique_name();
                let made = format!("CREATE DATABASE {name} TEMPLATE {}", postgres_template(template));
                cluster.admin("postgres", &[made]).expect("a database from the template");
                Where::Postgres { url: cluster.url(&name), name }
            }
        };
        Self { options, folder }
    }

    /// A place for a database that does not exist yet: no file, or a database without tables.
    pub fn empty(dialect: Dialect) -> Self {
        let folder = tempfile::Builder::new().prefix("spoc-test-").tempdir().expect("a temporary folder");
        let options = match dialect {
            Dialect::Sqlite => Where::Sqlite(folder.path().join("spoc.db")),
            Dialect::Postgres => {
                let cluster = shared_cluster();
                let name = unique_name();
                cluster.admin("postgres", &[format!("CREATE DATABASE {name}")]).expect("an empty database");
                Where::Postgres { url: cluster.url(&name), name }
            }
        };
        Self { options, folder }
    }

    /// How to open it.
    pub fn options(&self) -> Options {
        match &self.options {
            Where::Sqlite(path) => Options::sqlite(path),
            Where::Postgres { url, .. } => Options::postgres(url),
        }
    }

    /// Opens it.
    pub fn open(&self) -> Db {
        Db::open(self.options()).expect("the test database opens")
    }

    /// Opens it after it was closed. A program that another test starts at that moment holds the lock
    /// of the database from its fork to its exec: that is waited for.
    fn open_again(&self) -> Db {
        let begun = Instant::now();
        loop {
            match Db::open(self.options()) {
                Err(OpenError::Locked { .. }) if begun.elapsed() < HELD_BY_A_FORK => std::thread::sleep(Duration::from_millis(5)),
                opened => return opened.expect("the test database opens"),
            }
        }
    }

    /// A folder of this test's own: for files beside the database.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The name on the shared server; none on SQLite.
    pub fn postgres_name(&self) -> Option<&str> {
        match &self.options {
            Where::Sqlite(_) => None,
            Where::Postgres { name, .. } => Some(name),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Where::Postgres { name, .. } = &self.options {
            // Fails only when the server is gone, and then the database is, too.
            let _ = shared_cluster().admin("postgres", &[format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")]);
        }
    }
}

/// An open database of one test.
#[derive(Debug)]
pub struct TestDb {
    // Before the place: threads end before their database goes.
    db: Db,
    place: Place,
}

impl TestDb {
    pub fn new(dialect: Dialect, template: &Template) -> Self {
        Self::with(dialect, template, |_| {})
    }

    /// Opens it with other options than those of production.
    pub fn with(dialect: Dialect, template: &Template, change: impl FnOnce(&mut Options)) -> Self {
        let place = Place::new(dialect, template);
        let mut options = place.options();
        change(&mut options);
        Self { db: Db::open(options).expect("the test database opens"), place }
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The handle itself, to be given away.
    pub fn db(&self) -> Db {
        self.db.clone()
    }

    /// Closes the database and opens it again, as a restart does.
    #[must_use]
    pub fn reopen(self) -> Self {
        let Self { db, place } = self;
        drop(db);
        Self { db: place.open_again(), place }
    }
}

impl Deref for TestDb {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

fn unique_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Templates that this process has asked for, so that each is looked up once.
fn remembered<T: Clone>(known: &Mutex<HashMap<String, T>>, key: String, make: impl FnOnce() -> T) -> T {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(key).or_insert_with(make).clone()
}

fn sqlite_template(template: &Template) -> PathBuf {
    static KNOWN: OnceLock<Mutex<HashMap<String, PathBuf>>> = OnceLock::new();
    remembered(KNOWN.get_or_init(Mutex::default), template.key(), || template.sqlite())
}

fn postgres_template(template: &Template) -> String {
    static KNOWN: OnceLock<Mutex<HashMap<String, String>>> = OnceLock::new();
    remembered(KNOWN.get_or_init(Mutex::default), template.key(), || template.postgres())
}
