//! The real binary, started in an empty folder of its own with nothing from this process's
//! environment that it could take for a setting.

pub mod api;
pub mod http;
pub mod running;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An empty folder that the binary runs in.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder can be made"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, private to its owner as a configuration should be.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, content).expect("the file can be written");
        self.mode(name, 0o600);
        path
    }

    pub fn mode(&self, name: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(self.path().join(name), std::fs::Permissions::from_mode(mode)).expect("the mode can be set");
    }

    /// The binary with these arguments, not yet started.
    pub fn spoc(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spoc"));
        command.current_dir(self.path()).args(args).env_clear();
        command
    }
}

/// What a process ended with: code and both outputs.
pub fn ended(mut command: Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("the binary starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the output is UTF-8");
    (status.code().expect("the process ended by itself"), text(stdout), text(stderr))
}

/// The one line that a failure is.
pub fn one_line(stderr: &str) -> &str {
    let line = stderr.strip_suffix('\n').unwrap_or(stderr);
    assert!(!line.contains('\n') && line.starts_with("spoc: "), "not one line of ours: {stderr:?}");
    line
}
