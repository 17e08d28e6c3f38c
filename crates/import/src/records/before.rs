//! How a record was before a batch changed it, whole enough to be so again.

use db::Tx;
use kernel::{Id, OrganisationId, PersonId, Result, Time};
use party::store::{address, membership};
use party::{AddressKind, NewAddress, NewMembership};
use serde::{Deserialize, Serialize};

use super::apply::{Place, Target, set};
use super::current::{ADDRESSES, Current};
use super::custom::{Changed, Was};
use super::fields::Field;
use super::understand::Worth;
use crate::party::Sort;
use crate::store::undo;

/// How a record was.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Before {
    /// Its version.
    pub version: i64,
    values: Vec<(String, Option<Worth>)>,
    /// All addresses of the kinds that were changed, by the kind.
    addresses: Vec<(String, Vec<AddressWas>)>,
    /// All memberships, when the main one was changed.
    memberships: Option<Vec<MembershipWas>>,
    /// Custom fields that were changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    custom: Vec<Was>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct AddressWas {
    value: String,
    verified_at: Option<Time>,
    main: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct MembershipWas {
    organisation: OrganisationId,
    role_title: String,
    from_at: Time,
    to_at: Time,
    main: bool,
}

fn kind_of(field: Field) -> Option<AddressKind> {
    ADDRESSES.iter().find(|(address, _)| *address == field).map(|(_, kind)| *kind)
}

impl Before {
    /// Looks at a record that is about to change in some fields.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn of(tx: &mut Tx<'_>, sort: Sort, id: i64, now: &Current, fields: &[Field]) -> Result<Self> {
        let mut before = Self { version: now.version, ..Self::default() };
        for field in fields {
            match (sort, kind_of(*field)) {
                (Sort::Person, Some(kind)) => {
                    let of_kind = address::of_person(tx, Id::new(id))?.into_iter().filter(|a| a.kind == kind);
                    let was = of_kind.map(|a| AddressWas { value: a.value, verified_at: a.verified_at, main: a.main });
                    before.addresses.push((kind.key().to_owned(), was.collect()));
                }
                (Sort::Person, None) if *field == Field::Organisation => {
                    let all = membership::of_person(tx, Id::new(id))?.into_iter().map(|m| MembershipWas {
                        organisation: m.organisation,
                        role_title: m.role_title,
                        from_at: m.from_at,
                        to_at: m.to_at,
                        main: m.main,
                    });
                    before.memberships = Some(all.collect());
                }
                _ => before.values.push((field.key().to_owned(), now.values.get(field).cloned())),
            }
        }
        Ok(before)
    }

    /// With the custom fields that are about to change.
    #[must_use]
    pub fn with(mut self, changed: &[Changed]) -> Self {
        self.custom = changed.iter().map(Was::of).collect();
        self
    }

    /// With what an earlier row of the batch changed: it stays as it was first.
    pub fn since(mut self, first: Before) -> Self {
        self.values.retain(|(key, _)| first.values.iter().all(|(other, _)| other != key));
        self.addresses.retain(|(key, _)| first.addresses.iter().all(|(other, _)| other != key));
        self.values.extend(first.values);
        self.addresses.extend(first.addresses);
        let later = self.custom.clone();
        self.custom.retain(|was| first.custom.iter().all(|other| other.key != was.key));
        self.custom.extend(first.custom.into_iter().map(|was| {
            let after = later.iter().find(|other| other.key == was.key);
            was.then(after)
        }));
        Self { version: first.version, memberships: first.memberships.or(self.memberships), ..self }
    }

    /// The fields that were changed, for the log.
    pub fn fields(&self) -> Vec<String> {
        let field = |key: &str| Field::ALL.iter().find(|field| field.key() == key).map(|field| field.key());
        let addresses = self.addresses.iter().filter_map(|(kind, _)| field(kind));
        let home = self.memberships.as_ref().map(|_| Field::Organisation.key());
        let own = self.values.iter().filter_map(|(key, _)| field(key)).chain(addresses).chain(home).map(str::to_owned);
        own.chain(self.custom.iter().map(|was| settings::field::property(&was.key))).collect()
    }

    /// Makes a record so again; nobody has changed it since.
    ///
    /// # Errors
    /// What it referred to is gone, or somebody else has its address.
    pub fn restore(&self, tx: &mut Tx<'_>, place: Place, sort: Sort, id: i64) -> Result<()> {
        let field = |key: &str| Field::ALL.iter().copied().find(|field| field.key() == key);
        let target: Target = self.values.iter().filter_map(|(key, worth)| field(key).map(|field| (field, worth.clone()))).collect();
        set(tx, place, sort, id, &target)?;
        for was in &self.custom {
            was.restore(tx, place.tenant, sort, id)?;
        }
        for (kind, was) in &self.addresses {
            if let Some(kind) = AddressKind::from_key(kind) {
                addresses(tx, Id::new(id), kind, was, place.now)?;
            }
        }
        self.memberships.as_ref().map_or(Ok(()), |was| memberships(tx, Id::new(id), was, place.now))
    }
}

/// Takes away what came since, and puts back what was there; a proof given meanwhile stays.
fn addresses(tx: &mut Tx<'_>, person: PersonId, kind: AddressKind, was: &[AddressWas], now: Time) -> Result<()> {
    for is in address::of_person(tx, person)?.into_iter().filter(|a| a.kind == kind) {
        if was.iter().all(|was| kind.value_key(&was.value) != is.value_key) {
            address::remove(tx, person, kind, &is.value, now)?;
        }
    }
    // The main one last: it takes that mark from the others.
    for was in was.iter().filter(|was| !was.main).chain(was.iter().filter(|was| was.main)) {
        let new = NewAddress { kind, value: was.value.clone(), verified_at: was.verified_at, main: was.main };
        address::put(tx, person, &new, now)?;
    }
    Ok(())
}

fn memberships(tx: &mut Tx<'_>, person: PersonId, was: &[MembershipWas], now: Time) -> Result<()> {
    for is in membership::of_person(tx, person)? {
        if was.iter().all(|was| (was.organisation, was.from_at) != (is.organisation, is.from_at)) {
            undo::leave(tx, person, is.organisation, is.from_at)?;
        }
    }
    for was in was.iter().filter(|was| !was.main).chain(was.iter().filter(|was| was.main)) {
        let MembershipWas { organisation, from_at, to_at, main, .. } = *was;
        let new = NewMembership { organisation, role_title: was.role_title.clone(), from_at, to_at, main };
        membership::put(tx, person, &new, now)?;
    }
    Ok(())
}
