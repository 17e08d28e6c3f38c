//! Whom a form names: by the id of what was chosen, or by words that name exactly one. The words decide:
//! without script the id behind them stays that of whoever was there before.

use access::{Verb, known};
use db::Rd;
use kernel::{Error, ErrorKind, Id, PersonId, Result, TeamId, fold};
use party::store;
use ticket::Frame;

use super::Typed;

/// What was sent in one field.
#[derive(Debug, Clone, Default)]
pub struct Named {
    field: &'static str,
    id: Option<i64>,
    words: String,
}

impl Named {
    /// # Errors
    /// The id is no number.
    pub fn of(typed: &Typed, field: &'static str) -> Result<Self> {
        let id = typed.number(field).map_err(|_| Error::invalid(field, "error-choice"))?;
        Ok(Self { field, id, words: typed.text(&format!("{field}_text")).to_owned() })
    }

    /// # Errors
    /// The words name nobody, or several.
    pub fn person(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<PersonId>> {
        let scope = frame.actor.persons(Verb::PersonSee);
        let named = self.id.map(Id::new).map(|id| scope.get(rd, id).map(|person| (id, person.name))).transpose();
        let words = self.words.as_str();
        if let Some(found) = self.chosen(named)? {
            return Ok(found);
        }
        let found = known::search(rd, frame.actor, &scope.within(), words, 3)?;
        self.only(found.into_iter().map(|person| (person.id, person.name)).collect())
    }

    /// # Errors
    /// The words name no team, or several.
    pub fn team(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Option<TeamId>> {
        let scope = frame.actor.teams(Verb::TeamSee);
        let named = self.id.map(Id::new).map(|id| scope.get(rd, id).map(|team| (id, team.name))).transpose();
        if let Some(found) = self.chosen(named)? {
            return Ok(found);
        }
        let found = store::team::search(rd, &scope.within(), &self.words, 3)?;
        self.only(found.into_iter().map(|team| (team.id, team.name)).collect())
    }

    /// Nobody, or whom the id names while the name is what stands there.
    fn chosen<I: Copy>(&self, named: Result<Option<(I, String)>>) -> Result<Option<Option<I>>> {
        if self.words.is_empty() {
            return Ok(Some(None));
        }
        match named {
            Ok(Some((id, name))) if fold(&name) == fold(&self.words) => Ok(Some(Some(id))),
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Ok(_) | Err(_) => Ok(None),
        }
    }

    fn only<I: Copy>(&self, found: Vec<(I, String)>) -> Result<Option<I>> {
        let key = fold(&self.words);
        let mut exact = found.iter().filter(|(_, name)| fold(name) == key);
        match (exact.next(), exact.next(), found.as_slice()) {
            (Some((id, _)), None, _) | (None, _, [(id, _)]) => Ok(Some(*id)),
            _ => Err(Error::invalid(self.field, "error-choice")),
        }
    }
}
