//! Persons as JSON.

use access::{Actor, Object};
use db::Rd;
use kernel::{PersonId, Result, Time};
use party::{Address, Membership, PersonLine, Wanted, store};
use serde::Serialize;
use utoipa::ToSchema;

use super::NamedRef;

/// A person as a list has them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonLineOut {
    #[schema(example = 1204)]
    pub id: i64,
    #[schema(example = "Maria Ortega")]
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Accountant")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vip: Option<bool>,
    pub active: bool,
    /// The main mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "maria.ortega@example.com")]
    pub email: Option<String>,
    /// The main phone number, else the main mobile number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where they mainly belong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<NamedRef>,
    pub version: i64,
}

impl PersonLineOut {
    pub fn of(actor: &Actor, line: PersonLine) -> Self {
        let hidden = actor.hidden_in(Object::Person, line.tenant);
        let organisation = line.organisation.zip(line.organisation_name).map(|(id, name)| NamedRef::new(id.raw(), name));
        Self {
            id: line.id.raw(),
            name: line.name,
            title: (!hidden.contains("title")).then_some(line.title),
            vip: (!hidden.contains("vip")).then_some(line.vip),
            active: line.active,
            email: line.email,
            phone: line.phone,
            organisation,
            version: line.version,
        }
    }
}

/// An address.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AddressOut {
    /// email phone mobile room tag
    #[schema(example = "email")]
    pub kind: String,
    #[schema(example = "maria.ortega@example.com")]
    pub value: String,
    /// The one to use among those of its kind.
    pub main: bool,
    /// When it was proved that it leads to the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<String>,
}

impl From<Address> for AddressOut {
    fn from(a: Address) -> Self {
        Self { kind: a.kind.key().to_owned(), value: a.value, main: a.main, verified_at: a.verified_at.map(Time::to_rfc3339) }
    }
}

/// Where a person belongs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MembershipOut {
    pub organisation: NamedRef,
    /// What they are there.
    pub role_title: String,
    /// RFC 3339.
    pub from: String,
    /// Absent: without an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    pub main: bool,
}

impl From<Membership> for MembershipOut {
    fn from(m: Membership) -> Self {
        Self {
            organisation: NamedRef::new(m.organisation.raw(), m.organisation_name),
            role_title: m.role_title,
            from: m.from_at.to_rfc3339(),
            to: (m.to_at != Time::NEVER).then(|| m.to_at.to_rfc3339()),
            main: m.main,
        }
    }
}

/// A person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonOut {
    #[schema(example = 1204)]
    pub id: i64,
    #[schema(example = "Maria Ortega")]
    pub name: String,
    /// Job title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// en es ru; absent: as their organisation has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// An IANA name; absent: that of the location or the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<NamedRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vip: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addresses: Option<Vec<AddressOut>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memberships: Option<Vec<MembershipOut>>,
    /// Other records of the same person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<i64>,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub updated_at: String,
    /// The entity tag.
    pub version: i64,
}

/// A person whom the caller has found by scope, or has just made.
///
/// # Errors
/// The database does not answer.
pub fn person_out(rd: &mut Rd<'_>, actor: &Actor, id: PersonId) -> Result<PersonOut> {
    let p = store::person::resolve(rd, id)?;
    let hidden = actor.hidden_in(Object::Person, p.tenant);
    let shown = |field: &str| !hidden.contains(field);
    let names = Wanted::default().location(p.location).load(rd)?;
    let addresses = store::address::of_person(rd, p.id)?;
    let memberships = store::membership::of_person(rd, p.id)?;
    let merged = store::person::merged_into(rd, p.id)?;
    Ok(PersonOut {
        id: p.id.raw(),
        name: p.name,
        title: shown("title").then_some(p.title),
        lang: p.lang.filter(|_| shown("lang")).map(|l| l.tag().to_owned()),
        time_zone: p.time_zone.filter(|_| shown("time_zone")),
        location: p.location.filter(|_| shown("location")).map(|l| NamedRef::new(l.raw(), names.location(l))),
        vip: shown("vip").then_some(p.vip),
        note: shown("note").then_some(p.note),
        active: p.active,
        addresses: shown("addresses").then(|| addresses.into_iter().map(AddressOut::from).collect()),
        memberships: shown("memberships").then(|| memberships.into_iter().map(MembershipOut::from).collect()),
        merged: merged.into_iter().map(PersonId::raw).collect(),
        created_at: p.created_at.to_rfc3339(),
        updated_at: p.updated_at.to_rfc3339(),
        version: p.version,
    })
}
