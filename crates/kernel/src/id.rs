//! Ids: one number space per kind of record, typed so that a team can never stand where a person is
//! meant.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// A kind of record that draws ids: its name is the row in the counter table (SQLite) and the
/// sequence `id_<NAME>` (PostgreSQL).
pub trait Kind: 'static {
    const NAME: &'static str;
}

/// The id of a record of kind `K`: positive, below 2^53, never reused; gaps are allowed.
pub struct Id<K> {
    raw: i64,
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// Wraps a number that came from the database, a path or a form.
    pub const fn new(raw: i64) -> Self {
        Self { raw, kind: PhantomData }
    }

    /// The bare number.
    pub const fn raw(self) -> i64 {
        self.raw
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.raw.cmp(&other.raw)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.raw)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.raw)
    }
}
impl<K> std::str::FromStr for Id<K> {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        text.parse().map(Self::new)
    }
}
impl<K> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_i64(self.raw)
    }
}
impl<'de, K> serde::Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        i64::deserialize(from).map(Self::new)
    }
}

macro_rules! ids {
    ($($kind:ident $alias:ident $name:literal,)*) => {
        /// The kinds of record as types: `Id<kinds::Person>` is spelled `PersonId`.
        pub mod kinds {
            $(
                #[derive(Debug)]
                pub enum $kind {}
                impl super::Kind for $kind {
                    const NAME: &'static str = $name;
                }
            )*
            /// All names, for the migration that makes the counters.
            pub const ALL: &[&str] = &[$($name),*];
        }
        $(pub type $alias = Id<kinds::$kind>;)*
    };
}

ids! {
    Account AccountId "account",
    Attachment AttachmentId "attachment",
    Batch BatchId "batch",
    Draft DraftId "draft",
    Event EventId "event",
    File FileId "file",
    Job JobId "job",
    Location LocationId "location",
    Message MessageId "message",
    Organisation OrganisationId "organisation",
    Person PersonId "person",
    Service ServiceId "service",
    Setting SettingId "setting",
    Team TeamId "team",
    Text TextId "text",
    Ticket TicketId "ticket",
    Token TokenId "token",
    View ViewId "view",
}
