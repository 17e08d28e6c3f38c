//! `spoc check-config`: what would `serve` start with?

use std::path::PathBuf;

use clap::Args;

use super::load;
use crate::config::ServerFlags;
use crate::exit::Failure;

/// Read the whole configuration, say where each value comes from, and start nothing
#[derive(Debug, Args)]
pub struct CheckConfig {
    #[command(flatten)]
    settings: ServerFlags,
}

impl CheckConfig {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        let (config, resolved) = load(file, self.settings.0)?;
        config.check()?;
        print!("{}", resolved.describe());
        println!("The configuration is fine.");
        Ok(())
    }
}
