//! The kinds of record that are found.

use access::Object;

/// A kind of record. The number is what the index keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Ticket = 1,
    Person = 2,
    Organisation = 3,
    Team = 4,
    Service = 5,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Ticket, Kind::Person, Kind::Organisation, Kind::Team, Kind::Service];

    /// The name in the log, in addresses and of its table.
    pub const fn key(self) -> &'static str {
        match self {
            Kind::Ticket => "ticket",
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Team => "team",
            Kind::Service => "service",
        }
    }
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
    /// What the index keeps.
    pub const fn number(self) -> i64 {
        self as i64
    }
    pub fn of_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
    /// The object whose fields roles hide.
    pub const fn object(self) -> Object {
        match self {
            Kind::Ticket => Object::Ticket,
            Kind::Person => Object::Person,
            Kind::Organisation => Object::Organisation,
            Kind::Team => Object::Team,
            Kind::Service => Object::Service,
        }
    }
    /// The term of one record.
    pub fn term(self, id: i64) -> String {
        format!("{}:{id}", self.key())
    }
}
