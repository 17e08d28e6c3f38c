//! "Why can X see this?"

use axum::extract::State;
use kernel::{Id, TicketId};
use serde::{Deserialize, Serialize};
use ticket::{serve, why};
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Path, Query, Result, Viewer};

use super::DeskRef;
use crate::dto::Ref;

/// About whom it is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct WhyParams {
    /// The person's id.
    #[param(example = 17)]
    person: i64,
}

/// What a role grants.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonOut {
    #[schema(example = "operator")]
    pub role: String,
    /// Where the role is held; 0: in every tenant.
    pub tenant: i64,
    /// own team organisation all
    #[schema(example = "all")]
    pub reach: String,
    /// requester beneficiary assignee creator involved team team_involved organisation tenant
    #[schema(max_items = 9)]
    pub clauses: Vec<String>,
}

/// Whether somebody sees a ticket, and by what.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhyOut {
    pub person: Ref,
    pub granted: bool,
    /// Only what names the person counts.
    pub confidential: bool,
    /// At most one of each role that they hold.
    #[schema(max_items = 500)]
    pub reasons: Vec<ReasonOut>,
    /// In the reader's language: the answer first, then what it rests on.
    #[schema(max_items = 5000)]
    pub words: Vec<String>,
}

/// Why a person sees a ticket, or does not.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/why", tag = "people of a ticket", operation_id = "explainTicket",
    params(("id" = i64, Path, description = "The ticket's number"), WhyParams), responses((status = 200, body = WhyOut)))]
pub async fn why(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    Query(params): Query<WhyParams>,
) -> Result<axum::Json<WhyOut>> {
    let person = Id::new(params.person);
    let found = serve::read_bounded(&app, &viewer, &desk, "api.why", move |rd, frame| why::explain(rd, frame, id, person)).await?;
    let granted_by = found.why.as_ref().map_or(&[][..], |why| &why.reasons);
    let reasons = granted_by.iter().map(|reason| ReasonOut {
        role: reason.role.clone(),
        tenant: reason.tenant.raw(),
        reach: reason.reach.key().to_owned(),
        clauses: reason.clauses.iter().map(|clause| why::clause_key(clause).to_owned()).collect(),
    });
    Ok(axum::Json(WhyOut {
        person: Ref { id: found.person.id.raw(), name: found.person.name.clone() },
        granted: found.is_granted(),
        confidential: found.why.as_ref().is_some_and(|why| why.confidential),
        reasons: reasons.collect(),
        words: found.words(&viewer.t),
    }))
}
