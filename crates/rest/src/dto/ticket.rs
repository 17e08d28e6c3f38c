//! A ticket as JSON.

use std::collections::BTreeMap;

use db::Rd;
use kernel::{Page, Result, TicketId, Time};
use party::{Names, Wanted};
use serde::Serialize;
use ticket::custom::{self, Shown};
use ticket::serve::{self, Seen};
use ticket::{Catalogue, Frame, Ticket, fields, store};
use utoipa::ToSchema;

/// A record that is referred to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Ref {
    #[schema(example = 17)]
    pub id: i64,
    #[schema(example = "Service desk")]
    pub name: String,
}

/// A ticket. Fields that the reader may not know are absent.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct TicketOut {
    #[schema(example = 48213)]
    pub id: i64,
    /// The number with the prefix of its kind.
    #[schema(example = "INC-48213")]
    pub number: String,
    #[schema(example = "incident")]
    pub kind: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// new active waiting held resolved closed cancelled
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "active")]
    pub category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// low medium high extensive
    #[serde(skip_serializing_if = "Option::is_none")]
    pub impact: Option<String>,
    /// low medium high critical
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<String>,
    /// low medium high urgent
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beneficiary: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Ref>,
    /// The desk that keeps ownership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_team: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Ref>,
    /// Support line of the team, 1 to 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Ref>,
    #[schema(example = "portal")]
    pub channel: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<i64>,
    /// It was merged: the ticket in which it goes on, when the reader sees that one. Only of a single ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Custom fields that have a value, by key: texts, numbers as texts with a point, days as `2026-11-22`,
    /// moments in RFC 3339, keys of choices, ids of people and files, truths.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, serde_json::Value>,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub updated_at: String,
    pub last_customer_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopen_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handover_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incomplete: Option<bool>,
    /// What its requester thinks of the solution, 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 4)]
    pub csat: Option<i64>,
    /// And of who worked on it, 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csat_analyst: Option<i64>,
    /// Only the people named on it see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidential: Option<bool>,
    /// Rises when properties change; the entity tag.
    pub version: i64,
    /// Rises with everything.
    pub activity: i64,
    /// Somebody wrote to the reader, or gave it to them, since they read it. Only in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<bool>,
}

/// One ticket with its names and tags.
///
/// # Errors
/// The database refuses.
pub fn out(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &Seen) -> Result<TicketOut> {
    let catalogue = frame.desk.catalogue(rd)?;
    let t = &seen.ticket;
    let mut wanted = Wanted::default();
    want(&mut wanted, t);
    let names = wanted.load(rd)?;
    let mut json = build(&catalogue, &names, t, seen.inner);
    if seen.inner {
        json.tags = Some(store::involved::tags(rd, t.id)?);
    }
    json.merged_into = serve::goes_on_in(rd, frame, t)?.map(|into| into.ticket.id.raw());
    json.fields = values(custom::shown(rd, frame, seen)?);
    hide(&mut json, &serve::hidden(frame.actor, t));
    Ok(json)
}

/// A page of tickets. What is the desk's own shows only where the reader works for the desk.
///
/// # Errors
/// The database refuses.
pub fn page_out(rd: &mut Rd<'_>, frame: Frame<'_>, page: Page<Ticket>) -> Result<Page<TicketOut>> {
    let catalogue = frame.desk.catalogue(rd)?;
    let ids: Vec<TicketId> = page.rows.iter().map(|t| t.id).collect();
    let mut wanted = Wanted::default();
    for t in &page.rows {
        want(&mut wanted, t);
    }
    let names = &wanted.load(rd)?;
    let mut tags = store::involved::tags_of(rd, &ids)?;
    let mut known = Vec::with_capacity(page.rows.len());
    for t in &page.rows {
        known.push((t, serve::may(rd, frame, t, access::Verb::TicketSeeInternal)?));
    }
    let read = frame.actor.person.map(|person| store::seen::of(rd, person, &ids)).transpose()?;
    let mut customs = custom::of_many(rd, frame, &known)?;
    let mut rows = Vec::with_capacity(page.rows.len());
    for (t, inner) in known {
        let mut json = build(&catalogue, names, t, inner);
        json.fields = values(customs.remove(&t.id).unwrap_or_default());
        json.tags = inner.then(|| tags.remove(&t.id).unwrap_or_default());
        json.unread = read.as_ref().map(|read| t.is_unread(read.get(&t.id).copied().unwrap_or_default()));
        hide(&mut json, &serve::hidden(frame.actor, t));
        rows.push(json);
    }
    Ok(Page { rows, next: page.next })
}

