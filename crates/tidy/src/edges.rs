//! Dependencies run one way: a crate uses only crates that stand before it, and a slice never uses
//! another slice; slices meet through the ticket, its links and events.

use serde_json::Value;

/// The crates that everything stands on, in their order.
const ORDER: [&str; 15] = [
    "kernel", "calendar", "sla", "query", "db", "files", "party", "access", "events", "settings", "i18n", "ui", "web-kit", "api-kit",
    "ticket",
];
/// After the order: what stands on the ticket and is used by slices.
const COMMON: [&str; 3] = ["search", "notify", "automation"];
/// Folders of slices.
const SLICES: [&str; 3] = ["crates/practice/", "crates/directory/", "crates/channel/"];
/// Slices that are no practice.
const SINGLE: [&str; 7] = ["console", "portal", "rest", "import", "export", "demo", "audit"];
/// The crate that joins everything.
const TOP: &str = "spoc";
/// Crates of tests may use everything, and tests of everything may use them.
const FOR_TESTS: [&str; 4] = ["testkit", "tidy", "end-to-end", "bench"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Base(usize),
    Common(usize),
    Slice,
    Top,
    Tests,
}

/// Wrong edges in the output of `cargo metadata --no-deps`.
pub fn wrong(metadata: &Value) -> Vec<String> {
    let packages: Vec<&Value> = metadata["packages"].as_array().into_iter().flatten().collect();
    let named = |name: &str| packages.iter().find(|package| package["name"] == name);
    let mut found = Vec::new();
    for package in &packages {
        let name = text(package, "name");
        let Some(rank) = rank(package) else {
            found.push(format!("{name} has no place in the order of crates/tidy/src/edges.rs"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let used = text(dependency, "name");
            let Some(used_rank) = named(used).and_then(|package| self::rank(package)) else { continue };
            let for_tests = dependency["kind"] == "dev";
            if !allowed(rank, used_rank, for_tests) {
                found.push(format!("{name} must not use {used}"));
            }
        }
    }
    found
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn allowed(user: Rank, used: Rank, for_tests: bool) -> bool {
    match (user, used) {
        (Rank::Tests, _) => true,
        (_, Rank::Tests) => for_tests,
        _ => used < user,
    }
}

fn rank(package: &Value) -> Option<Rank> {
    let (name, manifest) = (text(package, "name"), text(package, "manifest_path"));
    let place = |list: &[&str]| list.iter().position(|known| *known == name);
    if let Some(place) = place(&ORDER) {
        return Some(Rank::Base(place));
    }
    if let Some(place) = place(&COMMON) {
        return Some(Rank::Common(place));
    }
    if SINGLE.contains(&name) || SLICES.iter().any(|folder| manifest.contains(folder)) {
        return Some(Rank::Slice);
    }
    if FOR_TESTS.contains(&name) {
        return Some(Rank::Tests);
    }
    (name == TOP).then_some(Rank::Top)
}
