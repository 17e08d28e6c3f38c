//! Progress of long work on standard error: one line that is written over on a terminal, a line per
//! stage elsewhere.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// How often the line changes at most.
const EVERY: Duration = Duration::from_millis(200);

pub struct Meter {
    terminal: bool,
    stage: String,
    shown: Option<Instant>,
}

impl Meter {
    pub fn new() -> Self {
        Self { terminal: std::io::stderr().is_terminal(), stage: String::new(), shown: None }
    }

    /// Says how far a stage is; a total of 0 is an unknown one.
    pub fn at(&mut self, stage: &str, done: u64, total: u64) {
        let new = self.stage != stage;
        if new {
            self.stage = stage.to_owned();
        }
        if !self.terminal {
            if new {
                eprintln!("{stage}");
            }
            return;
        }
        if !new && done < total && self.shown.is_some_and(|shown| shown.elapsed() < EVERY) {
            return;
        }
        self.shown = Some(Instant::now());
        let far = done.saturating_mul(100).checked_div(total).map_or_else(|| done.to_string(), |percent| format!("{percent} %"));
        // What cannot be shown is not worth ending the work for.
        let _ = write!(std::io::stderr(), "\r\x1b[K{stage} {far}");
    }

    /// Ends the line.
    pub fn done(&mut self) {
        if self.terminal && !self.stage.is_empty() {
            eprintln!();
        }
        self.stage.clear();
    }
}
