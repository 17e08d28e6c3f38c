//! Those whom a file speaks of: people, teams, organisations, services, locations.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use kernel::{Time, fold};

/// What sort of party; in the order in which they are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    Organisation,
    Location,
    Service,
    Team,
    Person,
}

impl Sort {
    pub const ALL: [Sort; 5] = [Sort::Organisation, Sort::Location, Sort::Service, Sort::Team, Sort::Person];

    /// As stored, and as events and tables name the object.
    pub const fn key(self) -> &'static str {
        match self {
            Sort::Organisation => "organisation",
            Sort::Location => "location",
            Sort::Service => "service",
            Sort::Team => "team",
            Sort::Person => "person",
        }
    }
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.key() == key)
    }
}

/// By what a party is known again: its folded name, for people the columns of their key as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyKey {
    pub sort: Sort,
    pub key: String,
}

impl PartyKey {
    pub fn named(sort: Sort, name: &str) -> Self {
        Self { sort, key: fold(name) }
    }

    /// A key that the file does not say, made of what it says: never the same as one that it says.
    pub fn derived(sort: Sort, from: &str) -> Self {
        Self { sort, key: format!("{DERIVED}{from}") }
    }
    pub fn is_derived(&self) -> bool {
        self.key.starts_with(DERIVED)
    }
    /// For a reader.
    pub fn shown(&self) -> &str {
        self.key.trim_start_matches(DERIVED)
    }
}

/// Begins a key that was made: no cell of a file begins with it.
const DERIVED: char = '\u{1f}';

/// A party as the file describes it.
#[derive(Debug, Clone)]
pub struct Party {
    pub key: PartyKey,
    pub name: String,
    pub more: More,
}

/// What only some have.
#[derive(Debug, Clone)]
pub enum More {
    Nothing,
    Team { line: i64, note: String },
    Person(Box<PersonDetails>),
}

/// What a file says of a person.
#[derive(Debug, Clone, Default)]
pub struct PersonDetails {
    pub title: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub organisation: Option<Arc<Party>>,
    pub location: Option<Arc<Party>>,
    /// The first row that names the person.
    pub since: Option<Time>,
}

impl PartialEq for Party {
    /// The same party, however it was described.
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
impl Eq for Party {}

impl Party {
    /// Those that must be there before it.
    fn needs(&self) -> impl Iterator<Item = &Arc<Party>> {
        let person = if let More::Person(details) = &self.more { Some(details) } else { None };
        person.into_iter().flat_map(|details| details.organisation.iter().chain(&details.location))
    }
}

/// All parties of a file, each once, and which of them accepted rows need.
#[derive(Debug, Default)]
pub(crate) struct Parties {
    all: HashMap<PartyKey, Arc<Party>>,
    wanted: BTreeSet<PartyKey>,
}

impl Parties {
    /// The party of a key; described by `make` when it is met for the first time.
    pub fn meet(&mut self, key: PartyKey, make: impl FnOnce(PartyKey) -> Party) -> Arc<Party> {
        if let Some(known) = self.all.get(&key) {
            return Arc::clone(known);
        }
        let party = Arc::new(make(key.clone()));
        self.all.insert(key, Arc::clone(&party));
        party
    }

    /// An accepted row speaks of it.
    pub fn want(&mut self, party: &Arc<Party>) {
        if !self.wanted.contains(&party.key) {
            for needed in party.needs() {
                self.wanted.insert(needed.key.clone());
            }
            self.wanted.insert(party.key.clone());
        }
    }

    /// Those that accepted rows need, in the order in which they are made.
    pub fn wanted(&self) -> Vec<Arc<Party>> {
        self.wanted.iter().filter_map(|key| self.all.get(key)).cloned().collect()
    }
}

/// A key of a team or a service: small letters, digits and dashes, made from its name; from a digest
/// of it when nothing of the name is left, or `distinct` is wanted because the short form is taken.
pub(crate) fn key_of(name: &str, distinct: bool) -> String {
    let mut key = String::new();
    for c in fold(name).chars() {
        let fits = c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
        if fits {
            key.push(c);
        } else if !key.ends_with('-') && !key.is_empty() {
            key.push('-');
        }
    }
    key.truncate(50);
    let key = key.trim_end_matches('-').to_owned();
    let mark = &crate::input::sha256_of(fold(name).as_bytes())[..8];
    match (key.is_empty(), distinct) {
        (true, _) => format!("x-{mark}"),
        (false, true) => format!("{key}-{mark}"),
        (false, false) => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_typable_and_distinct_where_names_are() {
        assert_eq!(key_of("G230 2nd", false), "g230-2nd");
        assert_eq!(key_of("Ría / Norte", false), "ria-norte");
        assert_ne!(key_of("Сети", false), key_of("Почта", false));
        assert_ne!(key_of("V5 2nd", true), key_of("V5/2nd", true));
        assert!(key_of(&"long ".repeat(40), true).len() <= 64);
    }

    #[test]
    fn what_a_person_needs_is_wanted_first() {
        let mut parties = Parties::default();
        let plain = |key: PartyKey| Party { name: key.key.clone(), key, more: More::Nothing };
        let office = parties.meet(PartyKey::named(Sort::Location, "Office"), plain);
        let details = PersonDetails { location: Some(office), ..PersonDetails::default() };
        let ana = parties.meet(PartyKey::named(Sort::Person, "Ana"), |key| Party {
            name: "Ana".into(),
            key,
            more: More::Person(Box::new(details)),
        });
        assert!(parties.wanted().is_empty(), "met is not wanted");
        parties.want(&ana);
        assert_eq!(parties.wanted().iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["office", "Ana"]);
    }
}
