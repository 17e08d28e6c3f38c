//! The tamper-evident chain over the log: whoever changes, removes, adds or swaps an event or a text
//! behind the desk's back is found out, at the row.
//!
//! A follower writes one link per event, in the order of the feed. A link is the digest of the link
//! before it, the event, and the salted digests of the texts that the event speaks of. Texts lie in
//! rows of their own: erasing one with its salt is told by a later event that speaks of the same text,
//! so the chain stays valid and nobody can guess what stood there. The transaction number is no part
//! of it, because a restore begins to count anew.

mod follow;
mod head;
pub(crate) mod purged;
mod verify;

pub use follow::{Chain, FOLLOWER};
pub use head::{Head, Signer, heads, keep, newest, sign};
pub use verify::{Bad, Check, Depth, Fault, check_heads, verify};

use std::collections::HashMap;

use db::Rd;
use kernel::Result;
use sha2::{Digest as _, Sha256};

use crate::append::Stored;

/// A SHA-256.
pub type Digest = [u8; 32];

/// What stands for the digest of a text that is gone.
const GONE: Digest = [0; 32];

/// A text that an event speaks of: its kind and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text {
    pub kind: &'static str,
    pub id: i64,
}

impl Text {
    /// The digest of what it says: nobody without the salt can tell which text it was.
    pub fn digest(self, salt: &[u8], body: &str) -> Digest {
        let mut digest = Sha256::new();
        digest.update(b"spoc text 1\n");
        for part in [self.kind.as_bytes(), &self.id.to_be_bytes(), salt, body.as_bytes()] {
            framed(&mut digest, part);
        }
        digest.finalize().into()
    }
}

/// Where the texts are that events speak of.
pub trait Texts: Send + Sync + 'static {
    /// The texts of an event, in an order that never changes. Of an event that an earlier version has
    /// written a later one may name more, behind those that were named: its link holds the first ones.
    fn named(&self, object: &str, payload: &str) -> Vec<Text>;
    /// The digests of those that are there.
    ///
    /// # Errors
    /// The database refuses.
    fn digests(&self, rd: &mut Rd<'_>, texts: &[Text]) -> Result<HashMap<Text, Digest>>;
}

/// The digest of an event as it is stored.
fn content(event: &Stored) -> Digest {
    let mut digest = Sha256::new();
    digest.update(b"spoc event 1\n");
    let numbers = [event.seq, event.tenant, event.object_id, event.occurred.0, event.recorded.0, event.actor_id, event.visibility];
    for number in numbers {
        digest.update(number.to_be_bytes());
    }
    digest.update([u8::from(event.silent)]);
    for text in [&event.object, &event.kind, &event.actor_kind, &event.cause, &event.payload] {
        framed(&mut digest, text.as_bytes());
    }
    digest.finalize().into()
}

/// The link of an event, after the link before it.
fn link(before: &Digest, seq: i64, content: &Digest, texts: &[u8]) -> Digest {
    let mut digest = Sha256::new();
    digest.update(b"spoc link 1\n");
    digest.update(before);
    digest.update(seq.to_be_bytes());
    digest.update(content);
    framed(&mut digest, texts);
    digest.finalize().into()
}

/// With its length before it, so that two parts never read like two others.
fn framed(digest: &mut Sha256, part: &[u8]) {
    digest.update((part.len() as u64).to_be_bytes());
    digest.update(part);
}

/// The digests of an event's texts, one after the other.
fn joined(named: &[Text], digests: &HashMap<Text, Digest>) -> Vec<u8> {
    named.iter().flat_map(|text| digests.get(text).copied().unwrap_or(GONE)).collect()
}

fn digest_of(bytes: Vec<u8>) -> Result<Digest> {
    bytes.try_into().map_err(|_| kernel::Error::internal("a digest of the chain has another length"))
}
