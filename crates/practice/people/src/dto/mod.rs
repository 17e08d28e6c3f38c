//! What goes over the wire: closed types, each field named on purpose. Fields that the reader's roles
//! hide are absent.

mod organisation;
mod person;
mod place;
mod role;
mod team;

pub use organisation::{OrganisationLineOut, OrganisationOut, organisation_out};
pub use person::{AddressOut, MembershipOut, PersonLineOut, PersonOut, person_out};
pub use place::{LocationOut, ServiceOut, locations_out, services_out};
pub use role::{GrantOut, RoleOut, RoleVersionOut};
pub use team::{MemberOut, TeamOut, teams_out};

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// A record that is referred to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedRef {
    #[schema(example = 17)]
    pub id: i64,
    #[schema(example = "Service desk")]
    pub name: String,
}

impl NamedRef {
    pub fn new(id: i64, name: impl Into<String>) -> Self {
        Self { id, name: name.into() }
    }
}

/// Tells a field that is absent (stays) from one that is `null` (emptied).
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// A choice by its key.
///
/// # Errors
/// It is none of them.
pub fn choice<T>(field: &'static str, key: &str, of: impl Fn(&str) -> Option<T>) -> kernel::Result<T> {
    of(key).ok_or_else(|| kernel::Error::invalid(field, "error-choice"))
}

/// A moment in RFC 3339.
///
/// # Errors
/// It is none.
pub fn moment(field: &'static str, text: &str) -> kernel::Result<kernel::Time> {
    kernel::Time::from_rfc3339(text).map_err(|_| kernel::Error::invalid(field, "error-date"))
}
