//! The server under measurement.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running `spoc serve`; stopped when dropped.
pub struct Server {
    child: Child,
    pub address: String,
    pub ready: Duration,
}

impl Server {
    /// The product on a filled folder.
    pub fn start(binary: &Path, folder: &Path) -> Self {
        Self::run(
            Command::new(binary)
                .args(["serve", "--listen", "127.0.0.1:0", "--limits-connections-per-address", "1000", "--data"])
                .arg(folder),
        )
    }

    /// The plain program on the same folder.
    pub fn plain(folder: &Path) -> Self {
        Self::run(Command::new(std::env::current_exe().unwrap()).arg("plain").arg(folder))
    }

    fn run(command: &mut Command) -> Self {
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let line = lines.next().unwrap().unwrap();
            if let Some((_, address)) = line.split_once("http://") {
                break address.trim().to_owned();
            }
        };
        std::thread::spawn(move || for _ in lines {});
        Self { child, address, ready: begun.elapsed() }
    }

    /// CPU time of the process so far, in seconds.
    pub fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let after: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks: f64 = after[11].parse::<f64>().unwrap() + after[12].parse::<f64>().unwrap();
        ticks / 100.0
    }

    pub fn anonymous_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|l| l.starts_with("RssAnon")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}
