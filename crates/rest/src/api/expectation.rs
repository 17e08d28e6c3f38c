//! How long a ticket usually takes.

use access::Object;
use axum::extract::State;
use kernel::{TicketId, Time};
use serde::Serialize;
use ticket::pace::{self, Expected};
use ticket::serve;
use ticket::store::pace::Pace;
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::DeskRef;

/// Measured from tickets of the same service, else of the same kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaceOut {
    /// From how many tickets it is known, twenty at least.
    #[schema(example = 212)]
    pub measured: i64,
    /// A tenth took less.
    pub low_seconds: i64,
    /// Half took less.
    pub half_seconds: i64,
    /// Nine tenths took less.
    pub high_seconds: i64,
    /// RFC 3339. When half of those that began with this one would have it.
    pub usual_at: String,
}

impl PaceOut {
    fn of(pace: Pace, created: Time) -> Self {
        let seconds = |micros: i64| micros / Time::SECOND;
        Self {
            measured: pace.measured,
            low_seconds: seconds(pace.low),
            half_seconds: seconds(pace.half),
            high_seconds: seconds(pace.high),
            usual_at: created.plus(pace.half).to_rfc3339(),
        }
    }
}

/// What may be expected; what too few tickets say is absent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExpectationOut {
    /// Until the desk first answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<PaceOut>,
    /// Until it is solved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solution: Option<PaceOut>,
}

/// How long tickets like this one usually take.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/expectation", tag = "tickets", operation_id = "getExpectation",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = ExpectationOut)))]
pub async fn get(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<axum::Json<ExpectationOut>> {
    let (expected, created) = serve::read_bounded(&app, &viewer, &desk, "api.expectation", move |rd, frame| {
        let seen = serve::see(rd, frame, id)?;
        let blind = frame.actor.hidden_in(Object::Ticket, seen.ticket.tenant).contains("state");
        let known = serve::known(frame.actor, &seen.ticket);
        let expected = if blind { Expected::default() } else { pace::expected(rd, &known)? };
        Ok((expected, known.created_at))
    })
    .await?;
    let out = |pace: Option<Pace>| pace.map(|pace| PaceOut::of(pace, created));
    Ok(axum::Json(ExpectationOut { answer: out(expected.answer), solution: out(expected.solution) }))
}
