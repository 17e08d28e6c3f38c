//! The ZIP file under way: written to disk as it is read, with the digest of each file in it.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::PathBuf;

use kernel::{Error, ErrorKind, Result};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The largest archive.
const MOST: u64 = 20 * 1024 * 1024 * 1024;
/// Read and written at once.
const CHUNK: usize = 64 * 1024;
/// Letters of a name in it.
const NAME: usize = 80;

/// A file in it.
#[derive(Debug, Serialize)]
pub struct Listed {
    pub name: String,
    pub size: u64,
    pub sha256: String,
}

/// An archive; its folder goes with it.
pub struct Archive {
    folder: TempDir,
    zip: ZipWriter<BufWriter<File>>,
    listed: Vec<Listed>,
    /// Files whose bytes could not be read.
    missing: Vec<String>,
    size: u64,
}

#[derive(Serialize)]
struct Manifest<'a> {
    format: &'static str,
    version: u32,
    person: i64,
    made_at: String,
    files: &'a [Listed],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    missing: &'a [String],
}

/// A full disk is said as such.
pub(super) fn disk(error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Error::new(ErrorKind::Storage, "error-disk-full").retry_after(60).cause(error),
        _ => Error::internal(error),
    }
}

impl Archive {
    pub fn new() -> Result<Self> {
        let folder = tempfile::tempdir().map_err(disk)?;
        let file = File::create(folder.path().join("person.zip")).map_err(disk)?;
        let zip = ZipWriter::new(BufWriter::new(file)).set_auto_large_file();
        Ok(Self { folder, zip, listed: Vec::new(), missing: Vec::new(), size: 0 })
    }

    /// A text under way beside the archive, which takes one file at a time.
    pub fn beside(&self, name: &str) -> Result<BufWriter<File>> {
        File::create(self.folder.path().join(name)).map(BufWriter::new).map_err(disk)
    }

    /// Takes in a text that was written beside.
    pub fn take(&mut self, name: &str, mut text: BufWriter<File>) -> Result<()> {
        text.flush().map_err(disk)?;
        let file = File::open(self.folder.path().join(name)).map_err(disk)?;
        self.add(name, true, chunks(file))
    }

    /// Adds a file; one that cannot be read to its end is left out and named in the manifest.
    pub fn add(&mut self, name: &str, packed: bool, content: impl Iterator<Item = Result<Vec<u8>>>) -> Result<()> {
        let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        self.zip
            .start_file(name, SimpleFileOptions::default().compression_method(method).unix_permissions(0o644))
            .map_err(Error::internal)?;
        let (mut digest, mut size) = (Sha256::new(), 0_u64);
        for chunk in content {
            let Ok(chunk) = chunk else {
                self.zip.abort_file().map_err(Error::internal)?;
                self.missing.push(name.to_owned());
                return Ok(());
            };
            size += chunk.len() as u64;
            if self.size.saturating_add(size) > MOST {
                return Err(Error::new(ErrorKind::TooLarge, "error-person-export-large"));
            }
            digest.update(&chunk);
            self.zip.write_all(&chunk).map_err(disk)?;
        }
        self.size += size;
        let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        self.listed.push(Listed { name: name.to_owned(), size, sha256 });
        Ok(())
    }

    /// Ends it with the list of what is in it; answers where it is and the folder that holds it.
    pub fn end(mut self, person: i64, made_at: String) -> Result<(TempDir, PathBuf)> {
        let manifest = Manifest { format: "spoc-person", version: 1, person, made_at, files: &self.listed, missing: &self.missing };
        let text = serde_json::to_vec_pretty(&manifest).map_err(Error::internal)?;
        self.add("manifest.json", true, std::iter::once(Ok(text)))?;
        self.zip.finish().map_err(Error::internal)?.flush().map_err(disk)?;
        let path = self.folder.path().join("person.zip");
        Ok((self.folder, path))
    }
}

/// A file piece by piece.
pub(super) fn chunks(mut file: File) -> impl Iterator<Item = Result<Vec<u8>>> + Send {
    std::iter::from_fn(move || {
        let mut chunk = vec![0; CHUNK];
        match file.read(&mut chunk) {
            Ok(0) => None,
            Ok(read) => {
                chunk.truncate(read);
                Some(Ok(chunk))
            }
            Err(error) => Some(Err(disk(error))),
        }
    })
}

/// The name of somebody's file in the archive: it begins with its number, and holds nothing that any system
/// takes for a path, a stream or a command.
pub fn inside(id: i64, name: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let tidy: String = name.chars().map(letter).collect();
    // The end says what it is.
    let tidy: String = tidy.chars().skip(tidy.chars().count().saturating_sub(NAME)).collect();
    let tidy = tidy.trim_end_matches('.');
    format!("files/{id}-{}", if tidy.is_empty() { "file" } else { tidy })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_paths() {
        assert_eq!(inside(7, "Отчёт за май.pdf"), "files/7-Отчёт_за_май.pdf");
        for evil in ["../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\x", "a\0b", "con:", "x\u{202e}gpj.exe", "..", "", "a\n\rb"]
        {
            let name = inside(7, evil);
            let rest = name.strip_prefix("files/7-").unwrap();
            assert!(!rest.is_empty() && !rest.ends_with('.') && !rest.contains(['/', '\\', ':', '\0', '\n', '\u{202e}']), "{name}");
        }
        assert_eq!(inside(7, &"x".repeat(500)).chars().count(), NAME + "files/7-".len());
    }

    #[test]
    fn it_is_a_zip_with_the_digests_of_its_files() {
        let mut archive = Archive::new().unwrap();
        let mut text = archive.beside("a.txt").unwrap();
        text.write_all(b"abc").unwrap();
        archive.take("a.txt", text).unwrap();
        archive.add("b.bin", false, [Ok(vec![1]), Err(Error::internal("gone"))].into_iter()).unwrap();
        let (_folder, path) = archive.end(7, "now".into()).unwrap();
        let mut read = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
        assert_eq!(read.file_names().map(Result::unwrap).collect::<Vec<_>>(), ["a.txt", "manifest.json"]);
        let manifest: serde_json::Value = serde_json::from_reader(read.by_name("manifest.json").unwrap()).unwrap();
        assert_eq!(manifest["files"][0]["sha256"], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(manifest["missing"][0], "b.bin");
    }
}
