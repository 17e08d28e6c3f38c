//! `/api/v1/.../export`: lists as files for programs and people.

use std::sync::Arc;

use access::Verb;
use axum::extract::State;
use axum::response::Response;
use kernel::{Error, Id};
use party::{OrganisationKind, ServiceState};
use serde::Deserialize;
use ticket::Desk;
use utoipa::IntoParams;
use web_kit::{App, Query, Result, Viewer};

use crate::asked::{Asked, List, Narrow, choice};
use crate::file::answer;
use crate::format::Format;

type DeskRef = axum::Extension<Arc<Desk>>;

/// Refuses who does not have the verb anywhere; rows are bound by its reach.
fn door(viewer: &Viewer, verb: Verb) -> kernel::Result<()> {
    if viewer.actor.may_anywhere(verb) { Ok(()) } else { Err(Error::forbidden().arg("verb", verb)) }
}

/// Which tickets, in which form.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TicketsAsked {
    /// A filter in the language of the list. The file is in the order of numbers, whatever it sorts by.
    #[param(max_length = 4096, example = "is:open priority:>=high")]
    #[serde(default, deserialize_with = "api_kit::short::<4096, _>")]
    q: Option<String>,
    #[serde(default)]
    #[param(inline)]
    format: Format,
    /// Keys of columns, separated by commas; without it all that the reader may have.
    #[param(max_length = 500, example = "number,title,state")]
    #[serde(default, deserialize_with = "api_kit::short::<500, _>")]
    columns: Option<String>,
    /// For a program: keys instead of words, moments in RFC 3339, and text as it is, also where a
    /// spreadsheet would take it for a formula. JSON Lines are always so.
    #[serde(default)]
    machine: bool,
}

/// Which people, in which form.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PersonsAsked {
    /// Beginnings of words of the name or an address; with it the best 200 matches.
    #[param(max_length = 200, example = "ort")]
    #[serde(default, deserialize_with = "api_kit::short::<200, _>")]
    q: Option<String>,
    /// Members of this organisation and of those below it.
    organisation: Option<i64>,
    active: Option<bool>,
    vip: Option<bool>,
    #[serde(default)]
    #[param(inline)]
    format: Format,
    /// Keys of columns, separated by commas; without it all that the reader may have.
    #[param(max_length = 500, example = "name,email")]
    #[serde(default, deserialize_with = "api_kit::short::<500, _>")]
    columns: Option<String>,
    /// As for tickets.
    #[serde(default)]
    machine: bool,
}

/// Which records, in which form.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PlainAsked {
    /// Beginnings of words of the name; with it the best 200 matches.
    #[param(max_length = 200, example = "mad")]
    #[serde(default, deserialize_with = "api_kit::short::<200, _>")]
    q: Option<String>,
    #[serde(default)]
    #[param(inline)]
    format: Format,
    /// Keys of columns, separated by commas; without it all that the reader may have.
    #[param(max_length = 500, example = "id,name")]
    #[serde(default, deserialize_with = "api_kit::short::<500, _>")]
    columns: Option<String>,
    /// As for tickets.
    #[serde(default)]
    machine: bool,
}

/// Which organisations, in which form.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OrganisationsAsked {
    /// Beginnings of words of the name or a mail domain; with it the best 200 matches.
    #[param(max_length = 200, example = "acc")]
    #[serde(default, deserialize_with = "api_kit::short::<200, _>")]
    q: Option<String>,
    /// internal customer supplier partner
    #[param(max_length = 20, example = "customer")]
    #[serde(default, deserialize_with = "api_kit::short::<20, _>")]
    kind: Option<String>,
    active: Option<bool>,
    #[serde(default)]
    #[param(inline)]
    format: Format,
    /// Keys of columns, separated by commas; without it all that the reader may have.
    #[param(max_length = 500, example = "id,name")]
    #[serde(default, deserialize_with = "api_kit::short::<500, _>")]
    columns: Option<String>,
    /// As for tickets.
    #[serde(default)]
    machine: bool,
}

/// Which services, in which form.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ServicesAsked {
    /// Beginnings of words of the name; with it the best 200 matches.
    #[param(max_length = 200, example = "mail")]
    #[serde(default, deserialize_with = "api_kit::short::<200, _>")]
    q: Option<String>,
    /// proposed live retired
    #[param(max_length = 20, example = "live")]
    #[serde(default, deserialize_with = "api_kit::short::<20, _>")]
    state: Option<String>,
    #[serde(default)]
    #[param(inline)]
    format: Format,
    /// Keys of columns, separated by commas; without it all that the reader may have.
    #[param(max_length = 500, example = "key,name")]
    #[serde(default, deserialize_with = "api_kit::short::<500, _>")]
    columns: Option<String>,
    /// As for tickets.
    #[serde(default)]
    machine: bool,
}

