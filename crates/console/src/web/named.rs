//! What a field with suggestions sends: the id of what was chosen, or words that were typed and never
//! chosen, which may still name exactly one thing. The words decide: without script the id behind them
//! stays that of the record which was there before.

use access::{Verb, known};
use db::Rd;
use kernel::{Error, ErrorKind, Id, LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId, TicketId, fold};
use party::store;
use ticket::{Frame, serve};

use super::Fields;
use crate::words::read_number;

/// What was sent in one field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    field: &'static str,
    id: Option<i64>,
    /// None when only an id was sent, as by a button.
    words: Option<String>,
}

impl Named {
    /// None when the form had no such field.
    ///
    /// # Errors
    /// The id is no number.
    pub fn of(fields: &Fields, field: &'static str) -> Result<Option<Self>> {
        let words = fields.get(&format!("{field}_text")).map(str::to_owned);
        match fields.get(field) {
            None if words.as_deref().unwrap_or_default().is_empty() => Ok(None),
            None | Some("") => Ok(Some(Self { field, id: None, words: words.or_else(|| Some(String::new())) })),
            Some(id) => Ok(Some(Self { field, id: Some(id.parse().map_err(|_| Error::invalid(field, "error-choice"))?), words })),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.words().is_empty() && (self.id.is_none() || self.words.is_some())
    }

    /// What was typed, or stands for what was chosen.
    pub fn words(&self) -> &str {
        self.words.as_deref().unwrap_or_default()
    }

    /// The record: that of the id while its name is what stands in the field, else the one that is found.
    fn look<K>(
        &self,
        rd: &mut Rd<'_>,
        name: impl FnOnce(&mut Rd<'_>, Id<K>) -> Result<String>,
        search: impl FnOnce(&mut Rd<'_>, &str) -> Result<Vec<(Id<K>, String)>>,
    ) -> Result<Option<Id<K>>> {
        let words = match (self.words.as_deref(), self.id) {
            (None, id) => return Ok(id.map(Id::new)),
            (Some(""), _) => return Ok(None),
            (Some(words), _) => words,
        };
        let key = fold(words);
        if let Some(id) = self.id.map(Id::new) {
            match name(rd, id) {
                Ok(name) if fold(&name) == key => return Ok(Some(id)),
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                Ok(_) | Err(_) => {}
            }
        }
        let found = search(rd, words)?;
        let mut exact = found.iter().filter(|(_, name)| fold(name) == key);
        match (exact.next(), exact.next(), found.as_slice()) {
            (Some((id, _)), None, _) | (None, _, [(id, _)]) => Ok(Some(*id)),
            _ => Err(Error::invalid(self.field, "error-choice")),
        }
    }

    pub fn person(&self, rd: &mut Rd<'_>, frame: Frame<'_>, verb: Verb) -> Result<Option<PersonId>> {
        let (actor, scope) = (frame.actor, frame.actor.persons(verb));
        self.look(
            rd,
            |rd, id| scope.get(rd, id).map(|p| p.name),
            |rd, words| Ok(known::search(rd, actor, &scope.within(), words, 3)?.into_iter().map(|p| (p.id, p.name)).collect()),
        )
    }

    pub fn team(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<TeamId>> {
        let scope = frame.actor.teams(Verb::TeamSee);
        self.look(
            rd,
            |rd, id| scope.get(rd, id).map(|x| x.name),
            |rd, words| Ok(store::team::search(rd, &scope.within(), words, 3)?.into_iter().map(|x| (x.id, x.name)).collect()),
        )
    }

    pub fn service(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<ServiceId>> {
        let scope = frame.actor.services(Verb::ServiceSee);
        self.look(
            rd,
            |rd, id| scope.get(rd, id).map(|x| x.name),
            |rd, words| Ok(store::service::search(rd, &scope.within(), words, 3)?.into_iter().map(|x| (x.id, x.name)).collect()),
        )
    }

    pub fn organisation(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<OrganisationId>> {
        let scope = frame.actor.organisations(Verb::OrganisationSee);
        self.look(
            rd,
            |rd, id| scope.get(rd, id).map(|x| x.name),
            |rd, words| Ok(store::organisation::search(rd, &scope.within(), words, 3)?.into_iter().map(|x| (x.id, x.name)).collect()),
        )
    }

    pub fn location(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<LocationId>> {
        let scope = frame.actor.locations(Verb::LocationSee);
        self.look(
            rd,
            |rd, id| scope.get(rd, id).map(|x| x.name),
            |rd, words| Ok(store::location::search(rd, &scope.within(), words, 3)?.into_iter().map(|x| (x.id, x.name)).collect()),
        )
    }

    /// A ticket by its number.
    pub fn ticket(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<TicketId>> {
        let typed = self.words().split_whitespace().next();
        let numbered = |id: &i64| typed.is_some_and(|word| word.rsplit(['-', '#']).next() == Some(id.to_string().as_str()));
        let id = match (self.words.is_some(), self.id) {
            (false, id) => id.map(TicketId::new),
            (true, id) => id.filter(numbered).map(TicketId::new).or_else(|| typed.and_then(read_number)),
        };
        match id {
            None if self.is_empty() => Ok(None),
            None => Err(Error::invalid(self.field, "error-choice")),
            Some(id) => {
                serve::see(rd, frame, id).map(|seen| Some(seen.ticket.id)).map_err(|_| Error::invalid(self.field, "error-no-such-ticket"))
            }
        }
    }
}
