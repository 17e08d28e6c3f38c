//! Who and where: organisations, places, teams, services, people and the log-ins of the demo.

use kernel::Lang;

use super::{LocationRef, OrgRef, PersonRef, ServiceRef, TeamRef};
use crate::names::Names;

/// The invented company, its customers and the one tenant beside it. Parents stand before children
/// in every list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Company {
    pub organisations: Vec<Organisation>,
    pub locations: Vec<Location>,
    pub teams: Vec<Team>,
    pub services: Vec<Service>,
    pub people: Vec<Person>,
    /// One log-in per role of the delivered catalogue, and one of the separate tenant.
    pub accounts: Vec<Account>,
}

impl Company {
    pub fn organisation(&self, it: OrgRef) -> &Organisation {
        &self.organisations[it.index()]
    }
    pub fn location(&self, it: LocationRef) -> &Location {
        &self.locations[it.index()]
    }
    pub fn team(&self, it: TeamRef) -> &Team {
        &self.teams[it.index()]
    }
    pub fn service(&self, it: ServiceRef) -> &Service {
        &self.services[it.index()]
    }
    pub fn person(&self, it: PersonRef) -> &Person {
        &self.people[it.index()]
    }
    pub(crate) fn team_by_key(&self, key: &str) -> Option<TeamRef> {
        self.teams.iter().position(|t| t.key == key).map(TeamRef::at)
    }
    pub(crate) fn service_by_key(&self, key: &str) -> Option<ServiceRef> {
        self.services.iter().position(|s| s.key == key).map(ServiceRef::at)
    }
}

/// What an organisation is to the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrgKind {
    /// The company that runs the desk; the root of its tenant.
    Operator,
    Department,
    /// Buys from the operator and lives in its tenant, below it in the tree.
    Customer,
    /// A root of its own: nobody of it may see anything of the others.
    Tenant,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Organisation {
    pub key: String,
    pub name: Names,
    pub kind: OrgKind,
    pub parent: Option<OrgRef>,
    /// The root organisation of its tenant: itself for the operator and for a separate tenant.
    pub tenant: OrgRef,
    /// Under `.example`, reserved by RFC 2606.
    pub domain: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LocationKind {
    Office,
    Floor,
    Room,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Location {
    pub key: String,
    pub name: Names,
    pub kind: LocationKind,
    pub parent: Option<LocationRef>,
    /// Whose place it is: the operator or a customer.
    pub organisation: OrgRef,
    /// IANA name.
    pub time_zone: String,
    pub address: String,
}

/// A support team. Line 1 takes calls, 2 specialises, 3 builds or is the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Team {
    pub key: String,
    pub name: Names,
    pub line: u8,
    pub email: String,
    pub lead: PersonRef,
    pub members: Vec<PersonRef>,
}

/// A node of the service tree; level 1 is a family, level 3 is what tickets name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Service {
    pub key: String,
    pub name: Names,
    pub parent: Option<ServiceRef>,
    pub level: u8,
    /// Who answers for it in the end.
    pub team: TeamRef,
    /// Offered to customers of the operator too.
    pub external: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    Male,
    Female,
}

/// The delivered role catalogue, from the narrowest to the widest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    User,
    Customer,
    Observer,
    Approver,
    Responsible,
    SuperUser,
    Operator,
    Coordinator,
    Manager,
    Cio,
    Administrator,
}

impl Role {
    pub const ALL: [Role; 11] = [
        Role::User,
        Role::Customer,
        Role::Observer,
        Role::Approver,
        Role::Responsible,
        Role::SuperUser,
        Role::Operator,
        Role::Coordinator,
        Role::Manager,
        Role::Cio,
        Role::Administrator,
    ];

    /// The key of the role in configuration.
    pub const fn key(self) -> &'static str {
        match self {
            Role::User => "user",
            Role::Customer => "customer",
            Role::Observer => "observer",
            Role::Approver => "approver",
            Role::Responsible => "responsible",
            Role::SuperUser => "super_user",
            Role::Operator => "operator",
            Role::Coordinator => "coordinator",
            Role::Manager => "manager",
            Role::Cio => "cio",
            Role::Administrator => "administrator",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Person {
    pub given: String,
    /// Patronymic or second given name.
    pub middle: Option<String>,
    pub family: String,
    pub gender: Gender,
    pub lang: Lang,
    pub title: String,
    pub email: String,
    /// Landline in a range that cannot be dialled or is reserved for fiction.
    pub phone: String,
    pub mobile: Option<String>,
    pub organisation: OrgRef,
    /// The office or floor of the desk.
    pub location: LocationRef,
    pub office: LocationRef,
    pub room: String,
    /// IANA name.
    pub time_zone: String,
    pub vip: bool,
    /// Asset tag of the computer.
    pub device: String,
    pub role: Role,
}

impl Person {
    /// The full name in the order in which the person's language writes it in running text.
    pub fn name(&self) -> String {
        match &self.middle {
            Some(middle) => format!("{} {} {}", self.given, middle, self.family),
            None => format!("{} {}", self.given, self.family),
        }
    }

    /// Works the tickets of others.
    pub fn is_agent(&self) -> bool {
        self.role >= Role::Responsible && self.role != Role::SuperUser
    }
}

/// A log-in that the first page of the demo shows with its password.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Account {
    pub role: Role,
    pub person: PersonRef,
    /// The person's mail address.
    pub login: String,
    /// Public by design: the demo holds nothing worth hiding.
    pub password: String,
}
