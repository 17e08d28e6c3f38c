//! Refuses to compile without the built front end, in one line that says what to run.

use std::path::Path;

fn main() {
    let manifest = "../../web/dist/manifest.json";
    println!("cargo::rerun-if-changed={manifest}");
    println!("cargo::rerun-if-changed=build.rs");
    if !Path::new(manifest).is_file() {
        println!("cargo::error=web/dist is missing: run `make web` first");
    }
}
