//! `GET /api/v1/search`.

use std::collections::BTreeMap;

use axum::extract::State as Parts;
use db::Rd;
use kernel::Error;
use serde::{Deserialize, Serialize};
use ticket::{Frame, serve};
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Query, Result, Viewer};

use super::{DeskRef, PieceOut, SearchRef, TicketFacts};
use crate::find::{Ask, Counts, Found, Hit, Record, find};
use crate::{Kind, State};

/// What is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Words in any of the desk's languages, `"a phrase"`, `-without`, numbers of tickets and phones, and the
    /// filters of the list: `printer team:service-desk is:open sort:-updated`.
    #[param(max_length = 1024, example = "printer is:open")]
    #[serde(default, deserialize_with = "api_kit::short::<1024, _>")]
    q: Option<String>,
    /// One kind of record: ticket, person, organisation, team or service.
    #[param(max_length = 20, example = "ticket")]
    #[serde(default, deserialize_with = "api_kit::short::<20, _>")]
    kind: Option<String>,
    /// Hits wanted, 1 to 100; 20 when unsaid.
    #[param(minimum = 1, maximum = 100)]
    #[serde(default, deserialize_with = "api_kit::between::<1, 100, _>")]
    limit: Option<i64>,
    /// `next` of the page before.
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "api_kit::short::<2000, _>")]
    cursor: Option<String>,
    /// The last word is still being typed.
    #[serde(default)]
    prefix: bool,
    /// Numbers are wanted.
    #[serde(default)]
    counts: bool,
}

/// A person, an organisation, a team or a service.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartyFacts {
    pub active: bool,
    /// The key of a team or service, the kind of an organisation, the job title of a person.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
}

/// A record that was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HitOut {
    /// ticket person organisation team service
    #[schema(example = "ticket")]
    pub kind: String,
    #[schema(example = 48213)]
    pub id: i64,
    /// Title or name.
    pub title: Vec<PieceOut>,
    /// Where in its text it was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excerpt: Vec<PieceOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyFacts>,
}

/// A value with its number of tickets.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ValueOut {
    pub value: String,
    pub count: u64,
}

/// Numbers over what the reader may see.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CountsOut {
    /// By kind of record; one that is absent has too many to say.
    pub kinds: BTreeMap<String, u64>,
    /// Of tickets, by field of the filter language.
    pub facets: BTreeMap<String, Vec<ValueOut>>,
    /// There are too many tickets: the facets are of those that were changed since then, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FoundOut {
    /// The ticket whose number was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jump: Option<HitOut>,
    pub items: Vec<HitOut>,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Nothing was found as typed: what was meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected: Option<String>,
    /// Nothing was found as typed: what it reads on the other keyboard. The items answer that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<String>,
    /// Nothing has every word: the items have all but one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mostly: bool,
    /// Absent unless asked for, and while the index is being brought up to date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<CountsOut>,
    /// ready, or rebuilding while the index is being made anew.
    #[schema(example = "ready")]
    pub state: String,
    /// Parts of 1,000 that are done of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<u32>,
}

/// Tickets, people, organisations, teams and services by their words.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", operation_id = "search", params(Params), responses((status = 200, body = FoundOut)))]
pub async fn search(
    Parts(app): Parts<App>,
    viewer: Viewer,
    desk: DeskRef,
    search: SearchRef,
    Query(params): Query<Params>,
) -> Result<axum::Json<FoundOut>> {
    let kinds = match params.kind.as_deref() {
        None => Vec::new(),
        Some(key) => vec![Kind::from_key(key).ok_or_else(|| Error::invalid("kind", "error-choice"))?],
    };
    let limit = usize::try_from(params.limit.unwrap_or(20)).unwrap_or(20);
    let ask = Ask { text: params.q.unwrap_or_default(), kinds, limit, cursor: params.cursor, prefix: params.prefix, counts: params.counts };
    if ask.counts {
        search.settle(&app.db).await?;
    }
    let turn = search.turn().await?;
    let search = search.0.clone();
    let found = serve::read(&app, &viewer, &desk, "api.search", move |rd, frame| {
        let _turn = turn;
        let found = find(&search, rd, frame, &ask)?;
        out(rd, frame, found)
    })
    .await?;
    Ok(axum::Json(found))
}

fn out(rd: &mut Rd<'_>, frame: Frame<'_>, found: Found) -> kernel::Result<FoundOut> {
    let catalogue = frame.desk.catalogue(rd)?;
    let hit = |hit: Hit| {
        let (ticket, party) = match &hit.record {
            Record::Ticket(t) => (Some(TicketFacts::of(&catalogue, t, hit.inner, &serve::hidden(frame.actor, t))), None),
            Record::Party(p) => {
                let p = p.clone();
                (None, Some(PartyFacts { active: p.active, detail: p.detail, email: p.email, organisation: p.organisation }))
            }
        };
        let pieces = |pieces: Vec<crate::text::mark::Piece>| pieces.into_iter().map(PieceOut::from).collect();
        HitOut { kind: hit.kind.key().to_owned(), id: hit.id, title: pieces(hit.title), excerpt: pieces(hit.excerpt), ticket, party }
    };
    let (state, progress) = match found.state {
        State::Ready => ("ready", None),
        State::Rebuilding { done, .. } => ("rebuilding", Some(done)),
    };
    Ok(FoundOut {
        jump: found.jump.map(hit),
        items: found.hits.into_iter().map(hit).collect(),
        next: found.next,
        corrected: found.corrected,
        layout: found.layout,
        mostly: found.mostly,
        counts: found.counts.map(counts),
        state: state.to_owned(),
        progress,
    })
}

fn counts(counts: Counts) -> CountsOut {
    let kinds = counts.kinds.into_iter().filter_map(|(kind, count)| Some((kind.key().to_owned(), count?))).collect();
    let values = |values: Vec<(String, u64)>| values.into_iter().map(|(value, count)| ValueOut { value, count }).collect();
    let facets = counts.facets.into_iter().map(|(field, of)| (field.to_owned(), values(of))).collect();
    CountsOut { kinds, facets, since: counts.since.map(kernel::Time::to_rfc3339) }
}