fn values(shown: Vec<Shown>) -> BTreeMap<String, serde_json::Value> {
    let told = |one: Shown| one.value.map(|value| (one.def.key.clone(), web_kit::field::json(&one.def, &value)));
    shown.into_iter().filter_map(told).collect()
}

fn want(wanted: &mut Wanted, t: &Ticket) {
    wanted.person(t.requester).person(t.beneficiary).person(t.assignee).team(t.team).team(t.owner_team);
    wanted.service(t.service).organisation(t.organisation).location(t.location);
}

fn build(catalogue: &Catalogue, names: &Names, t: &Ticket, inner: bool) -> TicketOut {
    let person = |id: Option<kernel::PersonId>| id.map(|id| Ref { id: id.raw(), name: names.person_name(id).to_owned() });
    let team = |id: Option<kernel::TeamId>| id.map(|id| Ref { id: id.raw(), name: names.team(id).to_owned() });
    let prefix = catalogue.kind(t.tenant, &t.kind).map_or("", |k| k.prefix.as_str());
    let grade = |field: &str, value: i64| inner.then(|| fields::grade_key(field, value).to_owned());
    TicketOut {
        id: t.id.raw(),
        number: format!("{prefix}-{}", t.id),
        kind: t.kind.clone(),
        title: t.title.clone(),
        state: Some(t.state.clone()),
        category: Some(t.category.key().to_owned()),
        open: Some(t.is_open()),
        impact: grade("impact", t.impact),
        urgency: grade("urgency", t.urgency),
        priority: grade("priority", t.priority),
        requester: person(t.requester),
        beneficiary: person(t.beneficiary),
        organisation: t.organisation.map(|id| Ref { id: id.raw(), name: names.organisation(id).to_owned() }),
        location: t.location.map(|id| Ref { id: id.raw(), name: names.location(id).to_owned() }),
        service: t.service.map(|id| Ref { id: id.raw(), name: names.service(id).to_owned() }),
        owner_team: if inner { team(t.owner_team) } else { None },
        team: team(t.team),
        line: inner.then_some(t.line),
        assignee: person(t.assignee),
        channel: t.channel.key().to_owned(),
        merged_into: None,
        parent: if inner { t.parent.map(|p| p.raw()) } else { None },
        resolution_code: t.resolution_code.clone(),
        tags: None,
        fields: BTreeMap::new(),
        created_at: t.created_at.to_rfc3339(),
        updated_at: t.updated_at.to_rfc3339(),
        last_customer_at: t.last_customer_at.to_rfc3339(),
        resolved_at: t.resolved_at.map(Time::to_rfc3339),
        closed_at: t.closed_at.map(Time::to_rfc3339),
        reopen_count: Some(t.reopen_count),
        handover_count: inner.then_some(t.handover_count),
        incomplete: inner.then_some(t.incomplete),
        csat: t.csat.filter(|_| inner),
        csat_analyst: t.csat_analyst.filter(|_| inner),
        confidential: Some(t.confidential),
        version: t.version,
        activity: t.activity,
        unread: None,
    }
}

/// Takes away what the reader's roles hide, with all that tells of it.
fn hide(json: &mut TicketOut, hidden: &std::collections::BTreeSet<&str>) {
    for field in hidden {
        match *field {
            "state" => {
                (json.state, json.category, json.open) = (None, None, None);
                (json.resolved_at, json.closed_at, json.reopen_count, json.unread) = (None, None, None, None);
            }
            "impact" => json.impact = None,
            "urgency" => json.urgency = None,
            "priority" => json.priority = None,
            "requester" => json.requester = None,
            "beneficiary" => json.beneficiary = None,
            "organisation" => json.organisation = None,
            "location" => json.location = None,
            "service" => json.service = None,
            "owner_team" => json.owner_team = None,
            "team" => {
                json.team = None;
                json.line = None;
                json.handover_count = None;
            }
            "assignee" => json.assignee = None,
            "parent" => json.parent = None,
            "confidential" => json.confidential = None,
            "csat" => (json.csat, json.csat_analyst) = (None, None),
            "resolution_code" => json.resolution_code = None,
            "tag" | "tags" => json.tags = None,
            _ => {}
        }
    }
}
