//! The plan as plain data. Records refer to each other by their place in the plan's lists.

mod case;
mod company;

pub use case::{Call, Case, Channel, Code, Kind, Level, Link, State, Step, What};
pub use company::{Account, Company, Gender, Location, LocationKind, OrgKind, Organisation, Person, Role, Service, Team};

use kernel::{Lang, Time};

/// A company and its year, ready to be applied through the ordinary actions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Plan {
    pub seed: u64,
    pub now: Time,
    /// The language in which teams, services and places are called.
    pub names: Lang,
    pub company: Company,
    /// Sorted by start; a case links only to cases before it.
    pub cases: Vec<Case>,
}

macro_rules! refs {
    ($($name:ident in $list:literal,)*) => {$(
        #[doc = concat!("The place of a record in `", $list, "`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            #[doc = concat!("The index into `", $list, "`.")]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
            pub(crate) const fn at(index: usize) -> Self {
                Self(index as u32)
            }
        }
    )*};
}

refs! {
    OrgRef in "Company::organisations",
    LocationRef in "Company::locations",
    TeamRef in "Company::teams",
    ServiceRef in "Company::services",
    PersonRef in "Company::people",
    CaseRef in "Plan::cases",
}
