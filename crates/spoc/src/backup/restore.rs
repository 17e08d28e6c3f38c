//! Reading a backup into an empty place.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use db::{Db, Options};
use kernel::{Clock as _, SystemClock};
use tokio_util::sync::CancellationToken;

use super::archive::{self, sync_folder};
use super::cell::Cell;
use super::manifest::Manifest;
use super::moved::Moved;
use super::store::{self, Target, postgres, sqlite};
use super::sum::Sum;
use super::{failed, interrupted};
use crate::cli::progress::Bar;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::folder::{DataFolder, Use};
use crate::wiring::migrations;

/// Where everything is made before it counts.
const ROOM: &str = "restoring";

/// Restores a backup to the data folder and database of a configuration, both of them empty.
///
/// # Errors
/// The backup is damaged or of a newer version; the place is not empty; database or disk refuse;
/// `stop` came. Then nothing has been changed that counts.
pub fn restore(config: &Config, path: &Path, stop: &CancellationToken, meter: &mut Bar) -> Result<Manifest, Failure> {
    let folder = DataFolder::open(&config.data, Use::Alone)?;
    require_empty(config, &folder)?;
    let size = std::fs::metadata(path).map_err(|error| failed(path, &error))?.len();
    let alive = || if stop.is_cancelled() { Err(interrupted()) } else { Ok(()) };
    let manifest = archive::verify(path, |done| {
        // How far by rows is not known before the end: what is compressed is some eight times smaller.
        meter.at("Checking the backup", done.min(size * 8), size * 8);
        alive()
    })?;
    let known = migrations::all();
    if let Some((newer, _)) = manifest.migrations.iter().find(|(id, _)| !known.iter().any(|step| step.id == id)) {
        let text = format!("the backup was written by a newer version (it holds {newer}); install version {}", manifest.head.program);
        return Err(Failure::new(exit::VERSION, text));
    }
    let mut work = Work { manifest: &manifest, room: folder.path().join(ROOM), source: path, stop, meter };
    work.clear()?;
    let made = work.run(config, &folder);
    if made.is_err() {
        let _ = std::fs::remove_dir_all(&work.room);
    }
    made?;
    meter.finish();
    Ok(manifest)
}

/// The blocking client must not run inside of another runtime, so it gets a thread.
fn on_a_thread<T: Send>(work: impl FnOnce() -> Result<T, Failure> + Send) -> Result<T, Failure> {
    std::thread::scope(|scope| {
        scope.spawn(work).join().unwrap_or_else(|_| Err(kernel::Error::internal("work on the database panicked").into()))
    })
}

fn require_empty(config: &Config, folder: &DataFolder) -> Result<(), Failure> {
    let data = folder.path().display();
    let taken = |what: &str| {
        Failure::new(exit::FAILED, format!("{what}; a backup is restored into an empty place only, choose another with --data"))
    };
    if folder.database().exists() && config.database_url.is_none() {
        return Err(taken(&format!("there is a desk in {data} already")));
    }
    if let Some(url) = &config.database_url {
        let url = url.reveal().as_str();
        if !on_a_thread(|| postgres::is_empty(&mut db::postgres_client(url)?))? {
            let text = "the database of database_url is not empty; a backup is restored into an empty one only";
            return Err(Failure::new(exit::FAILED, text));
        }
    }
    let files = std::fs::read_dir(folder.path().join("files"));
    if files.is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(taken(&format!("there are files in {data} already")));
    }
    Ok(())
}

struct Work<'a> {
    manifest: &'a Manifest,
    room: PathBuf,
    source: &'a Path,
    stop: &'a CancellationToken,
    meter: &'a mut Bar,
}

