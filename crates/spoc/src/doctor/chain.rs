//! The audit chain: whether the log is what it was.

use std::sync::Arc;

use events::chain::{self, Texts};
use ticket::chain::TicketTexts;

use super::{Depth, Finding};
use crate::chain::{known, sentence};
use crate::exit::Failure;
use crate::wiring::migrations;
use crate::wiring::storage::Storage;

/// Links read by a quick look.
const QUICK: i64 = 20_000;

pub fn look(storage: &Storage, depth: Depth) -> Result<Vec<Finding>, Failure> {
    if !migrations::pending(storage)?.ids.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<_> = known(storage.folder.path())?.map(|signer| signer.public_key()).into_iter().collect();
    let depth = match depth {
        Depth::Quick => chain::Depth::Newest(QUICK),
        Depth::Full => chain::Depth::All,
    };
    let texts: Arc<dyn Texts> = Arc::new(TicketTexts);
    let check = chain::verify(&storage.db, &texts, &keys, depth, |_| {})?;
    Ok(vec![Finding::of(check.bad.is_none(), sentence(&check))])
}
