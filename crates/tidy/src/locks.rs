//! What `deny.toml` bans is not in the lock file either: this needs no tool beside cargo.

use std::collections::BTreeSet;

/// Crates that the policy bans outright and the lock file holds.
pub fn banned(policy: &str, lock: &str) -> Vec<String> {
    let locked: BTreeSet<&str> = lock.lines().filter_map(|line| line.strip_prefix("name = ")).map(|name| name.trim_matches('"')).collect();
    let outright = policy.lines().filter(|line| !line.contains("wrappers"));
    let names = outright.filter_map(|line| line.trim().strip_prefix("{ crate = \"")?.split('"').next());
    names.filter(|name| locked.contains(name)).map(|name| format!("Cargo.lock holds {name}, which deny.toml bans")).collect()
}
