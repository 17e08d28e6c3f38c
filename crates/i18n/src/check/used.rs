//! The keys that sources and templates ask for.

use std::path::{Path, PathBuf};

/// One use of a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Used {
    pub key: String,
    pub file: PathBuf,
    pub line: usize,
}

/// What stands before a key. Literals that begin with one of [`PREFIXES`] are keys everywhere.
const CALLS: &[&str] = &["msg(\"", "Msg(\"", "key!(\""];
/// Methods that others have too: they count when asked of a translator, by its usual names.
const METHODS: &[&str] = &[".with(\"", ".count(\""];
const TRANSLATORS: &[&str] = &["t", "texts", "reader", "words"];
const PREFIXES: &[&str] = &["\"error-", "\"event-"];

/// Keys used below `sources` that the English files in `locales` do not have.
pub fn missing(locales: &Path, sources: &Path) -> Vec<String> {
    let known = super::parity::keys(&locales.join("en"));
    used(sources)
        .into_iter()
        .filter(|used| !known.contains(&used.key))
        .map(|used| format!("{}:{}: {} is in no message file", used.file.display(), used.line, used.key))
        .collect()
}

/// Every use of a key in the `.rs` and `.html` files below `sources`. Tests are left out (folders
/// named `tests`, and a file from its first `#[cfg(test)]` on), and so are comments.
pub fn used(sources: &Path) -> Vec<Used> {
    let mut found = Vec::new();
    for file in super::files(sources, &["rs", "html"]) {
        let inside = file.strip_prefix(sources).unwrap_or(&file);
        if inside.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "target" | "node_modules"))) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (index, line) in product.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            let keys = keys_of(line);
            found.extend(keys.map(|key| Used { key: key.to_owned(), file: file.clone(), line: index + 1 }));
        }
    }
    found.sort();
    found.dedup();
    found
}

fn keys_of(line: &str) -> impl Iterator<Item = &str> {
    let by_call = CALLS.iter().flat_map(move |call| after(line, call, call.len()));
    let by_prefix = PREFIXES.iter().flat_map(move |prefix| after(line, prefix, 1));
    let by_method = METHODS.iter().flat_map(move |method| {
        let asked = move |at: &usize| line.get(..*at).is_some_and(|before| TRANSLATORS.contains(&last_word(before)));
        let places = line.match_indices(method).map(|(at, _)| at).filter(asked);
        places.filter_map(|at| line.get(at + method.len()..)?.split('"').next())
    });
    by_call.chain(by_method).chain(by_prefix).filter(|key| is_key(key))
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The rest of each literal in `line` that begins `skip` bytes into a match of `start`.
fn after<'a>(line: &'a str, start: &'static str, skip: usize) -> impl Iterator<Item = &'a str> {
    line.match_indices(start).filter_map(move |(at, _)| line.get(at + skip..)?.split('"').next())
}

/// `$` and blanks tell a sentence or a pattern from a key.
fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}
