//! With whose eyes an export is read.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::{Actor, Verb, load_actor, load_anybody};
use db::Rd;
use events::Act;
use i18n::T;
use kernel::{Error, ErrorKind, PersonId, Result, TicketId};
use party::Person;
use ticket::serve::{self, Seen};
use ticket::{Desk, Frame, Ticket};

use super::ask::{Subject, subject};
use super::store::Export;

/// Whom it is about and who asked for it.
#[derive(Clone)]
pub struct Readers {
    desk: Arc<Desk>,
    act: Act,
    person: Arc<Actor>,
    asker: Arc<Actor>,
    pub subject: Person,
    /// They are the same.
    pub own: bool,
    /// With the notes of the desk.
    pub notes: bool,
    /// The person and those who were merged into them.
    pub same: Arc<BTreeSet<PersonId>>,
    /// The person's language and time zone.
    pub t: T,
}

/// A ticket as both know it.
pub struct Both {
    pub ticket: Ticket,
    /// Whoever asked works for the desk on it.
    pub inner: bool,
    person: Seen,
    asker: Seen,
}

impl Readers {
    /// Both with the rights of now.
    ///
    /// # Errors
    /// Whoever asked may not have it any more.
    pub fn load(rd: &mut Rd<'_>, desk: &Arc<Desk>, act: &Act, export: &Export) -> Result<Self> {
        let asker = load_actor(rd, export.asked_by, act.now)?;
        let Subject { person: of, own, notes } = subject(rd, &asker, export.person)?;
        if export.notes && !notes {
            return Err(Error::forbidden().arg("verb", Verb::TicketSeeInternal));
        }
        let person = load_anybody(rd, of.id, act.now)?;
        let t = T::named(person.lang, &person.time_zone);
        Ok(Self {
            desk: Arc::clone(desk),
            act: act.clone(),
            same: Arc::new(person.who.persons.iter().copied().collect()),
            person: Arc::new(person),
            asker: Arc::new(asker),
            subject: of,
            own,
            notes: export.notes,
            t,
        })
    }

    pub fn asker(&self) -> &Actor {
        &self.asker
    }

    pub fn person_frame(&self) -> Frame<'_> {
        Frame { desk: &self.desk, actor: &self.person, act: &self.act }
    }

    fn asker_frame(&self) -> Frame<'_> {
        Frame { desk: &self.desk, actor: &self.asker, act: &self.act }
    }

    pub fn is_theirs(&self, person: PersonId) -> bool {
        self.same.contains(&person)
    }

    /// A ticket that both see.
    pub fn see(&self, rd: &mut Rd<'_>, id: TicketId) -> Result<Option<Both>> {
        let Some(person) = seen(rd, self.person_frame(), id)? else { return Ok(None) };
        let asker = if self.own {
            person.clone()
        } else {
            let Some(asker) = seen(rd, self.asker_frame(), id)? else { return Ok(None) };
            asker
        };
        Ok(Some(Both { ticket: person.ticket.clone(), inner: asker.inner, person, asker }))
    }

    /// Whether both may know who somebody at the desk is.
    pub fn knows(&self, ticket: &Ticket, person: PersonId) -> bool {
        self.is_theirs(person) || [&self.person, &self.asker].into_iter().all(|actor| serve::names(actor, ticket, person))
    }

    /// Whether a field of a ticket is hidden from one of them by their roles.
    pub fn hides(&self, ticket: &Ticket, field: &str) -> bool {
        [&self.person, &self.asker].into_iter().any(|actor| serve::hidden(actor, ticket).contains(field))
    }

    /// The custom fields of a ticket with a value that both may know, in words.
    pub fn fields(&self, rd: &mut Rd<'_>, both: &Both) -> Result<Vec<Field>> {
        let inner = self.notes && both.inner;
        let of = |seen: &Seen| Seen { inner, ..seen.clone() };
        let theirs = ticket::custom::shown(rd, self.person_frame(), &of(&both.person))?;
        let known: BTreeSet<String> =
            ticket::custom::shown(rd, self.asker_frame(), &of(&both.asker))?.into_iter().map(|one| one.def.key).collect();
        let both = theirs.into_iter().filter(|one| known.contains(&one.def.key));
        Ok(both.filter_map(|one| Some(Field::of(&self.t, &one.def, one.value.as_ref()?))).collect())
    }
}

fn seen(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Option<Seen>> {
    match serve::see(rd, frame, id) {
        Ok(seen) => Ok(Some(seen)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A custom field with its value.
#[derive(Debug, Clone)]
pub struct Field {
    pub key: String,
    pub name: String,
    pub value: serde_json::Value,
    pub words: String,
}

impl Field {
    pub fn of(t: &T, def: &settings::field::FieldDef, value: &settings::field::Value) -> Self {
        Self {
            key: def.key.clone(),
            name: def.names.get(t.lang()).to_owned(),
            value: web_kit::field::json(def, value),
            words: web_kit::field::words(t, def, value),
        }
    }
}
