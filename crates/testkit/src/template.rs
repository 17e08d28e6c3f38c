//! A migrated, perhaps filled database that tests get copies of.

use std::fmt::Write as _;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use db::{Db, Migration, Options};
use kernel::Time;
use sha2::{Digest, Sha256};

use crate::cluster::open_lock;
use crate::shared::{folder, shared_cluster};

/// The moment at which templates are migrated: the same in every run.
const EPOCH: Time = Time(1_767_225_600_000_000);

/// Migrations, and what a test wants to find in the database.
#[derive(Debug, Clone)]
pub struct Template {
    migrations: Vec<Migration>,
    seed: Option<Seed>,
}

#[derive(Debug, Clone, Copy)]
struct Seed {
    name: &'static str,
    fill: fn(&Db),
}

impl Template {
    pub fn of(migrations: &[Migration]) -> Self {
        Self { migrations: migrations.to_vec(), seed: None }
    }

    /// Adds the migrations of a further crate.
    #[must_use]
    pub fn and(mut self, migrations: &[Migration]) -> Self {
        self.migrations.extend_from_slice(migrations);
        self
    }

    /// Fills the template once per build of the test program; `name` tells its seeds apart.
    #[must_use]
    pub fn seeded(mut self, name: &'static str, seed: fn(&Db)) -> Self {
        self.seed = Some(Seed { name, fill: seed });
        self
    }

    pub fn migrations(&self) -> &[Migration] {
        &self.migrations
    }

    /// Sixteen letters that change with the content.
    pub(crate) fn key(&self) -> String {
        let mut digest = Sha256::new();
        for migration in &self.migrations {
            digest.update(migration.id);
            digest.update(migration.sql);
        }
        if let Some(seed) = self.seed {
            digest.update(seed.name);
            digest.update(this_build());
        }
        digest.finalize().iter().take(8).fold(String::new(), |mut key, byte| {
            let _ = write!(key, "{byte:02x}");
            key
        })
    }

    fn fill(&self, options: Options) {
        let db = Db::open(options).expect("the template opens");
        db.migrate(&self.migrations, EPOCH).expect("the migrations apply");
        if let Some(seed) = self.seed {
            (seed.fill)(&db);
        }
    }

    /// The template file, made when there is none.
    pub(crate) fn sqlite(&self) -> PathBuf {
        let folder = folder().join("sqlite");
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let path = folder.join(format!("{}.db", self.key()));
        let gate = open_lock(&path.with_extension("gate"));
        gate.lock().expect("a lock");
        if !path.exists() {
            remove_old(&folder);
            let making = path.with_extension("making");
            remove_database(&making);
            self.fill(Options::sqlite(&making));
            std::fs::rename(&making, &path).expect("the template is put in place");
            remove_database(&making);
        }
        path
    }

    /// The name of the template database, made when there is none.
    pub(crate) fn postgres(&self) -> String {
        let cluster = shared_cluster();
        let name = format!("template_{}", self.key());
        let gate = open_lock(&folder().join("postgres").join(format!("{name}.gate")));
        gate.lock().expect("a lock");
        if cluster.ask("postgres", &format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'")) == 0 {
            let making = format!("{name}_making");
            let statements = [format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)"), format!("CREATE DATABASE {making}")];
            cluster.admin("postgres", &statements).expect("the template database");
            self.fill(Options::postgres(cluster.url(&making)));
            let statements =
                [format!("ALTER DATABASE {making} RENAME TO {name}"), format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")];
            cluster.admin("postgres", &statements).expect("the template is put in place");
        }
        name
    }
}

/// Changes with every build of this test program: its seeds may have changed with it.
fn this_build() -> String {
    let program = std::env::current_exe().and_then(std::fs::metadata).expect("the test program is a file");
    format!("{} {} {}", program.len(), program.mtime(), program.mtime_nsec())
}

/// Templates of last week's builds.
fn remove_old(folder: &Path) {
    let old = |entry: &std::fs::DirEntry| {
        entry.metadata().and_then(|m| m.modified()).is_ok_and(|at| at.elapsed().is_ok_and(|age| age.as_secs() > 7 * 86_400))
    };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten().filter(old) {
        // Another process may have removed it first.
        let _ = std::fs::remove_file(entry.path());
    }
}

/// Removes a database file and what SQLite and the lock keep beside it.
pub(crate) fn remove_database(path: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal", "-lock", "-ballast"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = std::fs::remove_file(name);
    }
}
