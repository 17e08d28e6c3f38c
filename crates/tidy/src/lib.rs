//! The rules of the house that a compiler does not know, as functions over a folder: each returns what
//! is wrong, one line per finding. `tests/repository.rs` runs them over this repository and over
//! made-up mistakes, because a rule that cannot fail is worse than none.

pub mod edges;
pub mod locks;
pub mod manifests;
pub mod paths;
pub mod sources;
pub mod sql;

use std::path::{Path, PathBuf};

/// Folders that are built or fetched, never written by us.
const NOT_OURS: [&str; 6] = ["target", "node_modules", "dist", "dist.new", ".git", "out"];

/// A text file of the repository.
pub struct Source {
    /// From the root, with slashes.
    pub path: String,
    pub text: String,
}

impl Source {
    /// What the file name ends with, without the dot.
    pub fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}

/// Every file that people write, sorted by path; files that are no text are passed over.
pub fn sources(root: &Path) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let ours = !NOT_OURS.iter().any(|other| name == *other) && !name.to_string_lossy().ends_with("-data");
            if path.is_dir() && ours {
                folders.push(path);
            } else if ours && let Ok(text) = std::fs::read_to_string(&path) {
                found.push(Source { path: from_root(root, &path), text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn from_root(root: &Path, path: &Path) -> String {
    let path: PathBuf = path.strip_prefix(root).unwrap_or(path).to_owned();
    path.to_string_lossy().replace('\\', "/")
}
