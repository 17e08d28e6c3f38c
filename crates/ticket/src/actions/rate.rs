//! The requester's mark for how a ticket was solved, and for who worked on it.

use db::Tx;
use events::Visibility;
use kernel::{Error, FieldError, Result, TicketId};

use super::confirm::reopen;
use super::merge::goes_on_in;
use crate::events::TicketEvent;
use crate::rules::{rating, text};
use crate::store::rating::{self as rows, Rating};
use crate::store::{text as texts, ticket};
use crate::{Frame, RatingReason, Ticket, permit, record};

/// Letters of a comment at most.
const COMMENT: usize = 2000;

/// What the requester says.
#[derive(Debug, Clone, Default)]
pub struct Rate {
    /// How it was solved, 1 to 5.
    pub solution: Option<i64>,
    /// Who worked on it, 1 to 5.
    pub analyst: Option<i64>,
    /// What it was about.
    pub reasons: Vec<RatingReason>,
    pub comment: String,
    /// Whether the desk may call: yes opens the ticket again.
    pub callback: Option<bool>,
}

/// Rates a ticket that was solved, or changes what was said. The same once more changes nothing.
///
/// # Errors
/// Not found when it may not be seen; forbidden to all but who asked; conflict when it is not solved, was
/// solved too long ago, or the rating stays as it is; invalid without a mark.
pub fn rate(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, wish: &Rate) -> Result<Rating> {
    let (ticket, before) = allowed(tx, frame, id, true)?;
    let comment = checked(wish)?;
    let by = frame.person()?;
    let said = before.as_ref().and_then(|b| b.comment).map(|id| texts::get(tx, id)).transpose()?.flatten().unwrap_or_default();
    let mut reasons = wish.reasons.clone();
    reasons.sort_unstable_by_key(|reason| reason.key());
    reasons.dedup();
    let mut new = Rating {
        by,
        solution: wish.solution,
        analyst: wish.analyst,
        analyst_id: ticket.assignee,
        reasons,
        comment: before.as_ref().and_then(|b| b.comment).filter(|_| comment == said),
        callback: None,
        rated_at: frame.act.now,
    };
    let low = new.is_low();
    // Whoever has answered already is not asked once more.
    new.callback = wish.callback.or(before.as_ref().and_then(|b| b.callback)).filter(|_| low);
    if before.as_ref().is_some_and(|b| is_same(b, &new, &comment, &said)) {
        return before.ok_or_else(Error::not_found);
    }
    if comment != said && !comment.is_empty() {
        new.comment = Some(texts::put(tx, frame.act, ticket.tenant, id, &comment)?);
    }
    let called = new.callback == Some(true) && before.as_ref().and_then(|b| b.callback) != Some(true);
    write(tx, frame, &ticket, &new, called)?;
    Ok(new)
}

/// Answers whether the desk may call about a low mark: yes opens the ticket again.
///
/// # Errors
/// As [`rate`]; conflict when there is no low mark.
pub fn call_back(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, yes: bool) -> Result<Rating> {
    let (ticket, before) = allowed(tx, frame, id, false)?;
    let before = before.filter(Rating::is_low).ok_or_else(|| Error::conflict("error-rating-not-low"))?;
    if before.callback == Some(yes) {
        return Ok(before);
    }
    let new = Rating { callback: Some(yes), ..before };
    if yes {
        write(tx, frame, &ticket, &new, true)?;
    } else {
        rows::put(tx, id, &new)?;
    }
    Ok(new)
}

/// The ticket that the actor may rate, and what was said of it.
fn allowed(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, anew: bool) -> Result<(Ticket, Option<Rating>)> {
    let ticket = permit::see(tx, frame, id)?;
    if !permit::is_requester(frame, &ticket) {
        return Err(Error::forbidden());
    }
    let catalogue = frame.desk.catalogue(tx)?;
    let before = rows::get(tx, id)?;
    let refused = if goes_on_in(tx, &ticket)?.is_some() {
        Some("error-rating-open")
    } else {
        rating::refusal(catalogue.kind_of(&ticket)?, &ticket, before.as_ref(), frame.act.now)
    };
    match refused {
        Some("error-rating-final") if !anew => Ok((ticket, before)),
        Some(code) => Err(Error::conflict(code)),
        None => Ok((ticket, before)),
    }
}

/// The comment, tidied.
fn checked(wish: &Rate) -> Result<String> {
    let mut wrong = Vec::new();
    for (field, mark) in [("solution", wish.solution), ("analyst", wish.analyst)] {
        if mark.is_some_and(|mark| !(1..=5).contains(&mark)) {
            wrong.push(FieldError::new(field, "error-choice"));
        }
    }
    if wish.solution.is_none() && wish.analyst.is_none() {
        wrong.push(FieldError::new("solution", "error-rating-mark"));
    }
    let comment = if wish.comment.trim().is_empty() {
        String::new()
    } else {
        match text::body("comment", wish.comment.trim()) {
            Ok(comment) if comment.chars().count() <= COMMENT => comment,
            Ok(_) => {
                wrong.push(FieldError::new("comment", "error-too-long").arg("max", COMMENT));
                String::new()
            }
            Err(error) => {
                wrong.push(error);
                String::new()
            }
        }
    };
    Error::of_fields(wrong).map(|()| comment)
}

fn is_same(before: &Rating, new: &Rating, comment: &str, said: &str) -> bool {
    let marks = (before.solution, before.analyst, before.callback) == (new.solution, new.analyst, new.callback);
    marks && before.reasons == new.reasons && comment == said
}

fn write(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, new: &Rating, called: bool) -> Result<()> {
    rows::put(tx, ticket.id, new)?;
    ticket::touch(tx, ticket.id, frame.act.occurred, false, false)?;
    let event = TicketEvent::Rated {
        solution: new.solution,
        analyst: new.analyst,
        reasons: new.reasons.clone(),
        comment: new.comment,
        callback: called,
    };
    record::log(tx, frame.act, ticket.tenant, ticket.id, &event, Visibility::Internal)?;
    if called && !ticket.is_open() {
        reopen(tx, frame, ticket.id, "")?;
    }
    Ok(())
}
