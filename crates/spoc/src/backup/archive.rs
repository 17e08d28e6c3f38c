//! The file: parts that are digested while they are written and read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::cell::hex;
use super::failed;
use super::manifest::{FIRST, FORMAT, Head, LAST, Manifest, Part};
use crate::exit::{self, Failure};

/// Fast, and near what slower levels reach with rows of text.
const LEVEL: i32 = 3;
/// The manifest and the head are small; anything larger is none.
const LARGEST_LIST: u64 = 256 << 20;

/// A backup that is being written, under another name until it is whole.
pub struct Writer {
    tar: tar::Builder<zstd::Encoder<'static, BufWriter<File>>>,
    pub parts: BTreeMap<String, Part>,
    path: PathBuf,
    part: Partial,
}

/// Goes away with its value unless it was kept.
struct Partial(Option<PathBuf>);

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Writer {
    /// Begins a backup that will be at `path`.
    ///
    /// # Errors
    /// The place is taken or cannot be written.
    pub fn create(path: &Path, head: &Head) -> Result<Self, Failure> {
        if path.exists() {
            return Err(Failure::new(exit::FAILED, format!("{} is there already; choose another name", path.display())));
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        let part = PathBuf::from(name);
        let wrong = |error: std::io::Error| failed(&part, &error);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&part).map_err(wrong)?;
        let mut encoder = zstd::Encoder::new(BufWriter::new(file), LEVEL).map_err(wrong)?;
        encoder.include_checksum(true).map_err(wrong)?;
        let mut writer =
            Self { tar: tar::Builder::new(encoder), parts: BTreeMap::new(), path: path.to_owned(), part: Partial(Some(part.clone())) };
        writer.put(FIRST, &serde_json::to_vec(head).map_err(kernel::Error::internal)?)?;
        Ok(writer)
    }

    /// Adds a part that is in memory.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.stream(name, bytes, bytes.len() as u64)
    }

    /// Adds a part of `size` bytes.
    ///
    /// # Errors
    /// It has another size, or the disk refuses.
    pub fn stream(&mut self, name: &str, content: impl Read, size: u64) -> Result<(), Failure> {
        let mut digested = Digested { inner: content.take(size), digest: Sha256::new(), bytes: 0 };
        let mut header = tar::Header::new_ustar();
        header.set_size(size);
        header.set_mode(0o600);
        header.set_entry_type(tar::EntryType::Regular);
        let added = self.tar.append_data(&mut header, name, &mut digested);
        added.map_err(|error| failed(&self.path, &error))?;
        if digested.bytes != size {
            return Err(Failure::new(exit::FAILED, format!("{name} changed while it was read")));
        }
        self.parts.insert(name.to_owned(), Part { bytes: size, sha256: hex(&digested.digest.finalize()) });
        Ok(())
    }

    /// Writes the manifest, syncs, and gives the file its name.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn finish(mut self, manifest: &Manifest) -> Result<(), Failure> {
        self.put(LAST, &serde_json::to_vec_pretty(manifest).map_err(kernel::Error::internal)?)?;
        let Self { tar, path, mut part, .. } = self;
        let end = move || -> std::io::Result<()> {
            let mut buffered = tar.into_inner()?.finish()?;
            buffered.flush()?;
            buffered.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
        };
        end().map_err(|error| failed(&path, &error))?;
        if let Some(written) = part.0.take() {
            let named = std::fs::rename(&written, &path).and_then(|()| sync_folder(&path));
            if let Err(error) = named {
                part.0 = Some(written);
                return Err(failed(&path, &error));
            }
        }
        Ok(())
    }
}

/// Makes the name of a file survive a power cut.
pub fn sync_folder(of: &Path) -> std::io::Result<()> {
    let folder = of.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

struct Digested<R> {
    inner: R,
    digest: Sha256,
    bytes: u64,
}

impl<R: Read> Read for Digested<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.digest.update(&buffer[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

/// Calls `each` with the name and content of every part, in their order.
///
/// # Errors
/// The file cannot be read or is no archive; what `each` answers.
pub fn read(path: &Path, mut each: impl FnMut(&str, &mut dyn Read, u64) -> Result<(), Failure>) -> Result<(), Failure> {
    let file = File::open(path).map_err(|error| failed(path, &error))?;
    let no_backup = |error: std::io::Error| Failure::new(exit::DAMAGED, format!("{} is no whole backup of Spoc: {error}", path.display()));
    let decoder = zstd::Decoder::new(BufReader::new(file)).map_err(no_backup)?;
    let mut archive = tar::Archive::new(decoder);
    for entry in archive.entries().map_err(no_backup)? {
        let mut entry = entry.map_err(no_backup)?;
        let name = entry.path().map_err(no_backup)?.to_string_lossy().into_owned();
        let size = entry.size();
        each(&name, &mut entry, size)?;
    }
    Ok(())
}

/// Reads all of a backup and compares every part with the manifest. Nothing is written.
///
/// # Errors
/// It is no backup, of a newer form, cut short or damaged.
pub fn verify(path: &Path, mut tick: impl FnMut(u64) -> Result<(), Failure>) -> Result<Manifest, Failure> {
    let damaged = |what: String| Failure::new(exit::DAMAGED, format!("{} is damaged: {what}; use another backup", path.display()));
    let (mut found, mut manifest, mut done) = (BTreeMap::new(), None, 0);
    read(path, |name, content, size| {
        if found.is_empty() {
            head(name, content).map_err(|what| Failure::new(exit::VERSION, format!("{}: {what}", path.display())))?;
            // Digested below as what it is once the manifest tells it.
            found.insert(name.to_owned(), None);
            return Ok(());
        }
        if name == LAST {
            let list = serde_json::from_reader(content.take(LARGEST_LIST));
            manifest = Some(list.map_err(|error| damaged(format!("{LAST}: {error}")))?);
            return Ok(());
        }
        let mut digested = Digested { inner: content, digest: Sha256::new(), bytes: 0 };
        std::io::copy(&mut digested, &mut std::io::sink()).map_err(|error| damaged(format!("{name}: {error}")))?;
        found.insert(name.to_owned(), Some(Part { bytes: size, sha256: hex(&digested.digest.finalize()) }));
        done += size;
        tick(done)
    })?;
    let manifest: Manifest = manifest.ok_or_else(|| damaged("its end is missing".to_owned()))?;
    if found.len() != manifest.parts.len() {
        return Err(damaged("it has other parts than its manifest lists".to_owned()));
    }
    for (name, part) in &manifest.parts {
        match found.get(name) {
            Some(None) => {}
            Some(Some(seen)) if seen == part => {}
            _ => return Err(damaged(format!("{name} is not what the manifest says"))),
        }
    }
    Ok(manifest)
}

fn head(name: &str, content: &mut dyn Read) -> Result<(), String> {
    let no = || "this is no backup of Spoc".to_owned();
    if name != FIRST {
        return Err(no());
    }
    let head: Head = serde_json::from_reader(content.take(LARGEST_LIST)).map_err(|_| no())?;
    if head.format > FORMAT {
        return Err(format!("this backup was written by version {}; install that version or a newer one", head.program));
    }
    Ok(())
}
