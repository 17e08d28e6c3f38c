//! The tickets of a person, page by page.

use db::Rd;
use i18n::T;
use kernel::{AttachmentId, FileId, MessageId, PageRequest, PersonId, Result, TicketId, Time};
use party::{Names, Wanted};
use serde::Serialize;
use serde_json::{Map, Value};
use ticket::store::attachment::{self, Attachment};
use ticket::store::message::{self, Message};
use ticket::store::rating as ratings;
use ticket::store::text;
use ticket::timeline::{field_label, mark_label};
use ticket::{MessageKind, Ticket, serve};

use super::archive::inside;
use super::readers::{Both, Readers};

/// A ticket, without what was said.
pub struct Told {
    pub both: Both,
    pub json: Head,
    pub files: Vec<FileOut>,
    /// What the page shows of it: a label and a value.
    pub facts: Vec<(String, String)>,
}

/// A ticket as the file of lines begins with it.
#[derive(Debug, Serialize)]
pub struct Head {
    pub number: String,
    pub id: i64,
    pub kind: String,
    pub title: String,
    pub state: String,
    pub category: &'static str,
    /// requester beneficiary registered wrote: what the person has to do with it.
    pub roles: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    pub created_at: String,
    pub updated_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// What the person thinks of how it was solved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<RatingOut>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub fields: Map<String, Value>,
}

/// A rating that the person gave.
#[derive(Debug, Serialize)]
pub struct RatingOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solution: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analyst: Option<i64>,
    pub reasons: Vec<&'static str>,
    pub comment: String,
    pub at: String,
}

/// Something that was said.
#[derive(Debug, Serialize)]
pub struct MessageOut {
    pub id: i64,
    pub kind: &'static str,
    pub public: bool,
    /// The person wrote it.
    pub own: bool,
    /// Absent when one may not know who works at the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    pub at: String,
    /// Absent when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip)]
    pub when: String,
    #[serde(skip)]
    pub note: bool,
}

/// A file of a ticket.
#[derive(Debug, Serialize)]
pub struct FileOut {
    pub id: i64,
    pub name: String,
    pub size: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<i64>,
    /// Where it is in the archive: files that the person added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    #[serde(skip)]
    pub file: FileId,
}

/// A ticket that both see; without its messages.
///
/// # Errors
/// The database does not answer.
pub fn told(rd: &mut Rd<'_>, r: &Readers, id: TicketId) -> Result<Option<Told>> {
    let Some(both) = r.see(rd, id)? else { return Ok(None) };
    let desk = r.person_frame().desk.catalogue(rd)?;
    let kind = desk.kind_of(&both.ticket)?;
    let known = serve::known(r.asker(), &serve::known(r.person_frame().actor, &both.ticket));
    let t = &both.ticket;
    let names = Wanted::default().service(known.service).load(rd)?;
    // As in the search: from whom it is hidden how it was solved, the report is, too.
    let reported = !r.hides(t, "resolution_code");
    let report = t.resolution_text.filter(|_| reported).map(|id| text::get(rd, id)).transpose()?.flatten();
    let fields = r.fields(rd, &both)?;
    let rating = rating(rd, r, &both)?;
    let state = kind.state(&t.state).map_or(t.state.as_str(), |state| state.portal.get(r.t.lang())).to_owned();
    let moment = |at: Time| at.to_rfc3339();
    let json = Head {
        number: format!("{}-{}", kind.prefix, t.id),
        id: t.id.raw(),
        kind: t.kind.clone(),
        title: t.title.clone(),
        state: t.state.clone(),
        category: t.category.key(),
        roles: roles(r, t),
        service: known.service.map(|id| names.service(id).to_owned()),
        created_at: moment(t.created_at),
        updated_at: moment(t.updated_at),
        resolved_at: t.resolved_at.map(moment),
        closed_at: t.closed_at.map(moment),
        report: report.clone(),
        rating,
        fields: fields.iter().map(|field| (field.key.clone(), field.value.clone())).collect(),
    };
    let mut facts = vec![
        (r.t.msg("privacy-file-state").into_owned(), state),
        (r.t.msg("privacy-file-created").into_owned(), r.t.moment_full(t.created_at)),
    ];
    facts.extend(json.service.clone().map(|name| (r.t.msg("privacy-file-service").into_owned(), name)));
    facts.extend(fields.into_iter().map(|field| (field.name, field.words)));
    facts.extend(report.map(|report| (r.t.msg("privacy-file-report").into_owned(), report)));
    facts.extend(json.rating.iter().flat_map(|rating| rated(&r.t, rating)));
    let files = files(rd, r, &both)?;
    Ok(Some(Told { both, json, files, facts }))
}

