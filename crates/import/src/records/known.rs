//! Which record of the desk a row means, and which ones it refers to.

use access::Actor;
use access::store::grant::require_not_above;
use db::Rd;
use kernel::{ErrorKind, Id, OrganisationId, Result, fold};
use party::store::{address, person};
use party::{AddressKind, Tenants, Within};

use super::fields::Field;
use super::understand::{Entry, Fault, Worth};
use crate::directory::{Directory, Place};
use crate::party::{PartyKey, Sort};
use crate::refusal::Reason;

/// Names that are looked at to find one person.
const NEAR: u64 = 20;

/// What the desk has, and what this write has made so far.
pub struct Known<'d> {
    pub tenant: OrganisationId,
    pub directory: &'d Directory,
    pub made: Directory,
    /// For whom it is done; nobody: the desk itself.
    pub by: Option<&'d Actor>,
}

impl<'d> Known<'d> {
    pub fn new(tenant: OrganisationId, directory: &'d Directory, by: Option<&'d Actor>) -> Self {
        Self { tenant, directory, made: Directory::default(), by }
    }

    /// That these fields of a record may be changed: an address may lead to a log-in, so nobody touches those of
    /// somebody who may do more.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn may_change(&self, rd: &mut Rd<'_>, sort: Sort, id: i64, fields: &[Field]) -> Result<std::result::Result<(), Fault>> {
        const LOGIN: [Field; 4] = [Field::Email, Field::Phone, Field::Mobile, Field::Active];
        let (Some(by), Some(field)) = (self.by, fields.iter().find(|field| LOGIN.contains(field))) else { return Ok(Ok(())) };
        if sort != Sort::Person || id < 0 {
            return Ok(Ok(()));
        }
        match require_not_above(rd, by, Id::new(id)) {
            Ok(()) => Ok(Ok(())),
            Err(error) if error.kind() == ErrorKind::Forbidden => Ok(Err((Reason::Above, field.key().to_owned()))),
            Err(error) => Err(error),
        }
    }

    /// Finds the record that a row means, none for a new one, and what it refers to; what may be made and is not
    /// there stays without an id. What a known record stands below is not looked at: it stays where it is.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn meant(&self, rd: &mut Rd<'_>, entry: &mut Entry, create: bool) -> Result<std::result::Result<Option<i64>, Fault>> {
        let by_key = self.key(&entry.key).filter(|id| self.is_own(entry.key.sort, *id));
        if by_key.is_some() {
            entry.said.remove(&Field::Parent);
        }
        if let Err(fault) = self.refer(rd, entry, create)? {
            return Ok(Err(fault));
        }
        let found = match (by_key, entry.key.sort) {
            (Some(id), _) => Ok(Some(id)),
            (None, Sort::Person) => self.by_own_mail(rd, entry)?,
            (None, _) => self.by_name(entry),
        };
        if matches!(found, Ok(Some(_))) {
            entry.said.remove(&Field::Parent);
        }
        Ok(found)
    }

    /// The record was made, or is called so from now on.
    pub fn met(&mut self, key: PartyKey, name: &str, id: i64, parent: Option<i64>) {
        let parent = parent.or_else(|| (key.sort == Sort::Organisation).then(|| self.tenant.raw()));
        if key.sort != Sort::Person {
            self.made.add_name(PartyKey::named(key.sort, name), Place { id, parent, own: true });
        }
        self.made.add_key(key, id, true);
    }

    fn key(&self, key: &PartyKey) -> Option<i64> {
        self.made.key(key).or_else(|| self.directory.key(key))
    }
    fn is_own(&self, sort: Sort, id: i64) -> bool {
        self.made.is_own(sort, id) || self.directory.is_own(sort, id)
    }
    fn is_taken(&self, sort: Sort, id: i64) -> bool {
        self.made.is_taken(sort, id) || self.directory.is_taken(sort, id)
    }
    fn named(&self, key: &PartyKey) -> Vec<Place> {
        self.directory.named(key).iter().chain(self.made.named(key)).copied().collect()
    }

    /// The person who alone has the mail address of a row. An address is no identity: who has another key in the
    /// same source is somebody else, and who has none cannot be told from them.
    fn by_own_mail(&self, rd: &mut Rd<'_>, entry: &Entry) -> Result<std::result::Result<Option<i64>, Fault>> {
        let Some(email) = entry.said.get(&Field::Email).map(Worth::shown) else { return Ok(Ok(None)) };
        Ok(match self.by_mail(rd, &email)? {
            Some(id) if !self.is_taken(Sort::Person, id) => Ok(Some(id)),
            Some(_) if entry.key.is_derived() => Err((Reason::Doubtful, format!("{}: {email}", Field::Email.key()))),
            _ => Ok(None),
        })
    }

    fn by_mail(&self, rd: &mut Rd<'_>, email: &str) -> Result<Option<i64>> {
        let key = AddressKind::Email.value_key(email);
        let there = address::owners(rd, self.tenant, AddressKind::Email, email)?;
        let mut owners: Vec<i64> = there.into_iter().map(kernel::Id::raw).collect();
        for id in self.directory.with_mail(&key).iter().chain(self.made.with_mail(&key)) {
            if !owners.contains(id) {
                owners.push(*id);
            }
        }
        Ok(if let [only] = owners.as_slice() { Some(*only) } else { None })
    }

    /// The record of the tenant that the desk has under the key or the name of a row: below what the row says that
    /// it stands below, and not known under another key.
    fn by_name(&self, entry: &Entry) -> std::result::Result<Option<i64>, Fault> {
        let sort = entry.key.sort;
        if let Some(place) = self.directory.desk_key(&entry.key).filter(|p| p.own && !self.is_taken(sort, p.id)) {
            return Ok(Some(place.id));
        }
        let mut places = self.named(&PartyKey::named(sort, &entry.name));
        places.retain(|place| place.own);
        match entry.said.get(&Field::Parent) {
            Some(Worth::Ref(Some(parent), _)) => places.retain(|place| place.parent == Some(*parent)),
            Some(_) => places.clear(),
            None if places.len() > 1 => places.retain(|place| place.parent.is_none_or(|above| above == self.tenant.raw())),
            None => {}
        }
        let free: Vec<i64> = places.iter().map(|place| place.id).filter(|id| !self.is_taken(sort, *id)).collect();
        match free.as_slice() {
            [only] => Ok(Some(*only)),
            [] if places.is_empty() || !entry.key.is_derived() => Ok(None),
            _ => Err((Reason::Doubtful, format!("{}: {}", Field::Name.key(), entry.name))),
        }
    }

    /// Finds what a row refers to.
    fn refer(&self, rd: &mut Rd<'_>, entry: &mut Entry, create: bool) -> Result<std::result::Result<(), Fault>> {
        let own = entry.key.sort;
        for (field, worth) in &mut entry.said {
            let Worth::Ref(id, name) = worth else { continue };
            let fault = |reason| Ok(Err((reason, format!("{}: {name}", field.key()))));
            let (sort, may_make) = match field {
                Field::Organisation => (Sort::Organisation, create),
                Field::Location => (Sort::Location, create),
                Field::Parent => (own, create),
                Field::Team => (Sort::Team, false),
                _ => (Sort::Person, false),
            };
            *id = match sort {
                Sort::Person => self.person(rd, name)?,
                sort => match self.place(&PartyKey::named(sort, name), *field == Field::Parent) {
                    Ok(id) => id,
                    Err(reason) => return fault(reason),
                },
            };
            if id.is_none() && !may_make {
                return fault(Reason::Unknown);
            }
            if *field == Field::Parent && fold(name) == fold(&entry.name) {
                return fault(Reason::Value);
            }
        }
        Ok(Ok(()))
    }

    /// A place by the key of the source, by its key here, or by a name that only one of the tenant has, else only
    /// one of those that all share.
    fn place(&self, key: &PartyKey, own_only: bool) -> std::result::Result<Option<i64>, Reason> {
        let fits = |own: bool| own || !own_only;
        if let Some(id) = self.key(key).filter(|id| fits(self.is_own(key.sort, *id))) {
            return Ok(Some(id));
        }
        if let Some(place) = self.directory.desk_key(key).filter(|place| fits(place.own)) {
            return Ok(Some(place.id));
        }
        let (own, shared): (Vec<Place>, Vec<Place>) = self.named(key).into_iter().partition(|place| place.own);
        match (own.as_slice(), shared.as_slice()) {
            ([only], _) => Ok(Some(only.id)),
            ([], _) if own_only => Ok(None),
            ([], [only]) => Ok(Some(only.id)),
            ([], []) => Ok(None),
            _ => Err(Reason::Doubtful),
        }
    }

    /// A person by mail address, by the key of the source, or by a name that only one has.
    fn person(&self, rd: &mut Rd<'_>, text: &str) -> Result<Option<i64>> {
        if text.contains('@') {
            return self.by_mail(rd, text);
        }
        if let Some(id) = self.key(&PartyKey { sort: Sort::Person, key: text.to_owned() }) {
            return Ok(Some(id));
        }
        let near = person::search(rd, &Within::tenants(Tenants::one(self.tenant)), text, NEAR)?;
        let exact: Vec<i64> = near.into_iter().filter(|p| fold(&p.name) == fold(text)).map(|p| p.id.raw()).collect();
        Ok(if let [only] = exact.as_slice() { Some(*only) } else { None })
    }
}
