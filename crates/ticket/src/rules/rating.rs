//! When a requester rates how a ticket was solved.

use kernel::Time;

use crate::store::rating::Rating;
use crate::{Category, KindDef, Ticket};

/// Why a ticket cannot be rated now; nothing when it can.
pub fn refusal(kind: &KindDef, ticket: &Ticket, before: Option<&Rating>, now: Time) -> Option<&'static str> {
    let solved = matches!(ticket.category, Category::Resolved | Category::Closed);
    let Some(at) = ticket.resolved_at.filter(|_| solved) else { return Some("error-rating-open") };
    if now > at.plus(kind.rate_within_days * Time::DAY) {
        return Some("error-rating-late");
    }
    // A ticket that was solved again is rated anew.
    let given = before.is_some_and(|rating| rating.rated_at >= at);
    (kind.rating_final && given).then_some("error-rating-final")
}

/// Whether its requester is asked: it can be rated and was not since it was solved.
pub fn is_due(kind: &KindDef, ticket: &Ticket, before: Option<&Rating>, now: Time) -> bool {
    let fresh = before.is_none_or(|rating| ticket.resolved_at.is_some_and(|at| rating.rated_at < at));
    fresh && refusal(kind, ticket, before, now).is_none()
}