/// The rating, when the person gave it and whoever asked may know it.
fn rating(rd: &mut Rd<'_>, r: &Readers, both: &Both) -> Result<Option<RatingOut>> {
    let given = ratings::get(rd, both.ticket.id)?.filter(|given| r.is_theirs(given.by));
    let Some(given) = given.filter(|_| inner(r, both, true) && !r.hides(&both.ticket, "csat")) else { return Ok(None) };
    Ok(Some(RatingOut {
        solution: given.solution,
        analyst: given.analyst,
        reasons: given.reasons.iter().map(|reason| reason.key()).collect(),
        comment: given.comment.map(|id| text::get(rd, id)).transpose()?.flatten().unwrap_or_default(),
        at: given.rated_at.to_rfc3339(),
    }))
}

/// A rating as the page shows it.
fn rated(t: &T, rating: &RatingOut) -> Vec<(String, String)> {
    let mark = |field: &str, mark: i64| (field_label(t, field), format!("{} ({mark}/5)", t.msg(mark_label(mark))));
    let mut rated: Vec<_> = rating.solution.map(|m| mark("csat", m)).into_iter().collect();
    rated.extend(rating.analyst.map(|m| mark("csat_analyst", m)));
    if let Some((_, words)) = rated.first_mut().filter(|_| !rating.comment.is_empty()) {
        *words = format!("{words} · {}", rating.comment);
    }
    rated
}

fn roles(r: &Readers, ticket: &Ticket) -> Vec<&'static str> {
    let is = |id: Option<PersonId>| id.is_some_and(|id| r.is_theirs(id));
    let all = [(is(ticket.requester), "requester"), (is(ticket.beneficiary), "beneficiary"), (is(ticket.created_by), "registered")];
    let mut roles: Vec<&'static str> = all.into_iter().filter(|(is, _)| *is).map(|(_, key)| key).collect();
    if roles.is_empty() {
        roles.push("wrote");
    }
    roles
}

/// What the person wrote and what is for the desk alone may be there for whoever asked.
fn inner(r: &Readers, both: &Both, own: bool) -> bool {
    (r.notes && both.inner) || (own && (r.own || both.inner))
}

fn files(rd: &mut Rd<'_>, r: &Readers, both: &Both) -> Result<Vec<FileOut>> {
    let id = both.ticket.id;
    let public: Vec<AttachmentId> = attachment::of_ticket(rd, id, false)?.into_iter().map(|file| file.id).collect();
    let theirs = |file: &Attachment| r.is_theirs(PersonId::new(file.uploaded_by));
    let mut all = attachment::of_ticket(rd, id, true)?;
    all.retain(|file| public.contains(&file.id) || inner(r, both, theirs(file)));
    Ok(all
        .into_iter()
        .map(|file| FileOut {
            path: theirs(&file).then(|| inside(file.id.raw(), &file.name)),
            id: file.id.raw(),
            size: file.size,
            message: file.message.map(kernel::Id::raw),
            file: file.file,
            name: file.name,
        })
        .collect())
}

/// A page of what was said as far as both may know it, and the cursor behind it.
///
/// # Errors
/// The database does not answer.
pub fn messages(rd: &mut Rd<'_>, r: &Readers, both: &Both, cursor: Option<String>) -> Result<(Vec<MessageOut>, Option<String>)> {
    let id = both.ticket.id;
    let page = message::page(rd, id, true, &PageRequest { limit: Some(PageRequest::MAX), cursor })?;
    let ids: Vec<MessageId> = page.rows.iter().map(|m| m.id).collect();
    let public: Vec<MessageId> = message::of_ids(rd, id, false, &ids)?.into_iter().map(|m| m.id).collect();
    let theirs = |m: &Message| m.author.is_some_and(|author| r.is_theirs(author));
    let known: Vec<Message> = page.rows.into_iter().filter(|m| public.contains(&m.id) || inner(r, both, theirs(m))).collect();
    let mut wanted = Wanted::default();
    for m in &known {
        wanted.person(m.author);
    }
    let names = wanted.load(rd)?;
    Ok((known.into_iter().map(|m| out(r, &both.ticket, &names, m)).collect(), page.next))
}

fn out(r: &Readers, ticket: &Ticket, names: &Names, m: Message) -> MessageOut {
    let author = m.author.filter(|author| m.from_requester || r.knows(ticket, *author));
    MessageOut {
        id: m.id.raw(),
        kind: m.kind.key(),
        public: m.public,
        own: m.author.is_some_and(|author| r.is_theirs(author)),
        author: author.map(|id| names.person_name(id).to_owned()),
        at: m.occurred_at.to_rfc3339(),
        body: m.body,
        when: moment(&r.t, m.occurred_at),
        note: m.kind == MessageKind::Note,
    }
}

fn moment(t: &T, at: Time) -> String {
    t.moment_full(at)
}
