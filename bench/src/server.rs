//! The server under measurement.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names of the threads that work behind the requests.
const BEHIND: [&str; 5] = ["follow-", "job-", "thrd-tantivy", "merge_thread", "docstore"];

/// Seconds of CPU.
#[derive(Clone, Copy, Default)]
pub struct Cpu {
    pub asked: f64,
    pub behind: f64,
}

/// A running `spoc serve`; stopped when dropped.
pub struct Server {
    child: Child,
    pub address: String,
    pub ready: Duration,
}

/// Name and seconds of CPU of a process or thread; none when it has ended.
fn times(of: &Path) -> Option<(String, f64)> {
    let stat = std::fs::read_to_string(of.join("stat")).ok()?;
    let (name, rest) = stat.split_once('(')?.1.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |n: usize| fields[n].parse::<f64>().ok();
    Some((name.to_owned(), (ticks(11)? + ticks(12)?) / 100.0))
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

    /// CPU time of the process so far, in seconds: of its requests and commits, and of what follows
    /// the log behind them (search index, audit chain, live counts, jobs). The writers of the index
    /// end with each of its commits, so that what is not found in a living thread was theirs.
    pub fn cpu(&self) -> Cpu {
        let process = PathBuf::from(format!("/proc/{}", self.child.id()));
        let all = times(&process).unwrap().1;
        let threads = std::fs::read_dir(process.join("task")).unwrap().flatten().filter_map(|task| times(&task.path()));
        let asked = threads.filter(|(name, _)| !BEHIND.iter().any(|begin| name.starts_with(begin))).map(|(_, seconds)| seconds).sum();
        Cpu { asked, behind: all - asked }
    }

    /// Waits until what follows the log has caught up; seconds of CPU that took. It gives up after ten
    /// minutes, and says so.
    pub fn settle(&self) -> f64 {
        let begun = self.cpu();
        for _ in 0..1200 {
            let before = self.cpu();
            std::thread::sleep(Duration::from_millis(500));
            let now = self.cpu();
            if now.asked + now.behind - before.asked - before.behind <= 0.02 {
                return now.asked + now.behind - begun.asked - begun.behind;
            }
        }
        println!("(the server had still work to do after ten minutes)");
        0.0
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
