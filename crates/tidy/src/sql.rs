//! SQL stands in stores, in the crate `db` and in tests, nowhere else: whoever looks for a query knows
//! where to look, and whoever reads an action reads no SQL.

use crate::Source;

/// What begins a statement.
const WORDS: [&str; 6] = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "WITH ", "CREATE TABLE "];

/// Files outside of stores that may hold SQL, and why.
const EXCEPTIONS: [(&str, &str); 2] = [
    ("crates/events/src/", "the log is nothing but its tables: each file is the store of one of them"),
    ("crates/tidy/src/", "names the words it looks for"),
];

/// SQL in the code of files that are no stores.
pub fn outside_stores(source: &Source) -> Vec<String> {
    if !governed(&source.path) {
        return Vec::new();
    }
    let code = source.text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().enumerate();
    let found = lines.filter(|(_, line)| holds_sql(line));
    found.map(|(number, _)| format!("{}:{}: SQL outside of a store", source.path, number + 1)).collect()
}

fn governed(path: &str) -> bool {
    let in_code = path.starts_with("crates/") && path.ends_with(".rs") && path.contains("/src/");
    let store = path.ends_with("/store.rs") || path.contains("/store/");
    let storage = path.starts_with("crates/db/") || path.starts_with("crates/testkit/");
    in_code && !store && !storage && !EXCEPTIONS.iter().any(|(place, _)| path.starts_with(place))
}

fn holds_sql(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with("//") {
        return false;
    }
    let literal = |word: &str| line.contains(&format!("\"{word}"));
    line.contains("sql!(") || WORDS.iter().any(|word| literal(word))
}
