//! Rules of every source file: its length, and what does not stand in it.

use crate::Source;

/// Lines of a file at most: over that it has two jobs.
const LONGEST: usize = 500;
/// What the length is counted of.
const CODE: [&str; 7] = ["rs", "ts", "mjs", "css", "html", "sh", "ftl"];

/// Files that may be longer, and why.
const LONG: [(&str, &str); 0] = [];

/// What does not stand in a source, in halves so that this file passes its own rule.
const FORBIDDEN: [(&str, &str, &str); 10] = [
    ("#[al", "low(", "use #[expect(.., reason)]: it says when it is no longer needed"),
    ("#![al", "low(", "use #![expect(.., reason)]: it says when it is no longer needed"),
    ("TO", "DO", "do it, or open an issue"),
    ("FIX", "ME", "mend it, or open an issue"),
    ("/wo", "rk/", "a path of one machine"),
    ("/ro", "ot/", "a path of one machine"),
    ("registry.npm", "js.org", "the host of a registry"),
    ("index.crates", ".io", "the host of a registry"),
    ("static.crates", ".io", "the host of a registry"),
    ("files.python", "hosted.org", "the host of a registry"),
];

/// A file that is longer than one job needs.
pub fn too_long(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    let excepted = LONG.iter().any(|(path, _)| *path == source.path);
    let counted = CODE.contains(&source.extension());
    (counted && !excepted && lines > LONGEST).then(|| format!("{}: {lines} lines; {LONGEST} is the most", source.path))
}

/// Words and marks that do not stand in a source.
pub fn forbidden(source: &Source) -> Vec<String> {
    // The lock file of cargo names its index by an address that is the same everywhere.
    if source.path == "Cargo.lock" {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        for (first, second, why) in FORBIDDEN {
            let word = [first, second].concat();
            // A document may name an attribute that code must not have.
            let concerns = source.extension() == "rs" || !word.starts_with('#');
            if concerns && line.contains(&word) {
                found.push(format!("{}:{}: {word} ({why})", source.path, number + 1));
            }
        }
    }
    found
}

/// A crate begins by saying what it is.
pub fn without_header(source: &Source) -> Option<String> {
    let root = source.path.ends_with("src/lib.rs") || source.path.ends_with("src/main.rs");
    (root && !source.text.starts_with("//!")).then(|| format!("{}: the first line says what the crate is, after //!", source.path))
}
