//! Who acts, when and why: the frame of every action.

use std::sync::Arc;

use kernel::{Entropy, Time};
use serde::{Deserialize, Serialize};

/// Who did it, as the log keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum By {
    /// A person, by page, API or mail; the person's id.
    Person(i64),
    /// The desk itself: rules, schedules, closing after a time.
    System,
    /// An import, with its batch.
    Import(i64),
}

impl By {
    pub const fn kind(self) -> &'static str {
        match self {
            By::Person(_) => "person",
            By::System => "system",
            By::Import(_) => "import",
        }
    }
    pub const fn id(self) -> i64 {
        match self {
            By::Person(id) | By::Import(id) => id,
            By::System => 0,
        }
    }
    pub fn of(kind: &str, id: i64) -> Self {
        match kind {
            "person" => By::Person(id),
            "import" => By::Import(id),
            _ => By::System,
        }
    }
}

/// What made it happen, beyond the person: answers "Why?".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Cause {
    /// Somebody pressed a button.
    #[default]
    Page,
    Api {
        token: i64,
    },
    Rule {
        key: String,
        version: i64,
    },
    Schedule {
        name: String,
    },
    Import {
        batch: i64,
    },
    /// It follows from a change of another ticket, such as a parent that was solved.
    Ticket {
        id: i64,
    },
    /// One of several that somebody changed at once.
    Bulk {
        id: i64,
    },
    /// A custom field got another type; its key.
    Field {
        key: String,
    },
    Demo,
}

/// The frame of one action: drawn outside of the transaction, the same for each run of it.
#[derive(Clone)]
pub struct Act {
    pub by: By,
    pub now: Time,
    /// When it happened in the world: `now`, but earlier for history that is imported.
    pub occurred: Time,
    pub cause: Cause,
    /// History: no automation, no notice.
    pub silent: bool,
    pub entropy: Arc<dyn Entropy>,
}

impl Act {
    /// A person acts now.
    pub fn person(id: kernel::PersonId, now: Time, entropy: Arc<dyn Entropy>) -> Self {
        Self { by: By::Person(id.raw()), now, occurred: now, cause: Cause::Page, silent: false, entropy }
    }
    /// The desk itself acts now.
    pub fn system(now: Time, cause: Cause, entropy: Arc<dyn Entropy>) -> Self {
        Self { by: By::System, now, occurred: now, cause, silent: false, entropy }
    }
    /// Sixteen random bytes that make the digest of an erasable text unguessable.
    pub fn salt(&self) -> [u8; 16] {
        let mut salt = [0; 16];
        self.entropy.fill(&mut salt);
        salt
    }
}

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Act")
            .field("by", &self.by)
            .field("now", &self.now)
            .field("occurred", &self.occurred)
            .field("cause", &self.cause)
            .finish_non_exhaustive()
    }
}
