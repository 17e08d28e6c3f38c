//! A hit as it is shown.

use ticket::Ticket;

use super::collect::After;
use crate::Kind;
use crate::store::visible::Party;
use crate::text::mark::Piece;

/// A record that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    pub kind: Kind,
    pub id: i64,
    /// Title or name, what was asked for marked.
    pub title: Vec<Piece>,
    /// Where in its text it was found; empty when only the title says it.
    pub excerpt: Vec<Piece>,
    pub record: Record,
    /// Of a ticket: the reader sees the desk's own business on it.
    pub inner: bool,
    pub(crate) after: Option<After>,
}

/// The record itself, as it was read under the reader's scope.
#[derive(Debug, Clone)]
pub enum Record {
    Ticket(Box<Ticket>),
    Party(Party),
}

impl Hit {
    pub(crate) fn of_ticket(ticket: Ticket, inner: bool) -> Self {
        let title = vec![Piece { text: ticket.title.clone(), marked: false }];
        let id = ticket.id.raw();
        Self { kind: Kind::Ticket, id, title, excerpt: Vec::new(), record: Record::Ticket(Box::new(ticket)), inner, after: None }
    }
    pub fn ticket(&self) -> Option<&Ticket> {
        match &self.record {
            Record::Ticket(ticket) => Some(ticket),
            Record::Party(_) => None,
        }
    }
    pub fn party(&self) -> Option<&Party> {
        match &self.record {
            Record::Ticket(_) => None,
            Record::Party(party) => Some(party),
        }
    }
    /// How well it answers, in an order by rank: smaller is better.
    pub fn rank(&self) -> i64 {
        match &self.after {
            Some(After::Place(place)) => place.rank,
            Some(After::Title { .. }) | None => 0,
        }
    }
    /// The title without marks.
    pub fn plain_title(&self) -> String {
        self.title.iter().map(|piece| piece.text.as_str()).collect()
    }
}
