//! `spoc openapi`: the description of the API.

use std::io::Write as _;

use clap::Args;

use crate::exit::{self, Failure};
use crate::wiring::document;

/// Print the OpenAPI document of this version; needs no desk
#[derive(Debug, Args)]
pub struct OpenApi {}

impl OpenApi {
    pub fn run(self) -> Result<(), Failure> {
        let text = document::text()?;
        // A closed pipe is the reader's choice.
        match std::io::stdout().write_all(text.as_bytes()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(Failure::new(exit::FAILED, format!("it cannot be printed: {error}")))
            }
            _ => Ok(()),
        }
    }
}
