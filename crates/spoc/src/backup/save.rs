//! Writing a backup.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use db::{Db, Location};
use kernel::{Clock as _, SystemClock};
use tokio_util::sync::CancellationToken;

use super::archive::Writer;
use super::cell::Cell;
use super::manifest::{FORMAT, Head, Manifest, Table};
use super::store::{Source, postgres, sqlite};
use super::{FILES, OWN, failed, interrupted, private_folder};
use crate::chain;
use crate::cli::progress::Bar;
use crate::exit::Failure;
use crate::wiring::storage::Storage;

/// Rows are gathered to parts of about this size.
const PART: usize = 4 << 20;
/// Backups made before migrations that are kept.
const KEPT: usize = 5;
/// Files of the data folder beside database and attachments.
const KEYS: [&str; 3] = ["self-signed.crt", "self-signed.key", chain::KEY];

/// Writes a backup of the whole desk, with the folder `data`, to `path`. The desk may go on working meanwhile.
///
/// # Errors
/// The place is taken; database or disk refuse; `stop` came.
pub fn save(db: &Db, data: &Path, path: &Path, stop: &CancellationToken, meter: &mut Bar) -> Result<Manifest, Failure> {
    let now = SystemClock.now();
    let head = || Head { format: FORMAT, program: env!("CARGO_PKG_VERSION").to_owned(), created_at: now.to_rfc3339() };
    let mut saving = Saving { writer: Writer::create(path, &head())?, stop, meter, tables: BTreeMap::new(), files: Vec::new() };
    let (migrations, counters) = match db.location() {
        Location::Sqlite(database) => {
            let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let room = tempfile::Builder::new().prefix(".spoc-backup-").tempdir_in(folder).map_err(|error| failed(folder, &error))?;
            let mut copy = sqlite::Copy::of(database, &room.path().join("copy.db"), &mut |done, total| {
                saving.meter.at("Copying the database", done, total);
                if stop.is_cancelled() { Err(interrupted()) } else { Ok(()) }
            })?;
            saving.rows(&mut copy)?
        }
        // The client blocks on a runtime of its own, which must not be inside of another.
        Location::Postgres(url) => std::thread::scope(|scope| {
            let work = scope.spawn(|| saving.rows(&mut postgres::Snapshot::take(db::postgres_client(url)?)?));
            work.join().unwrap_or_else(|_| Err(kernel::Error::internal("reading the database panicked").into()))
        })?,
    };
    saving.attachments(&data.join("files"))?;
    saving.keys(data)?;
    let Saving { writer, tables, meter, .. } = saving;
    let manifest = Manifest { head: head(), migrations, counters, tables, parts: writer.parts.clone() };
    writer.finish(&manifest)?;
    meter.finish();
    Ok(manifest)
}

struct Saving<'a> {
    writer: Writer,
    stop: &'a CancellationToken,
    meter: &'a mut Bar,
    tables: BTreeMap<String, Table>,
    /// Where attachments lie below the folder of files.
    files: Vec<String>,
}

type Frame = (Vec<(String, String)>, BTreeMap<String, i64>);

impl Saving<'_> {
    fn alive(&self) -> Result<(), Failure> {
        if self.stop.is_cancelled() { Err(interrupted()) } else { Ok(()) }
    }

    fn rows(&mut self, source: &mut dyn Source) -> Result<Frame, Failure> {
        let journal = source.journal()?;
        let tables: Vec<_> = source.tables()?.into_iter().filter(|(table, _)| !OWN.contains(&table.as_str())).collect();
        for (place, (table, columns)) in tables.iter().enumerate() {
            self.meter.at("Reading the database", place as u64, tables.len() as u64);
            self.table(source, table, columns)?;
        }
        // After the rows: a sequence only rises, so no row of the snapshot lies above.
        Ok((journal, source.counters()?))
    }

    fn table(&mut self, source: &mut dyn Source, table: &str, columns: &[String]) -> Result<(), Failure> {
        let (mut text, mut rows, mut part) = (Vec::with_capacity(PART + 4096), 0, 0);
        let key = columns.iter().position(|column| column == "storage_key").filter(|_| table == FILES);
        source.rows(table, columns, &mut |row| {
            if let Some(Cell::Text(key)) = key.and_then(|place| row.get(place)) {
                self.files.push(key.clone());
            }
            let line = serde_json::Value::Array(row.iter().map(Cell::to_json).collect());
            serde_json::to_writer(&mut text, &line).map_err(kernel::Error::internal)?;
            text.push(b'\n');
            rows += 1;
            if text.len() >= PART {
                self.alive()?;
                part += 1;
                self.writer.put(&format!("database/{table}/{part:06}.jsonl"), &text)?;
                text.clear();
            }
            Ok(())
        })?;
        if !text.is_empty() {
            self.writer.put(&format!("database/{table}/{:06}.jsonl", part + 1), &text)?;
        }
        self.tables.insert(table.to_owned(), Table { columns: columns.to_vec(), rows });
        self.alive()
    }

    /// One that is swept meanwhile belonged to nothing.
    fn attachments(&mut self, folder: &Path) -> Result<(), Failure> {
        let files = std::mem::take(&mut self.files);
        for (place, key) in files.iter().enumerate() {
            self.alive()?;
            self.meter.at("Reading the files", place as u64, files.len() as u64);
            let path = folder.join(key);
            match File::open(&path) {
                Ok(file) => self.file(&format!("files/{key}"), &path, file)?,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    tracing::warn!(path = %path.display(), "a file has no content; the backup goes on without it");
                }
                Err(error) => return Err(failed(&path, &error)),
            }
        }
        Ok(())
    }

    fn keys(&mut self, folder: &Path) -> Result<(), Failure> {
        for name in KEYS {
            let path = folder.join(name);
            if let Ok(file) = File::open(&path) {
                self.file(&format!("keys/{name}"), &path, file)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, name: &str, path: &Path, file: File) -> Result<(), Failure> {
        let size = file.metadata().map_err(|error| failed(path, &error))?.len();
        self.writer.stream(name, file, size)
    }
}

/// The backup that is made before a newer version changes the schema, in the folder `backups` of the
/// data folder; the newest few are kept.
///
/// # Errors
/// As [`save`].
pub fn before_migration(storage: &Storage, first: &str) -> Result<PathBuf, Failure> {
    let folder = storage.folder.path().join("backups");
    private_folder(&folder)?;
    let moment = SystemClock.now().to_rfc3339().replace([':', '.'], "-");
    let path = folder.join(format!("{moment}-before-{first}.spoc"));
    tracing::info!(path = %path.display(), dialect = ?storage.db.dialect(), "a backup before the schema changes");
    save(&storage.db, storage.folder.path(), &path, &CancellationToken::new(), &mut Bar::new())?;
    prune(&folder);
    Ok(path)
}

/// Names begin with their moment, so they sort by age.
fn prune(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut made: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.to_string_lossy().contains("-before-")).collect();
    made.sort_unstable();
    let surplus = made.len().saturating_sub(KEPT);
    for path in made.into_iter().take(surplus) {
        if let Err(error) = std::fs::remove_file(&path) {
            tracing::warn!(path = %path.display(), %error, "an old backup could not be removed");
        }
    }
}
