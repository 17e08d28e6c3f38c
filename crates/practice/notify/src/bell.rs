//! The bell: how much is unread, and who hears of something new at once.

use access::Actor;
use db::Rd;
use kernel::{PersonId, Result};
use tokio::sync::broadcast;

use crate::inbox;

/// People told at once that a slow page may be behind.
const BACKLOG: usize = 256;

/// The bell of one node.
#[derive(Debug, Clone)]
pub struct Bell(broadcast::Sender<PersonId>);

impl Default for Bell {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Bell {
    /// Something is new for a person, or no longer.
    pub fn ring(&self, person: PersonId) {
        // Nobody listening is no error.
        let _ = self.0.send(person);
    }
}

impl web_kit::Bell for Bell {
    fn unread(&self, rd: &mut Rd<'_>, actor: &Actor) -> Result<i64> {
        inbox::unread(rd, actor)
    }

    fn rings(&self) -> broadcast::Receiver<PersonId> {
        self.0.subscribe()
    }
}
