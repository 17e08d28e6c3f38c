//! A test that plays a process of its own: the test program runs itself with one test chosen.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::programs::uid;

const ORDERS: &str = "SPOC_TEST_ORDERS";

/// The orders of this process, if it is a child made by [`child`].
pub fn orders() -> Option<String> {
    std::env::var_os(ORDERS).map(OsString::into_string).map(|orders| orders.expect("orders are text"))
}

/// The command that runs one ignored test of this program with orders for it.
pub fn child(test: &str, orders: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program is a file"));
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"]).env(ORDERS, orders);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// A child process that does not outlive its test.
#[derive(Debug)]
pub struct Running(Child);

impl Running {
    pub fn start(command: &mut Command) -> Self {
        Self(command.spawn().expect("this program runs"))
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().expect("the child can be asked")
    }

    /// Waits for its end.
    pub fn end_within(&mut self, limit: Duration) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            assert!(begun.elapsed() < limit, "the child does not end within {limit:?}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Kills it with SIGKILL and waits until it is gone.
    pub fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The same command in a mount space of its own, where `folder` is a file system of so many bytes.
pub fn on_small_disk(command: &Command, folder: &Path, bytes: u64) -> Command {
    let mut small = Command::new("unshare");
    if uid() != 0 {
        small.args(["--user", "--map-root-user"]);
    }
    let script = format!("mount -t tmpfs -o size={bytes} tmpfs \"$0\" && exec \"$@\"");
    small.args(["--mount", "sh", "-c", &script]).arg(folder).arg(command.get_program()).args(command.get_args());
    small.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?)))).stdin(Stdio::null()).stdout(Stdio::null());
    small
}
