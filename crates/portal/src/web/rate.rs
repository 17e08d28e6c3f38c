//! `POST /requests/{id}/rate`: a mark for the solution and one for who helped.

use kernel::TicketId;
use ticket::RatingReason;
use ticket::actions::rate::{Rate, call_back, rate};
use web_kit::{Form, Path};

use super::comes_back;
use super::request::{Forms, again, back};
use crate::guest::Guest;
use crate::rating::Typed;

/// # Errors
/// What cannot be told on the page.
pub async fn send(guest: Guest, Path(id): Path<TicketId>, Form(sent): Form<Vec<(String, String)>>) -> web_kit::Result {
    let text = |name: &str| sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    if let Some(yes) = Some(text("call")).filter(|call| !call.is_empty()).map(|call| call == "yes") {
        let done = guest.act("portal.call_back", None, move |tx, frame| call_back(tx, frame, id, yes).map(|_| ())).await;
        return match done {
            Ok(()) => Ok(back(id, if yes { "called" } else { "rated" })),
            Err(error) if comes_back(&error) => again(&guest, id, error, Forms::default()).await,
            Err(error) => Err(error.into()),
        };
    }
    let typed = Typed {
        solution: text("solution").parse().ok(),
        analyst: text("analyst").parse().ok(),
        reasons: sent.iter().filter(|(name, _)| name == "reasons").filter_map(|(_, key)| RatingReason::from_key(key)).collect(),
        comment: text("comment").to_owned(),
    };
    let wish = Rate {
        solution: typed.solution,
        analyst: typed.analyst,
        reasons: typed.reasons.clone(),
        comment: typed.comment.clone(),
        callback: None,
    };
    match guest.act("portal.rate", None, move |tx, frame| rate(tx, frame, id, &wish).map(|_| ())).await {
        Ok(()) => Ok(back(id, "rated")),
        Err(error) if comes_back(&error) => again(&guest, id, error, Forms { rating: Some(typed), ..Forms::default() }).await,
        Err(error) => Err(error.into()),
    }
}
