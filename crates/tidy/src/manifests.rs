//! Every dependency has its reason, every crate the lints of the house, every npm folder a lock file
//! that names no host.

use crate::Source;

/// What is wrong with one manifest or lock file.
pub fn faults(source: &Source) -> Vec<String> {
    match source.path.rsplit('/').next().unwrap_or_default() {
        "Cargo.toml" if source.path == "Cargo.toml" => without_reason(&source.text),
        "Cargo.toml" => of_crate(source),
        "package-lock.json" if source.text.contains("\"resolved\"") => {
            vec![format!("{}: names where packages came from; set omit-lockfile-registry-resolved in .npmrc", source.path)]
        }
        _ => Vec::new(),
    }
}

/// Direct dependencies of the workspace whose line does not say why.
fn without_reason(manifest: &str) -> Vec<String> {
    let section = manifest.split("[workspace.dependencies]").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    let foreign = section.lines().filter(|line| line.contains('=') && !line.trim_start().starts_with('#') && !line.contains("path ="));
    foreign.filter(|line| !line.contains('#')).map(|line| format!("Cargo.toml: without a reason: {line}")).collect()
}

fn of_crate(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    if !source.text.contains("[lints]\nworkspace = true") {
        found.push(format!("{}: without the lints of the workspace", source.path));
    }
    let dependencies =
        source.text.split("dependencies]").skip(1).flat_map(|section| section.split("\n[").next().unwrap_or_default().lines());
    let own_version = |line: &&str| line.contains('=') && !line.contains("workspace = true") && !line.trim_start().starts_with('#');
    found.extend(dependencies.filter(own_version).map(|line| format!("{}: a version of its own: {line}", source.path)));
    found
}
