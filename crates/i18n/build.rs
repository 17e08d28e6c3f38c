//! Puts the message files into the binary. A debug build reads them from the working tree instead:
//! a changed word must not recompile every crate above this one.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    println!("cargo:rerun-if-changed=build.rs");
    let release = env::var_os("PROFILE").is_some_and(|profile| profile == "release");
    let source = if release {
        println!("cargo:rerun-if-changed={}", locales.display());
        embedded(&locales)?
    } else {
        format!("pub(crate) const SOURCE: Source = Source::Folder({locales:?});\n")
    };
    fs::write(Path::new(&out).join("source.rs"), source)
}

fn embedded(locales: &Path) -> io::Result<String> {
    let mut files: Vec<(String, String)> = Vec::new();
    for language in fs::read_dir(locales)? {
        let language = language?;
        if !language.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(language.path())? {
            let path = file?.path();
            if path.extension().is_some_and(|e| e == "ftl") {
                let tag = language.file_name().to_string_lossy().into_owned();
                files.push((tag, fs::canonicalize(path)?.display().to_string()));
            }
        }
    }
    files.sort();
    let mut code = String::from("pub(crate) const SOURCE: Source = Source::Embedded(&[\n");
    for (language, path) in files {
        writeln!(code, "    ({language:?}, include_str!({path:?})),").map_err(io::Error::other)?;
    }
    code.push_str("]);\n");
    Ok(code)
}
