//! How far long work is, on standard error: one line that changes for a person, some lines for a log.

use std::io::{IsTerminal as _, Write as _};

/// Lines of one stage that a log gets at most.
const STEPS: u64 = 4;

/// Shows stages with their share that is done.
pub struct Bar {
    live: bool,
    /// Somebody looks at it, or a log keeps it.
    told: bool,
    stage: String,
    shown: Option<u64>,
}

impl Bar {
    pub fn new() -> Self {
        Self { live: std::io::stderr().is_terminal(), told: true, stage: String::new(), shown: None }
    }

    /// For work that a server does beside other things.
    pub fn silent() -> Self {
        Self { live: false, told: false, stage: String::new(), shown: None }
    }

    /// Tells of progress, as often as one likes; what would look the same is not shown again.
    pub fn at(&mut self, stage: &str, done: u64, total: u64) {
        if !self.told {
            return;
        }
        if self.stage != stage {
            self.end_line();
            stage.clone_into(&mut self.stage);
            self.shown = None;
        }
        let percent = (done.min(total).saturating_mul(100)).checked_div(total).unwrap_or(100);
        let step = if self.live { percent } else { percent * STEPS / 100 };
        if self.shown == Some(step) {
            return;
        }
        self.shown = Some(step);
        // A closed error output is no reason to stop the work.
        let mut out = std::io::stderr();
        let _ = if self.live { write!(out, "\r{stage} {percent} %  ") } else { writeln!(out, "{stage} {percent} %") };
        let _ = out.flush();
    }

    /// Ends the line, so that a result can follow.
    pub fn finish(&mut self) {
        self.end_line();
        self.shown = None;
    }

    fn end_line(&self) {
        if self.live && self.shown.is_some() {
            eprintln!();
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.end_line();
    }
}
