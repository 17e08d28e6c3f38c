//! How a record is now, in the fields of a mapping.

use std::collections::BTreeMap;

use db::Rd;
use kernel::{Id, OrganisationId, Result, Time};
use party::store::{address, location, membership, organisation, person, service, team};
use party::{Address, AddressKind, Membership, Wanted};
use ticket::fields::grade_key;

use super::fields::Field;
use super::understand::Worth;
use crate::party::Sort;

/// What fields hold; a field that is missing here is empty.
pub type Values = BTreeMap<Field, Worth>;

/// A record with its version.
#[derive(Debug, Clone)]
pub struct Current {
    pub tenant: OrganisationId,
    pub version: i64,
    /// What it stands below.
    pub parent: Option<i64>,
    pub values: Values,
}

struct Said(Values);

impl Said {
    fn text(&mut self, field: Field, text: &str) {
        if !text.is_empty() {
            self.0.insert(field, Worth::Text(text.to_owned()));
        }
    }
    fn refers<K>(&mut self, field: Field, id: Option<Id<K>>) {
        if let Some(id) = id {
            self.0.insert(field, Worth::Ref(Some(id.raw()), String::new()));
        }
    }
    fn flag(&mut self, field: Field, flag: bool) {
        self.0.insert(field, Worth::Flag(flag));
    }
}

/// How a record is at a moment.
///
/// # Errors
/// There is none; the database does not answer.
pub fn current(rd: &mut Rd<'_>, sort: Sort, id: i64, now: Time) -> Result<Current> {
    let mut said = Said(Values::new());
    let (tenant, version, parent) = match sort {
        Sort::Person => of_person(rd, id, now, &mut said)?,
        Sort::Organisation => {
            let o = organisation::get(rd, Id::new(id))?;
            said.text(Field::Name, &o.name);
            said.text(Field::Kind, o.kind.key());
            said.text(Field::Lang, o.lang.map_or("", |lang| lang.tag()));
            said.text(Field::TimeZone, o.time_zone.as_deref().unwrap_or_default());
            said.text(Field::Note, &o.note);
            said.flag(Field::Active, o.active);
            said.0.insert(Field::Domains, Worth::Many(organisation::domains(rd, o.id)?));
            (o.tenant, o.version, o.parent.map(Id::raw))
        }
        Sort::Location => {
            let l = location::get(rd, Id::new(id))?;
            said.text(Field::Name, &l.name);
            said.text(Field::Address, &l.address);
            said.text(Field::TimeZone, l.time_zone.as_deref().unwrap_or_default());
            said.flag(Field::Active, l.active);
            (l.tenant, l.version, l.parent.map(Id::raw))
        }
        Sort::Service => {
            let s = service::get(rd, Id::new(id))?;
            said.text(Field::Name, &s.name);
            said.text(Field::State, s.state.key());
            said.refers(Field::Team, s.team);
            said.refers(Field::Owner, s.owner);
            said.text(Field::Impact, s.impact.map_or("", |impact| grade_key("impact", impact)));
            said.text(Field::Description, &s.description);
            said.flag(Field::Active, s.active);
            (s.tenant, s.version, s.parent.map(Id::raw))
        }
        Sort::Team => {
            let t = team::get(rd, Id::new(id))?;
            said.text(Field::Name, &t.name);
            said.0.insert(Field::Line, Worth::Number(t.line));
            said.refers(Field::Lead, t.lead);
            said.text(Field::Note, &t.note);
            said.flag(Field::Active, t.active);
            (t.tenant, t.version, None)
        }
    };
    Ok(Current { tenant, version, parent, values: said.0 })
}

fn of_person(rd: &mut Rd<'_>, id: i64, now: Time, said: &mut Said) -> Result<(OrganisationId, i64, Option<i64>)> {
    let p = person::get(rd, Id::new(id))?;
    said.text(Field::Name, &p.name);
    said.text(Field::Title, &p.title);
    said.text(Field::Lang, p.lang.map_or("", |lang| lang.tag()));
    said.text(Field::TimeZone, p.time_zone.as_deref().unwrap_or_default());
    said.refers(Field::Location, p.location);
    said.flag(Field::Vip, p.vip);
    said.text(Field::Note, &p.note);
    said.flag(Field::Active, p.active);
    let addresses = address::of_person(rd, p.id)?;
    for (field, kind) in ADDRESSES {
        said.text(field, main(&addresses, kind).map_or("", |a| a.value.as_str()));
    }
    said.refers(Field::Organisation, home(&membership::of_person(rd, p.id)?, now));
    Ok((p.tenant, p.version, None))
}

/// The organisation to which somebody belongs in the first place at a moment.
pub fn home(memberships: &[Membership], now: Time) -> Option<OrganisationId> {
    memberships.iter().find(|m| m.main && m.from_at <= now && m.to_at > now).map(|m| m.organisation)
}

/// The fields that are addresses.
pub const ADDRESSES: [(Field, AddressKind); 3] =
    [(Field::Email, AddressKind::Email), (Field::Phone, AddressKind::Phone), (Field::Mobile, AddressKind::Mobile)];

/// The address to use among those of a kind.
pub fn main(addresses: &[Address], kind: AddressKind) -> Option<&Address> {
    addresses.iter().find(|a| a.kind == kind && a.main)
}

/// Fields with other values than now, each with both. What stands below what is decided where it is made.
pub fn differences(now: &Values, said: &Values) -> Vec<(Field, Option<Worth>, Worth)> {
    let other = said.iter().filter(|(field, worth)| **field != Field::Parent && !now.get(field).is_some_and(|is| is.same(worth)));
    other.map(|(field, worth)| (*field, now.get(field).cloned(), worth.clone())).collect()
}

/// Puts names into references that have only ids.
///
/// # Errors
/// The database does not answer.
pub fn named(rd: &mut Rd<'_>, changes: &mut [(Field, Option<Worth>, Worth)]) -> Result<()> {
    let mut wanted = Wanted::default();
    for (field, before, _) in changes.iter() {
        if let Some(Worth::Ref(Some(id), _)) = before {
            match field {
                Field::Organisation => wanted.organisation(Id::new(*id)),
                Field::Location => wanted.location(Id::new(*id)),
                Field::Team => wanted.team(Id::new(*id)),
                _ => wanted.person(Id::new(*id)),
            };
        }
    }
    let names = wanted.load(rd)?;
    for (field, before, _) in changes.iter_mut() {
        if let Some(Worth::Ref(Some(id), name)) = before {
            let found = match field {
                Field::Organisation => names.organisation(Id::new(*id)),
                Field::Location => names.location(Id::new(*id)),
                Field::Team => names.team(Id::new(*id)),
                _ => names.person_name(Id::new(*id)),
            };
            found.clone_into(name);
        }
    }
    Ok(())
}
