//! A path that a document names in backticks exists.

use std::path::Path;

use crate::Source;

/// What a path of ours begins with.
const BEGINNINGS: [&str; 10] = ["crates/", "web/", "locales/", "openapi/", "tests/", "bench/", "docs/", "scripts/", ".ci/", "target/../"];

/// Paths in the backticks of a document that lead nowhere.
pub fn gone(root: &Path, document: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in document.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let named = line.split('`').skip(1).step_by(2).filter(|span| is_path(span));
            let lost = named.filter(|path| !exists(root, path));
            found.extend(lost.map(|path| format!("{}:{}: {path} does not exist", document.path, number + 1)));
        }
    }
    found
}

fn is_path(span: &str) -> bool {
    let clean = span.chars().all(|c| c.is_ascii_alphanumeric() || "._-/*<>{},".contains(c));
    let root_file = !span.contains('/') && (span.ends_with(".md") || span.ends_with(".toml") || span == "Makefile");
    // `spoc.toml` is a file of whoever runs the desk.
    clean && span != "spoc.toml" && (root_file || BEGINNINGS.iter().any(|beginning| span.starts_with(beginning)))
}

/// Braces are each of their parts; from a star or a placeholder on, anything will do.
fn exists(root: &Path, path: &str) -> bool {
    if let (Some(open), Some(close)) = (path.find('{'), path.find('}'))
        && open < close
    {
        let (before, after) = (&path[..open], &path[close + 1..]);
        return path[open + 1..close].split(',').all(|part| exists(root, &format!("{before}{part}{after}")));
    }
    let certain = path.split(['*', '<']).next().unwrap_or_default();
    let certain = if certain.len() < path.len() { certain.rsplit_once('/').map_or("", |(folder, _)| folder) } else { certain };
    root.join(certain).exists()
}
