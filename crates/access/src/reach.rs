//! How far a verb goes.

use serde::{Deserialize, Serialize};

/// The reach of a verb; each one includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    #[default]
    None,
    /// What names the person: as requester, beneficiary, assignee, co-worker, watcher or creator.
    Own,
    /// What is with a team of the person, or names one.
    Team,
    /// What belongs to an organisation of the person or to one below it.
    Organisation,
    /// Everything of the tenant.
    All,
}

impl Reach {
    pub const ALL: [Reach; 5] = [Reach::None, Reach::Own, Reach::Team, Reach::Organisation, Reach::All];

    /// The key as stored and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Reach::None => "none",
            Reach::Own => "own",
            Reach::Team => "team",
            Reach::Organisation => "organisation",
            Reach::All => "all",
        }
    }
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.key() == key)
    }
}
