//! The rules of the message files, as functions over a folder, so that a test can run them over the
//! repository and over made-up mistakes.

mod parity;
mod plurals;
mod used;

use std::path::{Path, PathBuf};

pub use parity::parity;
pub use used::{Used, missing, used};

/// Everything wrong under `root`: the message files in `root/locales` and the keys that the sources
/// in `root/crates` ask for.
pub fn problems(root: &Path) -> Vec<String> {
    let locales = root.join("locales");
    let mut found = parity(&locales);
    found.extend(missing(&locales, &root.join("crates")));
    found
}

/// The message files of one language's folder, sorted by name.
pub fn ftl_files(folder: &Path) -> Vec<PathBuf> {
    files(folder, &["ftl"])
}

/// Files below `folder` with one of the extensions, sorted by path.
fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| extensions.iter().any(|wanted| e == *wanted)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
