//! Who is meant by the columns of a person.

use std::sync::Arc;

use kernel::Time;
use party::AddressKind;

use super::Understand;
use super::row::Fault;
use crate::input::Record;
use crate::mapping::PersonRule;
use crate::party::{More, Party, PartyKey, PersonDetails, Sort};

/// Whom the columns of a person name.
pub(super) enum Named {
    Nobody,
    /// A program of the other system, which is nobody and takes nothing from anybody.
    Program,
    Somebody(Arc<Party>),
}

impl Named {
    pub fn somebody(self) -> Option<Arc<Party>> {
        match self {
            Named::Somebody(party) => Some(party),
            Named::Nobody | Named::Program => None,
        }
    }
}

impl Understand<'_> {
    /// The person that a rule finds in a row; nobody when the columns are empty or name a program.
    pub(super) fn person(&mut self, rule: &str, row: Record<'_>, at: Time) -> Result<Option<Arc<Party>>, Fault> {
        self.named(rule, row, at).map(Named::somebody)
    }

    /// Whom a rule finds in a row.
    pub(super) fn named(&mut self, rule: &str, row: Record<'_>, at: Time) -> Result<Named, Fault> {
        let mapping = self.mapping;
        let Some(rule) = mapping.persons.get(rule) else { return Ok(Named::Nobody) };
        let value = |value: &Option<crate::mapping::Value>, field| match value {
            Some(value) => value.of_row(row).map_err(|e| Fault::unmapped(field, e)),
            None => Ok(None),
        };
        let name = rule.name.of_row(row).map_err(|e| Fault::unmapped("name", e))?;
        if name.as_ref().is_some_and(|name| rule.programs.contains(name)) {
            return Ok(Named::Program);
        }
        let email = value(&rule.email, "email")?;
        let Some(name) = name.or_else(|| email.clone()) else { return Ok(Named::Nobody) };
        if name.chars().count() > 200 {
            return Err(Fault::value("name", &name));
        }
        let organisation = value(&rule.organisation, "organisation")?;
        let location = value(&rule.location, "location")?;
        let details = PersonDetails {
            title: value(&rule.title, "title")?.unwrap_or_default(),
            phone: value(&rule.phone, "phone")?,
            organisation: organisation.map(|name| self.place(Sort::Organisation, &name)).transpose()?,
            location: location.map(|name| self.place(Sort::Location, &name)).transpose()?,
            since: Some(at),
            email,
        };
        let reachable = details.email.as_deref().is_none_or(plausible)
            && details.phone.as_deref().is_none_or(|phone| phone.contains(|c: char| c.is_ascii_digit()));
        if !reachable {
            return Err(Fault::value("address", details.email.as_deref().or(details.phone.as_deref()).unwrap_or_default()));
        }
        let key = key(rule, row, &name, details.email.as_deref());
        Ok(Named::Somebody(self.parties.meet(key, |key| Party { key, name, more: More::Person(Box::new(details)) })))
    }

    /// An organisation, service or location by its name.
    pub(super) fn place(&mut self, sort: Sort, name: &str) -> Result<Arc<Party>, Fault> {
        let rule = match sort {
            Sort::Organisation => &self.mapping.organisations,
            Sort::Service => &self.mapping.services,
            _ => &self.mapping.locations,
        };
        let key = PartyKey::named(sort, name);
        self.there(rule.create, &key, name)?;
        Ok(self.parties.meet(key, |key| Party { key, name: name.to_owned(), more: More::Nothing }))
    }

    /// A team by its name or key.
    pub(super) fn team(&mut self, name: &str, row: Record<'_>) -> Result<Arc<Party>, Fault> {
        let rule = &self.mapping.teams;
        let key = PartyKey::named(Sort::Team, name);
        self.there(rule.create, &key, name)?;
        let note = match &rule.note {
            Some(note) => note.of_row(row).map_err(|e| Fault::unmapped("note", e))?.unwrap_or_default(),
            None => String::new(),
        };
        let line = rule.line_of(name);
        Ok(self.parties.meet(key, |key| Party { key, name: name.to_owned(), more: More::Team { line, note } }))
    }

    fn there(&self, create: bool, key: &PartyKey, name: &str) -> Result<(), Fault> {
        if name.chars().count() > 200 || key.key.is_empty() {
            return Err(Fault::value(key.sort.key(), name));
        }
        if !create && self.directory.id(key).is_none() {
            return Err(Fault::unknown(key.sort.key(), name));
        }
        Ok(())
    }
}

/// By what the person is known again in other rows and in later files. Written as in the file, but for
/// blanks: Andre and André may be two people.
fn key(rule: &PersonRule, row: Record<'_>, name: &str, email: Option<&str>) -> PartyKey {
    let as_written = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let key = match (rule.key.is_empty(), email) {
        (false, _) => rule.key.iter().map(|column| as_written(row.get(&column.text))).collect::<Vec<_>>().join("|"),
        (true, Some(email)) => AddressKind::Email.value_key(email),
        (true, None) => as_written(name),
    };
    PartyKey { sort: Sort::Person, key }
}

/// What the desk takes for a mail address: one `@` with something on both sides.
fn plausible(email: &str) -> bool {
    let sides = email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'));
    sides && email.chars().count() <= 254 && !email.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ','))
}
