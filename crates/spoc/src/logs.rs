//! Logs on standard error: lines for people or JSON for machines.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Starts logging for the whole process; a second call changes nothing.
pub fn start(config: &Config) {
    let filter = EnvFilter::new(&config.log_level.0);
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Only a test process starts more than one desk, and the first one's logs serve all.
    let _ = match config.log_format {
        LogFormat::Text => logs.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => logs.json().flatten_event(true).try_init(),
    };
}
