//! How far long work is, and whether it should stop.

use std::sync::atomic::{AtomicBool, Ordering};

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Bytes of the file are read and its cases counted.
    Reading,
    /// Rows are understood; nothing is written.
    Checking,
    /// Teams, people, organisations, services and locations are made.
    Parties,
    /// Rows are written.
    Writing,
    /// Tickets are taken back.
    Undoing,
}

impl Stage {
    /// The message that names it.
    pub const fn key(self) -> &'static str {
        match self {
            Stage::Reading => i18n::key!("import-stage-reading"),
            Stage::Checking => i18n::key!("import-stage-checking"),
            Stage::Parties => i18n::key!("import-stage-parties"),
            Stage::Writing => i18n::key!("import-stage-writing"),
            Stage::Undoing => i18n::key!("import-stage-undoing"),
        }
    }
}

/// How far a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    pub done: u64,
    pub total: u64,
}

/// Told of progress and asked whether to stop, often.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    progress: &'a dyn Fn(Progress),
    stop: &'a AtomicBool,
}

impl<'a> Watch<'a> {
    pub fn new(progress: &'a dyn Fn(Progress), stop: &'a AtomicBool) -> Self {
        Self { progress, stop }
    }
    pub(crate) fn at(&self, stage: Stage, done: u64, total: u64) {
        (self.progress)(Progress { stage, done, total });
    }
    pub(crate) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl std::fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").field("stopped", &self.stopped()).finish_non_exhaustive()
    }
}
