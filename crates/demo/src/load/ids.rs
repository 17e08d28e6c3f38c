//! What the records of a plan are called in the database.

use kernel::{LocationId, OrganisationId, PersonId, ServiceId, TeamId};

use crate::model::{LocationRef, OrgRef, PersonRef, ServiceRef, TeamRef};

#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    pub organisations: Vec<OrganisationId>,
    pub locations: Vec<LocationId>,
    pub people: Vec<PersonId>,
    pub teams: Vec<TeamId>,
    pub services: Vec<ServiceId>,
}

impl Ids {
    pub(super) fn organisation(&self, it: OrgRef) -> OrganisationId {
        self.organisations[it.index()]
    }
    pub(super) fn location(&self, it: LocationRef) -> LocationId {
        self.locations[it.index()]
    }
    pub(super) fn person(&self, it: PersonRef) -> PersonId {
        self.people[it.index()]
    }
    pub(super) fn team(&self, it: TeamRef) -> TeamId {
        self.teams[it.index()]
    }
    pub(super) fn service(&self, it: ServiceRef) -> ServiceId {
        self.services[it.index()]
    }
}
