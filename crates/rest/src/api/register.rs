//! Registering a ticket.

use std::collections::BTreeMap;

use api_kit::{Posted, RequestKeyed, Versioned};
use axum::extract::State;
use kernel::{Error, Id};
use serde::Deserialize;
use ticket::actions::register::{self as action, NewTicket};
use ticket::{Channel, Direction, fields, serve};
use utoipa::ToSchema;
use web_kit::{App, Result, Viewer};

use super::{DeskRef, asker, grade};
use crate::dto::{TicketOut, out};

/// Tags, watchers or files of one ticket that is registered, at most.
const MANY: usize = 50;

/// What is asked for. Without `requester` it is for whoever asks, or for nobody known when an agent
/// registers it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketIn {
    /// incident request question complaint suggestion task
    #[schema(example = "incident", max_length = 60)]
    kind: String,
    /// Empty: the first line of the description.
    #[serde(default)]
    #[schema(example = "The printer on floor 2 prints blank pages", max_length = 250)]
    title: String,
    /// Markdown.
    #[serde(default)]
    #[schema(max_length = 200000)]
    description: String,
    requester: Option<i64>,
    beneficiary: Option<i64>,
    organisation: Option<i64>,
    location: Option<i64>,
    service: Option<i64>,
    team: Option<i64>,
    assignee: Option<i64>,
    /// low medium high extensive
    impact: Option<String>,
    /// low medium high critical
    urgency: Option<String>,
    parent: Option<i64>,
    /// portal phone email chat walk_in api
    channel: Option<String>,
    #[serde(default)]
    #[schema(max_items = 50)]
    tags: Vec<String>,
    #[serde(default)]
    #[schema(max_items = 50)]
    watchers: Vec<i64>,
    /// The writer knows what would be masked and wants it to stand there.
    #[serde(default)]
    unmasked: bool,
    /// Ids of uploads.
    #[serde(default)]
    #[schema(max_items = 50)]
    attachments: Vec<i64>,
    /// Whether only the people named on it see it; as its kind has it when absent.
    confidential: Option<bool>,
    /// Whom a complaint is about: they never see it.
    #[serde(default)]
    #[schema(max_items = 50)]
    about: Vec<i64>,
    /// Of a call.
    #[schema(minimum = 0, maximum = 86400)]
    #[serde(default, deserialize_with = "api_kit::between::<0, 86_400, _>")]
    call_seconds: Option<i64>,
    solved: Option<SolvedIn>,
    /// Custom fields by key.
    #[serde(default)]
    fields: BTreeMap<String, serde_json::Value>,
}

/// Registered and solved in one step.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SolvedIn {
    #[schema(example = "advice", max_length = 60)]
    code: String,
    #[schema(max_length = 200000)]
    report: String,
}

impl TicketIn {
    fn read(self) -> kernel::Result<NewTicket> {
        if self.tags.len() > MANY {
            return Err(Error::invalid("tags", "error-tags-many"));
        }
        let many = [("about", self.about.len()), ("watchers", self.watchers.len()), ("attachments", self.attachments.len())];
        if let Some((field, _)) = many.into_iter().find(|(_, n)| *n > MANY) {
            return Err(Error::invalid(field, "error-items-many").field_arg("max", MANY));
        }
        let channel = match self.channel.as_deref() {
            None => Some(Channel::Api),
            Some(key) => Some(
                Channel::from_key(key)
                    .filter(|c| !matches!(c, Channel::Import | Channel::System))
                    .ok_or_else(|| Error::invalid("channel", "error-choice"))?,
            ),
        };
        Ok(NewTicket {
            kind: self.kind,
            title: self.title,
            description: self.description,
            requester: self.requester.map(Id::new),
            beneficiary: self.beneficiary.map(Id::new),
            organisation: self.organisation.map(Id::new),
            location: self.location.map(Id::new),
            service: self.service.map(Id::new),
            team: self.team.map(Id::new),
            assignee: self.assignee.map(Id::new),
            impact: grade("impact", self.impact.as_deref(), fields::impact_of)?,
            urgency: grade("urgency", self.urgency.as_deref(), fields::urgency_of)?,
            parent: self.parent.map(Id::new),
            call: (channel == Some(Channel::Phone)).then_some((Direction::In, self.call_seconds)),
            channel,
            lang: None,
            tags: self.tags,
            watchers: self.watchers.into_iter().map(Id::new).collect(),
            unmasked: self.unmasked,
            confidential: self.confidential,
            about: self.about.into_iter().map(Id::new).collect(),
            uploads: self.attachments.into_iter().map(Id::new).collect(),
            fields: self.fields,
            solved: self.solved.map(|s| (s.code, s.report)),
        })
    }
}

/// Registers a ticket.
#[utoipa::path(post, path = "/api/v1/tickets", tag = "tickets", operation_id = "registerTicket", request_body = TicketIn,
    responses((status = 201, body = TicketOut, headers(("ETag" = String, description = "The version")))))]
pub async fn register(State(app): State<App>, viewer: Viewer, desk: DeskRef, posted: Posted<TicketIn>) -> Result<Versioned<TicketOut>> {
    let key = posted.key.stored(asker(&viewer)?, "ticket.register");
    let new = posted.body.read()?;
    let id =
        serve::act(&app, &viewer, &desk, "ticket.register", key, move |tx, frame| action::register(tx, frame, &new).map(|t| t.id)).await?;
    let json = serve::read_bounded(&app, &viewer, &desk, "api.ticket", move |rd, frame| {
        let seen = serve::see(rd, frame, id)?;
        out(rd, frame, &seen)
    })
    .await?;
    Ok(Versioned::created(json.version, json))
}
