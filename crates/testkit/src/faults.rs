//! Faults that only a process of its own can suffer.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};

/// Compiles a C source into a library for `LD_PRELOAD`, once per content.
pub fn compile_shim(source: &Path) -> PathBuf {
    let name = source.file_stem().and_then(|n| n.to_str()).expect("a named source");
    let out = tempfile::Builder::new().prefix(name).suffix(".so").tempfile().expect("a temporary file").into_temp_path().keep().expect("kept");
    let status = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]).arg(&out).arg(source).arg("-ldl").status();
    assert!(status.expect("a C compiler: apt-get install gcc").success(), "{} does not compile", source.display());
    out
}

/// Kills a child with SIGKILL and waits until it is gone.
pub fn settled_kill(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    child.wait().expect("the child is gone");
}
