//! `spoc audit`: the chain over the log, its signed heads, and proof against them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use events::chain::{self, Depth, Digest, Head, Texts};
use kernel::{Clock as _, SystemClock};
use ticket::chain::TicketTexts;

use super::load;
use crate::chain::{digits, fault, known, sentence};
use crate::config::StorageFlags;
use crate::exit::{self, Failure};
use crate::wiring::migrations;
use crate::wiring::storage::{self, Storage};

/// Heads asked for at once.
const PAGE: i64 = 500;

/// Prove that nobody has changed the log behind the desk's back
///
/// Changes nothing and may run beside the server.
#[derive(Debug, Args)]
pub struct Audit {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read the whole chain and name the first row that is not what it was; ends with code 11 when there is one
    Verify {
        /// Signed heads that were kept elsewhere, as `spoc audit heads` prints them
        #[arg(long, value_name = "FILE")]
        heads: Option<PathBuf>,
        /// A public key that may have signed them, beside that of the data folder; may be repeated
        #[arg(long = "key", value_name = "HEX")]
        keys: Vec<String>,
        #[command(flatten)]
        settings: StorageFlags,
    },
    /// Print every signed head and a fresh one, a JSON object a line: keep them on another machine
    Heads {
        #[command(flatten)]
        settings: StorageFlags,
    },
}

impl Audit {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        match self.what {
            What::Verify { heads, keys, settings } => {
                let storage = open(file, settings)?;
                verify(&storage, heads.as_deref(), &keys)
            }
            What::Heads { settings } => print(&open(file, settings)?),
        }
    }
}

fn open(file: Option<PathBuf>, settings: StorageFlags) -> Result<Storage, Failure> {
    let (config, _) = load(file, settings.0)?;
    let storage = storage::open_to_read(&config)?;
    migrations::require(&storage)?;
    Ok(storage)
}

fn verify(storage: &Storage, kept: Option<&Path>, more: &[String]) -> Result<(), Failure> {
    let mut keys: Vec<Digest> = known(storage.folder.path())?.map(|signer| signer.public_key()).into_iter().collect();
    for text in more {
        let key = digits(text).and_then(|bytes| bytes.try_into().ok());
        keys.push(key.ok_or_else(|| Failure::new(exit::CONFIGURATION, "--key takes the 64 hexadecimal digits of a public key"))?);
    }
    let texts: Arc<dyn Texts> = Arc::new(TicketTexts);
    let check = chain::verify(&storage.db, &texts, &keys, Depth::All, |_| {})?;
    if check.bad.is_some() {
        return Err(Failure::new(exit::FINDINGS, sentence(&check)));
    }
    println!("{}", sentence(&check));
    if let Some(path) = kept {
        let heads = read(path)?;
        let count = heads.len();
        if let Some(bad) = chain::check_heads(&storage.db, Some(&keys), heads)? {
            return Err(Failure::new(exit::FINDINGS, fault(&bad)));
        }
        println!("{count} heads of {} hold", path.display());
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Head>, Failure> {
    let wrong = |what: String| Failure::new(exit::FAILED, format!("{}: {what}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty()).enumerate();
    lines.map(|(number, line)| serde_json::from_str(line).map_err(|error| wrong(format!("line {}: {error}", number + 1)))).collect()
}

fn print(storage: &Storage) -> Result<(), Failure> {
    let mut below = i64::MAX;
    loop {
        let heads = storage.db.read_wait("audit.heads", move |rd| chain::heads(rd, below, PAGE))?;
        let Some(last) = heads.last() else { break };
        below = last.place;
        for head in &heads {
            println!("{}", line(head)?);
        }
    }
    let newest = storage.db.read_wait("audit.newest", chain::newest)?;
    if let (Some(signer), Some(newest)) = (known(storage.folder.path())?, newest) {
        println!("{}", line(&chain::sign(&signer, newest, SystemClock.now()))?);
    }
    Ok(())
}

fn line(head: &Head) -> Result<String, Failure> {
    serde_json::to_string(head).map_err(|error| kernel::Error::internal(error).into())
}
