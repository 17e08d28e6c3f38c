//! What a field with suggestions sends: the id of what was chosen, or words that were typed and
//! never chosen, which may still name exactly one thing.

use access::Verb;
use db::Rd;
use kernel::{Error, Id, LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId, TicketId, fold};
use ticket::{Frame, serve};

use super::Fields;
use crate::words::read_number;

/// What was sent in one field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    field: &'static str,
    id: Option<i64>,
    words: String,
}

impl Named {
    /// None when the form had no such field.
    ///
    /// # Errors
    /// The id is no number.
    pub fn of(fields: &Fields, field: &'static str) -> Result<Option<Self>> {
        let words = fields.text(&format!("{field}_text")).to_owned();
        match fields.get(field) {
            None if words.is_empty() => Ok(None),
            None | Some("") => Ok(Some(Self { field, id: None, words })),
            Some(id) => Ok(Some(Self { field, id: Some(id.parse().map_err(|_| Error::invalid(field, "error-choice"))?), words })),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.id.is_none() && self.words.is_empty()
    }

    /// Words were typed and nothing was chosen.
    pub fn is_unchosen(&self) -> bool {
        self.id.is_none() && !self.words.is_empty()
    }

    pub fn words(&self) -> &str {
        &self.words
    }

    fn pick<K>(&self, found: Result<Vec<(Id<K>, String)>>) -> Result<Option<Id<K>>> {
        if let Some(id) = self.id {
            return Ok(Some(Id::new(id)));
        }
        if self.words.is_empty() {
            return Ok(None);
        }
        let found = found?;
        let key = fold(&self.words);
        let mut exact = found.iter().filter(|(_, name)| fold(name) == key);
        match (exact.next(), exact.next(), found.as_slice()) {
            (Some((id, _)), None, _) => Ok(Some(*id)),
            (None, _, [(only, _)]) => Ok(Some(*only)),
            _ => Err(Error::invalid(self.field, "error-choice")),
        }
    }

    fn search<K>(&self, search: impl FnOnce(&str) -> Result<Vec<(Id<K>, String)>>) -> Result<Option<Id<K>>> {
        let found = if self.id.is_none() && !self.words.is_empty() { search(&self.words) } else { Ok(Vec::new()) };
        self.pick(found)
    }

    pub fn person(&self, rd: &mut Rd<'_>, frame: Frame<'_>, verb: Verb) -> Result<Option<PersonId>> {
        let within = frame.actor.persons(verb).within();
        self.search(|words| Ok(party::store::person::search(rd, &within, words, 3)?.into_iter().map(|p| (p.id, p.name)).collect()))
    }

    pub fn team(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<TeamId>> {
        let within = frame.actor.teams(Verb::TeamSee).within();
        self.search(|words| Ok(party::store::team::search(rd, &within, words, 3)?.into_iter().map(|x| (x.id, x.name)).collect()))
    }

    pub fn service(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<ServiceId>> {
        let within = frame.actor.services(Verb::ServiceSee).within();
        self.search(|words| Ok(party::store::service::search(rd, &within, words, 3)?.into_iter().map(|x| (x.id, x.name)).collect()))
    }

    pub fn organisation(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<OrganisationId>> {
        let within = frame.actor.organisations(Verb::OrganisationSee).within();
        self.search(|words| Ok(party::store::organisation::search(rd, &within, words, 3)?.into_iter().map(|x| (x.id, x.name)).collect()))
    }

    pub fn location(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<LocationId>> {
        let within = frame.actor.locations(Verb::LocationSee).within();
        self.search(|words| Ok(party::store::location::search(rd, &within, words, 3)?.into_iter().map(|x| (x.id, x.name)).collect()))
    }

    /// A ticket by its number.
    pub fn ticket(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<TicketId>> {
        let id = self.id.map(TicketId::new).or_else(|| self.words.split_whitespace().next().and_then(read_number));
        match id {
            None if self.words.is_empty() => Ok(None),
            None => Err(Error::invalid(self.field, "error-choice")),
            Some(id) => {
                serve::see(rd, frame, id).map(|seen| Some(seen.ticket.id)).map_err(|_| Error::invalid(self.field, "error-no-such-ticket"))
            }
        }
    }
}
