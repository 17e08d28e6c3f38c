//! PostgreSQL's own programs, run as a user that it accepts: it refuses root.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the programs are and as whom they run.
#[derive(Debug, Clone)]
pub(crate) struct Programs {
    bin: PathBuf,
    /// Set when this process is root.
    user: Option<User>,
}

#[derive(Debug, Clone)]
struct User {
    name: &'static str,
    uid: u32,
    gid: u32,
}

impl Programs {
    /// # Panics
    /// There is no PostgreSQL 15 or later on this machine: the message is the command that helps.
    pub fn find() -> Self {
        let bin = newest_of_debian().or_else(on_the_path).expect("PostgreSQL is missing: apt-get install postgresql-15");
        Self { bin, user: is_root().then(unprivileged) }
    }

    /// The command line of a program, before its arguments; as the other user when needed.
    pub fn line(&self, program: &str) -> Vec<String> {
        let program = self.bin.join(program).display().to_string();
        let Some(user) = &self.user else { return vec![program] };
        let ids = [format!("--reuid={}", user.uid), format!("--regid={}", user.gid)];
        ["setpriv".to_owned()].into_iter().chain(ids).chain(["--clear-groups".to_owned(), "--".to_owned(), program]).collect()
    }

    /// Runs a program to its end.
    ///
    /// # Errors
    /// Its words, when it fails.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let line = self.line(program);
        let mut command = Command::new(&line[0]);
        command.args(&line[1..]).args(arguments).current_dir("/").stdin(Stdio::null());
        let out = command.output().map_err(|e| format!("{}: {e}", line.join(" ")))?;
        if out.status.success() {
            return Ok(());
        }
        Err(format!(
            "{program} ended with {}: {}{}",
            out.status,
            String::from_utf8_lossy(&out.stderr),
            String::from_utf8_lossy(&out.stdout)
        ))
    }

    /// As [`Programs::run`] for a program that leaves a daemon behind: a pipe would stay open.
    pub fn run_silently(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let line = self.line(program);
        let mut command = Command::new(&line[0]);
        command.args(&line[1..]).args(arguments).current_dir("/");
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{program} ended with {status}")),
            Err(error) => Err(format!("{}: {error}", line.join(" "))),
        }
    }

    /// Gives a folder to the user that the server runs as.
    pub fn own(&self, folder: &Path) {
        if let Some(user) = &self.user {
            std::os::unix::fs::chown(folder, Some(user.uid), Some(user.gid))
                .unwrap_or_else(|e| panic!("{} cannot be given to {}: {e}", folder.display(), user.name));
        }
    }
}

/// The effective user of this process.
pub(crate) fn uid() -> u32 {
    std::fs::metadata("/proc/self").map_or(0, |m| m.uid())
}

fn is_root() -> bool {
    uid() == 0
}

fn newest_of_debian() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let versions = folders.filter_map(|e| e.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let newest = versions.filter(|v| *v >= 15).max()?;
    let bin = PathBuf::from(format!("/usr/lib/postgresql/{newest}/bin"));
    bin.join("initdb").exists().then_some(bin)
}

fn on_the_path() -> Option<PathBuf> {
    let out = Command::new("pg_config").arg("--bindir").output().ok()?;
    let bin = PathBuf::from(String::from_utf8(out.stdout).ok()?.trim());
    bin.join("initdb").exists().then_some(bin)
}

fn unprivileged() -> User {
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| Some(User { name, uid: id("-u", name)?, gid: id("-g", name)? }))
        .expect("root needs a user `postgres` or `nobody` to run the server of the tests")
}

fn id(which: &str, name: &str) -> Option<u32> {
    let out = Command::new("id").args([which, name]).output().ok()?;
    String::from_utf8(out.stdout).ok()?.trim().parse().ok()
}