/// Tickets that match a filter, as a file. It is sent as it is read; needs `ticket.export`.
#[utoipa::path(get, path = "/api/v1/tickets/export", tag = "tickets", operation_id = "exportTickets", params(TicketsAsked),
    responses((status = 200, content((String = "text/csv"), (String = "application/jsonl"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn tickets(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(asked): Query<TicketsAsked>) -> Result<Response> {
    door(&viewer, Verb::TicketExport)?;
    let asked = Asked::of(List::Tickets, asked.format, asked.machine, asked.columns, asked.q);
    Ok(answer(&app, &viewer, &desk, asked).await?)
}

/// People as a file; needs `person.export`.
#[utoipa::path(get, path = "/api/v1/persons/export", tag = "persons", operation_id = "exportPersons", params(PersonsAsked),
    responses((status = 200, content((String = "text/csv"), (String = "application/jsonl"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn persons(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(asked): Query<PersonsAsked>) -> Result<Response> {
    door(&viewer, Verb::PersonExport)?;
    let narrow = Narrow { active: asked.active, vip: asked.vip, organisation: asked.organisation.map(Id::new), ..Narrow::default() };
    let asked = Asked { narrow, ..Asked::of(List::People, asked.format, asked.machine, asked.columns, asked.q) };
    Ok(answer(&app, &viewer, &desk, asked).await?)
}

/// Organisations that the reader sees, as a file.
#[utoipa::path(get, path = "/api/v1/organisations/export", tag = "organisations", operation_id = "exportOrganisations", params(OrganisationsAsked),
    responses((status = 200, content((String = "text/csv"), (String = "application/jsonl"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn organisations(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Query(asked): Query<OrganisationsAsked>,
) -> Result<Response> {
    door(&viewer, Verb::OrganisationSee)?;
    let kind = choice("kind", asked.kind.as_deref(), OrganisationKind::from_key)?;
    let narrow = Narrow { kind, active: asked.active, ..Narrow::default() };
    let asked = Asked { narrow, ..Asked::of(List::Organisations, asked.format, asked.machine, asked.columns, asked.q) };
    Ok(answer(&app, &viewer, &desk, asked).await?)
}

/// Teams that the reader sees, as a file.
#[utoipa::path(get, path = "/api/v1/teams/export", tag = "teams", operation_id = "exportTeams", params(PlainAsked),
    responses((status = 200, content((String = "text/csv"), (String = "application/jsonl"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn teams(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(asked): Query<PlainAsked>) -> Result<Response> {
    door(&viewer, Verb::TeamSee)?;
    let asked = Asked::of(List::Teams, asked.format, asked.machine, asked.columns, asked.q);
    Ok(answer(&app, &viewer, &desk, asked).await?)
}

/// Services that the reader sees, as a file.
#[utoipa::path(get, path = "/api/v1/services/export", tag = "services", operation_id = "exportServices", params(ServicesAsked),
    responses((status = 200, content((String = "text/csv"), (String = "application/jsonl"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn services(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(asked): Query<ServicesAsked>) -> Result<Response> {
    door(&viewer, Verb::ServiceSee)?;
    let state = choice("state", asked.state.as_deref(), ServiceState::from_key)?;
    let narrow = Narrow { state, ..Narrow::default() };
    let asked = Asked { narrow, ..Asked::of(List::Services, asked.format, asked.machine, asked.columns, asked.q) };
    Ok(answer(&app, &viewer, &desk, asked).await?)
}

/// Locations that the reader sees, as a file.
#[utoipa::path(get, path = "/api/v1/locations/export", tag = "locations", operation_id = "exportLocations", params(PlainAsked),
    responses((status = 200, content((String = "text/csv"), (String = "application/jsonl"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn locations(State(app): State<App>, viewer: Viewer, desk: DeskRef, Query(asked): Query<PlainAsked>) -> Result<Response> {
    door(&viewer, Verb::LocationSee)?;
    let asked = Asked::of(List::Locations, asked.format, asked.machine, asked.columns, asked.q);
    Ok(answer(&app, &viewer, &desk, asked).await?)
}