impl Work<'_> {
    /// Takes away what an interrupted restore has left.
    fn clear(&self) -> Result<(), Failure> {
        if self.room.exists() {
            std::fs::remove_dir_all(&self.room).map_err(|error| failed(&self.room, &error))?;
        }
        std::fs::create_dir_all(self.room.join("files")).map_err(|error| failed(&self.room, &error))
    }

    fn run(&mut self, config: &Config, folder: &DataFolder) -> Result<(), Failure> {
        match &config.database_url {
            None => {
                let database = self.room.join("spoc.db");
                self.migrate(Options { ballast: false, ..Options::sqlite(&database) })?;
                self.fill_rows(&mut sqlite::Filled::open(&database)?)?;
                self.unpack_files()?;
                self.place_unpacked(folder)?;
                // What an earlier desk left beside its database is of no use to this one.
                for suffix in ["-wal", "-shm", "-lock"] {
                    let _ = std::fs::remove_file(folder.path().join(format!("spoc.db{suffix}")));
                }
                // From here on the desk is there.
                rename(&database, &folder.database())?;
            }
            Some(url) => {
                let url = url.reveal().as_str().to_owned();
                on_a_thread(|| self.fill_postgres(&url, folder))?;
            }
        }
        std::fs::remove_dir_all(&self.room).map_err(|error| failed(&self.room, &error))
    }

    fn fill_postgres(&mut self, url: &str, folder: &DataFolder) -> Result<(), Failure> {
        self.migrate(Options::postgres(url))?;
        let mut target = postgres::Filled::of(db::postgres_client(url)?);
        // Files first: the commit at the end of filling is what counts.
        self.unpack_files()?;
        self.place_unpacked(folder)?;
        let filled = self.fill_rows(&mut target);
        if filled.is_err() {
            let _ = std::fs::remove_dir_all(folder.path().join("files"));
        }
        filled
    }

    /// Makes the tables as they were when the backup was made; later steps are taken by the next start.
    fn migrate(&self, options: Options) -> Result<(), Failure> {
        let db = Db::open(options)?;
        let (steps, now) = (migrations::all(), SystemClock.now());
        let listed = |id: &str| self.manifest.migrations.iter().any(|(listed, _)| listed == id);
        let steps: Vec<_> = steps.into_iter().filter(|step| listed(step.id)).collect();
        db.migrate(&steps, now)?;
        for (id, checksum) in db.read_wait("restore.journal", store::journal)? {
            if !self.manifest.migrations.contains(&(id.clone(), checksum)) {
                return Err(Failure::new(
                    exit::VERSION,
                    format!("the step {id} of the schema is not the one that the backup was made with"),
                ));
            }
        }
        Ok(())
    }

    fn fill_rows(&mut self, target: &mut dyn Target) -> Result<(), Failure> {
        target.begin()?;
        let (mut moved, mut done) = (Moved::at(SystemClock.now()), 0);
        let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
        let total: u64 = self.manifest.tables.values().map(|table| table.rows).sum();
        archive::read(self.source, |name, content, _| {
            let Some(table) = name.strip_prefix("database/").and_then(|rest| rest.split('/').next()) else { return Ok(()) };
            if self.stop.is_cancelled() {
                return Err(interrupted());
            }
            let columns = &self.manifest.tables.get(table).ok_or_else(|| unreadable(name))?.columns;
            let rows = rows_of(name, content, columns.len())?;
            done += rows.len() as u64;
            let rows = moved.rows(table, columns, rows)?;
            target.put(table, columns, &rows)?;
            let sum = sums.entry(table.to_owned()).or_default();
            rows.iter().for_each(|row| sum.add(row));
            self.meter.at("Writing the database", done, total);
            Ok(())
        })?;
        if let Some((columns, rows)) = moved.followers()? {
            target.put("consumer", &columns, &rows)?;
            let sum = sums.entry("consumer".to_owned()).or_default();
            rows.iter().for_each(|row| sum.add(row));
        }
        self.compare(target, &sums)?;
        target.finish(&self.manifest.counters)
    }

    /// Reads every row back: a database that keeps another text, number or byte than it was given has not
    /// been restored.
    fn compare(&mut self, target: &mut dyn Target, sums: &BTreeMap<String, Sum>) -> Result<(), Failure> {
        let tables = self.manifest.tables.len() as u64;
        for (place, (table, about)) in self.manifest.tables.iter().enumerate() {
            self.meter.at("Comparing the database", place as u64, tables);
            let mut found = Sum::default();
            target.rows(table, &about.columns, &mut |row| {
                found.add(&row);
                if self.stop.is_cancelled() { Err(interrupted()) } else { Ok(()) }
            })?;
            if found.rows != Moved::expected(table, about.rows) {
                return Err(Failure::new(exit::DAMAGED, format!("the backup has not all rows of {table}; use another backup")));
            }
            if found != sums.get(table).copied().unwrap_or_default() {
                return Err(Failure::new(exit::DAMAGED, format!("the database keeps other rows of {table} than it was given")));
            }
        }
        Ok(())
    }

    fn unpack_files(&mut self) -> Result<(), Failure> {
        let (mut done, total) = (0, self.manifest.files() as u64);
        archive::read(self.source, |name, content, _| {
            let to = match (name.strip_prefix("files/"), name.strip_prefix("keys/")) {
                (Some(key), _) => self.room.join("files").join(plain(key)?),
                (None, Some(key)) => self.room.join("keys").join(plain(key)?),
                (None, None) => return Ok(()),
            };
            if self.stop.is_cancelled() {
                return Err(interrupted());
            }
            write(&to, content).map_err(|error| failed(&to, &error))?;
            done += 1;
            self.meter.at("Writing the files", done, total.max(done));
            Ok(())
        })
    }

    fn place_unpacked(&self, folder: &DataFolder) -> Result<(), Failure> {
        let files = folder.path().join("files");
        // Only an empty one was let through.
        let _ = std::fs::remove_dir(&files);
        rename(&self.room.join("files"), &files)?;
        for entry in std::fs::read_dir(self.room.join("keys")).into_iter().flatten().flatten() {
            rename(&entry.path(), &folder.path().join(entry.file_name()))?;
        }
        Ok(())
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), Failure> {
    std::fs::rename(from, to).and_then(|()| sync_folder(to)).map_err(|error| failed(to, &error))
}

fn write(to: &Path, content: &mut dyn Read) -> std::io::Result<()> {
    if let Some(parent) = to.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(to)?;
    std::io::copy(content, &mut file)?;
    file.sync_all()
}

/// A name that stays below its folder.
fn plain(name: &str) -> Result<&Path, Failure> {
    let path = Path::new(name);
    let below = path.components().all(|part| matches!(part, Component::Normal(_)));
    if below && !name.is_empty() { Ok(path) } else { Err(unreadable(name)) }
}

fn rows_of(name: &str, content: &mut dyn Read, columns: usize) -> Result<Vec<Vec<Cell>>, Failure> {
    let mut text = String::new();
    content.read_to_string(&mut text).map_err(|_| unreadable(name))?;
    let row = |line: &str| {
        let values: Vec<serde_json::Value> = serde_json::from_str(line).ok()?;
        let cells: Option<Vec<Cell>> = values.into_iter().map(Cell::of_json).collect();
        cells.filter(|cells| cells.len() == columns)
    };
    text.lines().map(|line| row(line).ok_or_else(|| unreadable(name))).collect()
}

fn unreadable(name: &str) -> Failure {
    Failure::new(exit::DAMAGED, format!("{name} of the backup cannot be understood; use another backup"))
}
