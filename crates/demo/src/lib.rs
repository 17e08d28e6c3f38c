//! A believable company with a year of tickets, made from a seed: for `spoc demo`, tests and
//! screenshots.
//!
//! [`plan`] is pure: the same seed, moment and size give the same [`Plan`], byte for byte. It touches
//! no database and no clock. Texts, names and the shape of the company are data under `data/`; what
//! happens to a ticket is written as [`Step`]s, each with its own time and author. [`load`] applies a
//! plan to an empty desk through the actions that people use, as history: no notices, no automation.

mod cases;
mod company;
mod corpus;
mod dice;
mod load;
mod model;
mod names;

use kernel::{Lang, Time};

pub use corpus::CorpusError;
pub use load::{Loaded, Progress, SHOWN, Shown, Stage, load};
pub use model::{
    Account, Call, Case, CaseRef, Channel, Code, Company, Gender, Kind, Level, Link, Location, LocationKind, LocationRef, OrgKind, OrgRef,
    Organisation, Person, PersonRef, Plan, Role, Service, ServiceRef, State, Step, Team, TeamRef, What,
};
pub use names::Names;

/// How much to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// People of the operator and its customers together.
    pub people: u32,
    /// Tickets that people start; tickets of major incidents, duplicates and tasks come on top.
    pub tickets: u32,
}

impl Size {
    /// What `spoc demo` makes.
    pub const FULL: Size = Size { people: 1_000, tickets: 6_000 };
    /// Enough of everything for a test or a quick look.
    pub const SMALL: Size = Size { people: 150, tickets: 300 };
}

/// Makes the company and its tickets of the twelve months before `now`. Texts are in the language of
/// each requester; teams, services and places have one name, that of `names`.
///
/// # Errors
/// A data file of this crate is broken; the tests read them all.
pub fn plan(seed: u64, now: Time, size: Size, names: Lang) -> Result<Plan, CorpusError> {
    let corpus = corpus::Corpus::read()?;
    let company = company::found(seed, size.people, &corpus)?;
    let cases = cases::tell(seed, now, size.tickets, names, &company, &corpus);
    Ok(Plan { seed, now, names, company, cases })
}
