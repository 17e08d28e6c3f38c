//! Changing a ticket.

use api_kit::{IfMatch, Versioned};
use axum::extract::State;
use kernel::{Error, Id, TicketId};
use serde::{Deserialize, Deserializer, Serialize};
use ticket::actions::change::{self as action, Base, Patch, Why};
use ticket::{HandoverReason, fields, serve};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::{DeskRef, grade};
use crate::dto::{TicketOut, out};

/// What to change; a field that is absent stays, `null` empties it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PatchIn {
    #[schema(max_length = 250)]
    title: Option<String>,
    /// low medium high extensive
    impact: Option<String>,
    /// low medium high critical
    urgency: Option<String>,
    /// low medium high urgent; without it the matrix decides.
    priority: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    requester: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    beneficiary: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    organisation: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    location: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    service: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    owner_team: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    team: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    assignee: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    parent: Option<Option<i64>>,
    /// The key of a state of its kind.
    #[schema(max_length = 60)]
    state: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 60)]
    resolution_code: Option<Option<String>>,
    /// What was done, in words.
    #[schema(max_length = 200000)]
    resolution_report: Option<String>,
    /// Whether only the people named on it see it.
    confidential: Option<bool>,
    /// Why it goes to another team or person; only with one of them.
    #[serde(deserialize_with = "api_kit::object")]
    handover: Option<HandoverIn>,
}

/// Why a ticket is given to somebody else.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverIn {
    /// wish conflict skill absence load wrong_team other
    #[schema(example = "wish")]
    reason: String,
    /// More of it, for the desk.
    #[serde(default)]
    #[schema(max_length = 200000)]
    words: String,
}

fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

fn id<K>(field: Option<Option<i64>>) -> Option<Option<Id<K>>> {
    field.map(|value| value.map(Id::new))
}

impl PatchIn {
    pub(super) fn read(self) -> kernel::Result<Patch> {
        Ok(Patch {
            title: self.title,
            impact: grade("impact", self.impact.as_deref(), fields::impact_of)?,
            urgency: grade("urgency", self.urgency.as_deref(), fields::urgency_of)?,
            priority: grade("priority", self.priority.as_deref(), fields::priority_of)?,
            requester: id(self.requester),
            beneficiary: id(self.beneficiary),
            organisation: id(self.organisation),
            location: id(self.location),
            service: id(self.service),
            owner_team: id(self.owner_team),
            team: id(self.team),
            assignee: id(self.assignee),
            parent: id(self.parent),
            state: self.state,
            resolution_code: self.resolution_code,
            resolution_report: self.resolution_report,
            confidential: self.confidential,
            confirmed: false,
            handover: self.handover.map(HandoverIn::read).transpose()?,
        })
    }
}

impl HandoverIn {
    fn read(self) -> kernel::Result<Why> {
        let reason = HandoverReason::from_key(&self.reason).ok_or_else(|| Error::invalid("handover_reason", "error-choice"))?;
        Ok(Why { reason, words: self.words })
    }
}

/// Changes properties, hands over, or moves it to another state. With `If-Match` only at that
/// version; without it the newest values win.
#[utoipa::path(patch, path = "/api/v1/tickets/{id}", tag = "tickets", operation_id = "changeTicket", request_body = PatchIn,
    params(("id" = i64, Path, description = "The ticket's number"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = TicketOut, headers(("ETag" = String, description = "The version")))))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<PatchIn>,
) -> Result<Versioned<TicketOut>> {
    let patch = patch.read()?;
    let base = version.map_or(Base::Latest, Base::Exactly);
    serve::act(&app, &viewer, &desk, "ticket.change", None, move |tx, frame| action::change(tx, frame, id, base, &patch).map(|t| t.id))
        .await?;
    let json = serve::read_bounded(&app, &viewer, &desk, "api.ticket", move |rd, frame| {
        let seen = serve::see(rd, frame, id)?;
        out(rd, frame, &seen)
    })
    .await?;
    Ok(Versioned::ok(json.version, json))
}
