//! A PostgreSQL server of the tests' own: made by `initdb` in a folder, on a free port of
//! 127.0.0.1, and stopped by a watchdog when nobody holds it any more.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use postgres::{Client, NoTls};

use crate::programs::Programs;

/// Whether the server waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// As in production: for tests that kill.
    Full,
    /// Fast: nothing waits for the disk.
    None,
}

/// A running server.
#[derive(Debug)]
pub struct Cluster {
    programs: Programs,
    folder: PathBuf,
    port: u16,
    /// Locked, shared, as long as this process uses the server; the watchdog looks at it.
    _user: File,
    /// A private server goes with its owner.
    owned: Option<tempfile::TempDir>,
}

impl Cluster {
    /// A server for one test alone: it may be killed and started again.
    pub fn private(durability: Durability) -> Self {
        let folder = tempfile::Builder::new().prefix("spoc-pg-").tempdir().expect("a temporary folder");
        let programs = Programs::find();
        let user = open_lock(&folder.path().join("users"));
        user.lock_shared().expect("a lock");
        let port = start_fresh(&programs, folder.path(), durability);
        watch(&programs, folder.path(), 1);
        Self { programs, folder: folder.path().to_owned(), port, _user: user, owned: Some(folder) }
    }

    pub(crate) fn adopt(programs: Programs, folder: PathBuf, port: u16, user: File) -> Self {
        Self { programs, folder, port, _user: user, owned: None }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The URL of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Stops the server as a power cut would: no checkpoint, no farewell to clients.
    pub fn crash(&self) {
        self.control(&["-m", "immediate", "stop"]);
    }

    /// Starts it again on the same port after [`Cluster::crash`].
    pub fn revive(&self) {
        start(&self.programs, &self.folder).expect("the server starts again");
    }

    /// Runs statements as administrator, each on its own, on a thread that may block.
    pub fn admin(&self, database: &str, statements: &[String]) -> Result<(), postgres::Error> {
        let url = self.url(database);
        let work = || {
            let mut client = Client::connect(&url, NoTls)?;
            statements.iter().try_for_each(|statement| client.batch_execute(statement))
        };
        std::thread::scope(|scope| scope.spawn(work).join().expect("the administrator's thread"))
    }

    /// One number, asked as administrator.
    pub fn ask(&self, database: &str, question: &str) -> i64 {
        let url = self.url(database);
        let work = || {
            let mut client = Client::connect(&url, NoTls).expect("the server answers");
            let row = client.query_one(question, &[]).expect("the question is understood");
            row.get(0)
        };
        std::thread::scope(|scope| scope.spawn(work).join().expect("the administrator's thread"))
    }

    fn control(&self, arguments: &[&str]) {
        let data = self.folder.join("data").display().to_string();
        let all: Vec<&str> = ["-D", &data, "-w"].into_iter().chain(arguments.iter().copied()).collect();
        self.programs.run_silently("pg_ctl", &all).expect("pg_ctl");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.owned.is_some() {
            let data = self.folder.join("data").display().to_string();
            // It may be down already: a test crashed it.
            let _ = self.programs.run_silently("pg_ctl", &["-D", &data, "-w", "-m", "immediate", "stop"]);
        }
    }
}

pub(crate) fn open_lock(path: &Path) -> File {
    File::options().create(true).append(true).open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Makes and starts a server in a folder; answers its port.
pub(crate) fn start_fresh(programs: &Programs, folder: &Path, durability: Durability) -> u16 {
    let data = folder.join("data");
    let _ = programs.run_silently("pg_ctl", &["-D", &data.display().to_string(), "-m", "immediate", "stop"]);
    let _ = std::fs::remove_dir_all(&data);
    std::fs::create_dir_all(&data).expect("a folder for the data");
    programs.own(folder);
    programs.own(&data);
    let path = data.display().to_string();
    let options = ["-D", &path, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"];
    programs.run("initdb", &options).expect("initdb");
    for _ in 0..5 {
        let port = free_port();
        std::fs::write(data.join("postgresql.auto.conf"), settings(folder, port, durability)).expect("the settings");
        match start(programs, folder) {
            Ok(()) => return port,
            // Somebody else may have taken the port meanwhile.
            Err(message) => eprintln!("the server of the tests did not start on {port}: {message}"),
        }
    }
    let log = std::fs::read_to_string(folder.join("data/log")).unwrap_or_default();
    panic!("the server of the tests does not start:\n{log}");
}

fn settings(folder: &Path, port: u16, durability: Durability) -> String {
    let safe = if durability == Durability::Full { "on" } else { "off" };
    format!(
        "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{}'\nmax_connections = 500\n\
         shared_buffers = '128MB'\nfsync = {safe}\nfull_page_writes = {safe}\nsynchronous_commit = {safe}\n\
         autovacuum = {safe}\njit = off\nmax_wal_size = '2GB'\nlog_min_messages = 'fatal'\n",
        folder.display()
    )
}

fn start(programs: &Programs, folder: &Path) -> Result<(), String> {
    let (data, log) = (folder.join("data").display().to_string(), folder.join("data/log").display().to_string());
    programs.run_silently("pg_ctl", &["-D", &data, "-l", &log, "-w", "-t", "60", "start"])
}

fn free_port() -> u16 {
    let socket = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    socket.local_addr().expect("its number").port()
}

/// Starts the process that stops the server `grace` seconds after its last user has gone, however
/// that user ended.
#[expect(clippy::zombie_processes, reason = "the watchdog outlives this process")]
pub(crate) fn watch(programs: &Programs, folder: &Path, grace: u32) {
    let mut command = Command::new("setsid");
    command
        .args(["sh", "-c", include_str!("watchdog.sh"), "spoc-test-watchdog"])
        .arg(folder)
        .arg(grace.to_string())
        .args(programs.line("pg_ctl"));
    command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("setsid and sh");
    for _ in 0..500 {
        if is_watched(folder) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the watchdog of {} does not start", folder.display());
}

pub(crate) fn is_watched(folder: &Path) -> bool {
    open_lock(&folder.join("watchdog")).try_lock().is_err()
}
