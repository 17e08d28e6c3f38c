//! Which record of the desk a row means, and which ones it refers to.

use std::collections::HashMap;

use db::Rd;
use kernel::{OrganisationId, Result, fold};
use party::store::{address, person};
use party::{AddressKind, Tenants, Within};

use super::fields::Field;
use super::understand::{Entry, Fault, Worth};
use crate::party::{Directory, PartyKey, Sort};
use crate::refusal::Reason;

/// Names that are looked at to find one person.
const NEAR: u64 = 20;

/// What the desk has, and what this write has made so far.
pub struct Known<'d> {
    pub tenant: OrganisationId,
    pub directory: &'d Directory,
    pub made: HashMap<PartyKey, i64>,
}

impl Known<'_> {
    fn id(&self, key: &PartyKey) -> Option<i64> {
        self.made.get(key).copied().or_else(|| self.directory.id(key))
    }

    /// The record that a row means; none: a new one. A person is also known by a mail address that nobody
    /// shares.
    pub fn record(&self, rd: &mut Rd<'_>, entry: &Entry) -> Result<Option<i64>> {
        if let Some(id) = self.id(&entry.key) {
            return Ok(Some(id));
        }
        match (entry.key.sort, entry.said.get(&Field::Email)) {
            (Sort::Person, Some(email)) => self.by_mail(rd, &email.shown()),
            (Sort::Person, None) => Ok(None),
            (sort, _) => Ok(self.id(&PartyKey::named(sort, &entry.name))),
        }
    }

    fn by_mail(&self, rd: &mut Rd<'_>, email: &str) -> Result<Option<i64>> {
        let owners = address::owners(rd, self.tenant, AddressKind::Email, email)?;
        Ok(if let [only] = owners.as_slice() { Some(only.raw()) } else { None })
    }

    /// Finds what a row refers to; what may be made and is not there stays without an id.
    pub fn refer(&self, rd: &mut Rd<'_>, entry: &mut Entry, create: bool) -> Result<std::result::Result<(), Fault>> {
        let own = entry.key.sort;
        for (field, worth) in &mut entry.said {
            let Worth::Ref(id, name) = worth else { continue };
            let (sort, may_make) = match field {
                Field::Organisation => (Sort::Organisation, create),
                Field::Location => (Sort::Location, create),
                Field::Parent => (own, create),
                Field::Team => (Sort::Team, false),
                _ => (Sort::Person, false),
            };
            *id = match sort {
                Sort::Person => self.person(rd, name)?,
                sort => self.id(&PartyKey::named(sort, name)),
            };
            if id.is_none() && !may_make {
                return Ok(Err((Reason::Unknown, format!("{}: {name}", field.key()))));
            }
            if *field == Field::Parent && PartyKey::named(own, name) == PartyKey::named(own, &entry.name) {
                return Ok(Err((Reason::Value, format!("{}: {name}", field.key()))));
            }
        }
        Ok(Ok(()))
    }

    /// A person by mail address, by the key of the source, or by a name that only one has.
    fn person(&self, rd: &mut Rd<'_>, text: &str) -> Result<Option<i64>> {
        if text.contains('@') {
            return self.by_mail(rd, text);
        }
        if let Some(id) = self.id(&PartyKey { sort: Sort::Person, key: text.to_owned() }) {
            return Ok(Some(id));
        }
        let near = person::search(rd, &Within::tenants(Tenants::one(self.tenant)), text, NEAR)?;
        let exact: Vec<i64> = near.into_iter().filter(|p| fold(&p.name) == fold(text)).map(|p| p.id.raw()).collect();
        Ok(if let [only] = exact.as_slice() { Some(*only) } else { None })
    }
}
