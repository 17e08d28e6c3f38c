//! The folders of the index: `<folder>/<version>.<number>`. A new one is filled beside the old one;
//! the greatest number that is complete is used, all others are removed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Fields, Live, Mark};

/// Present while an index is in use: found at the start, it tells of an end by force.
const IN_USE: &str = "in-use";
/// Asks for a new index.
const WANTED: &str = "rebuild";
/// How far a new index is.
const PROGRESS: &str = "progress";

/// The index to use, if there is one. Nothing is removed. Without patience a large one that was left by
/// force is passed over: to read all of it would hold up the start.
pub fn open(folder: &Path, patient: bool) -> Option<(Arc<Live>, Mark)> {
    let mut found = numbered(folder);
    found.sort_unstable_by_key(|(number, _)| std::cmp::Reverse(*number));
    found.into_iter().find_map(|(_, path)| match usable(&path, patient) {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(%error, folder = %path.display(), "an index cannot be opened and will be made anew");
            None
        }
    })
}

/// An index of this size is checked at every start; a larger one after an end by force only.
const QUICKLY_CHECKED: u64 = 128 << 20;

fn usable(path: &Path, patient: bool) -> tantivy::Result<Option<(Arc<Live>, Mark)>> {
    let (small, left) = (size(path) <= QUICKLY_CHECKED, path.join(IN_USE).exists());
    if left && !small && !patient {
        return Ok(None);
    }
    let check = left || small;
    let opened = std::panic::catch_unwind(|| Live::open(path, check));
    let live = opened.unwrap_or_else(|_| Err(tantivy::TantivyError::InternalError("it cannot be read".to_owned())))?;
    let Some(mark) = live.mark()?.filter(|mark| mark.complete) else { return Ok(None) };
    Ok(Some((Arc::new(live), mark)))
}

/// Bytes of an index.
pub fn size(path: &Path) -> u64 {
    entries(path).filter_map(|file| std::fs::metadata(file).ok()).map(|found| found.len()).sum()
}

/// A folder for a new index: no other one of this process had its name, as a search may still read one
/// that is removed already.
pub fn next(folder: &Path) -> PathBuf {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let number = entries(folder).filter_map(|path| number_of(&path).map(|(_, number)| number)).max().unwrap_or(0);
    let number = LAST.fetch_max(number, Ordering::Relaxed).max(number);
    LAST.fetch_max(number + 1, Ordering::Relaxed);
    folder.join(format!("{}.{}", Fields::version(), number + 1))
}

/// Removes every index but one. On some systems files in use stay; the next start removes them.
pub fn keep_only(folder: &Path, kept: Option<&Path>) {
    for path in entries(folder).filter(|path| path.is_dir() && number_of(path).is_some() && Some(path.as_path()) != kept) {
        if let Err(error) = std::fs::remove_dir_all(&path) {
            tracing::debug!(%error, folder = %path.display(), "an old index stays for now");
        }
    }
}

/// Notes that an index is in use, or that it was left in order.
pub fn used(folder: &Path, in_use: bool) {
    let marker = folder.join(IN_USE);
    let done = if in_use { std::fs::write(&marker, b"") } else { std::fs::remove_file(&marker) };
    if let Err(error) = done {
        tracing::debug!(%error, "the mark of use could not be changed");
    }
}

/// Asks whoever has the folder for a new index.
///
/// # Errors
/// The folder cannot be written.
pub fn want(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(WANTED), b"")
}

/// Whether a new index is asked for and not yet begun.
pub fn is_wanted(folder: &Path) -> bool {
    folder.join(WANTED).exists()
}

/// Takes the wish for a new index, if there is one.
pub fn take_wish(folder: &Path) -> bool {
    std::fs::remove_file(folder.join(WANTED)).is_ok()
}

/// How far a new index is, for other processes: parts of 1,000, or none when none is made.
pub fn tell(folder: &Path, done: Option<u32>) {
    let file = folder.join(PROGRESS);
    let told = match done {
        Some(done) => std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&file, done.to_string())),
        None => std::fs::remove_file(&file),
    };
    if let Err(error) = told {
        tracing::debug!(%error, "the progress could not be told");
    }
}

/// What another process tells by [`tell`].
pub fn told(folder: &Path) -> Option<u32> {
    std::fs::read_to_string(folder.join(PROGRESS)).ok()?.trim().parse().ok()
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

fn numbered(folder: &Path) -> Vec<(u64, PathBuf)> {
    let version = Fields::version();
    let of_version = |path: PathBuf| number_of(&path).filter(|(of, _)| *of == version).map(|(_, number)| (number, path));
    entries(folder).filter_map(of_version).collect()
}

fn number_of(path: &Path) -> Option<(String, u64)> {
    let (version, number) = path.file_name()?.to_str()?.rsplit_once('.')?;
    Some((version.to_owned(), number.parse().ok()?))
}
