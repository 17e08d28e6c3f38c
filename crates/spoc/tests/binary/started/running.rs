//! A server of the real binary.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};

/// A server that is stopped when the test ends, however it ends.
pub struct Running {
    child: Child,
    said: String,
}

impl Running {
    /// Starts it and waits until it says that it is ready.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary starts");
        let mut said = String::new();
        BufReader::new(child.stdout.take().expect("the output is piped")).read_line(&mut said).expect("it says that it is ready");
        Self { child, said }
    }

    /// The line in which it says that it is ready.
    pub fn said(&self) -> &str {
        &self.said
    }

    /// Host and port where it says that it answers.
    pub fn address(&self) -> &str {
        self.said.trim().rsplit_once("://").expect("it says its address").1
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, as a service manager does, and waits for it.
    pub fn terminate(mut self) -> ExitStatus {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("the signal is sent");
        self.child.wait().expect("it ends")
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("the signal is sent");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
