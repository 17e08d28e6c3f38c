//! `/new`: a plain request, in one text box and a few choices.

use access::{Actor, Reach, Verb};
use askama::Template;
use axum::Extension;
use axum::extract::Request;
use db::{Rd, Tx};
use files::Files;
use i18n::{Arg, T};
use kernel::{AttachmentId, Error, FieldError, PersonId, Result, ServiceId, TicketId};
use serde::Deserialize;
use ticket::actions::link::link;
use ticket::actions::register::{NewTicket, register};
use ticket::{Channel, Frame, LinkKind, serve, store};
use ui::{Choice, Chrome, FormErrors};
use web_kit::{Form, Query, page, see_other};

use super::{comes_back, refused, was_sent};
use crate::customs::{self, Asked as AskedFields};
use crate::frame::frame;
use crate::guest::Guest;
use crate::intake::{self, Posted};
use crate::people::{self, Found};
use crate::{guess, services, words};

/// The action's name in the log of request keys.
const ACTION: &str = "portal.new";

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    text: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    service: String,
    /// A request that is over and goes on with this one.
    #[serde(default)]
    follow: String,
}

/// What is typed so far.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub what: String,
    pub kind: String,
    pub service: Option<ServiceId>,
    /// For somebody else: the name or address as it was typed, and who was chosen among several.
    pub person: String,
    pub beneficiary: Option<PersonId>,
    pub follow: Option<TicketId>,
    /// Only those named on it are to see it.
    pub confidential: bool,
    /// What would be masked stands there as it is.
    pub unmasked: bool,
    /// Whom it complains of: the name or address as it was typed, and who was chosen among several.
    pub about: String,
    pub about_id: Option<PersonId>,
    pub uploads: Vec<AttachmentId>,
    pub client_id: String,
    /// Custom fields by key, and for what kind and service they were shown.
    pub customs: ticket::custom::Inputs,
    pub asked: String,
}

/// A file that is stored and belongs to this form.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: i64,
    pub name: String,
}

/// What the page offers.
struct Offered {
    kinds: Vec<Choice>,
    services: Vec<Choice>,
    several: Vec<Choice>,
    several_about: Vec<Choice>,
    kept: Vec<Kept>,
    asked: AskedFields,
    /// Number and title of the request that this one goes on with.
    follow: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "portal/new.html", blocks = ["main"])]
struct NewPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    typed: Typed,
    offered: Offered,
    /// The reader may see colleagues, so that they can ask for one.
    for_others: bool,
    files_help: String,
}

/// # Errors
/// The database does not answer.
pub async fn show(guest: Guest, Query(asked): Query<Asked>) -> web_kit::Result {
    let typed = Typed {
        kind: if asked.kind.is_empty() { guess::kind(&asked.text).to_owned() } else { asked.kind },
        what: asked.text,
        service: asked.service.parse().ok(),
        follow: asked.follow.parse().ok(),
        client_id: guest.form_key(),
        ..Typed::default()
    };
    form(&guest, typed, FormErrors::new()).await
}

/// # Errors
/// What cannot be told on the form.
pub async fn send(guest: Guest, Extension(files): Extension<Files>, request: Request) -> web_kit::Result {
    let mut posted = Posted::read(&guest, &files, request).await?;
    let mut typed = Typed {
        what: posted.text("what").to_owned(),
        kind: posted.text("kind").to_owned(),
        service: posted.id("service"),
        person: posted.text("person").trim().to_owned(),
        beneficiary: posted.id("beneficiary"),
        follow: posted.id("follow"),
        confidential: posted.text("confidential") == "1",
        unmasked: posted.text("unmasked") == "1",
        about: posted.text("about").trim().to_owned(),
        about_id: posted.id("about_id"),
        uploads: posted.uploads.clone(),
        client_id: posted.text("client_id").to_owned(),
        customs: posted.customs(),
        asked: posted.text("asked").to_owned(),
    };
    if asks_more(&guest, &typed).await? {
        return form(&guest, typed, FormErrors::new()).await;
    }
    match attempt(&guest, &mut posted, typed.clone()).await {
        Ok(id) => Ok(see_other(&format!("/requests/{id}?new=1"))),
        Err(error) if comes_back(&error) => {
            let errors = super::words(guest.t(), &error);
            if was_sent(&error) {
                typed.client_id = guest.form_key();
            }
            refused(form(&guest, typed, errors).await, error)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether there are fields for what was chosen that the form has not shown yet.
async fn asks_more(guest: &Guest, typed: &Typed) -> Result<bool> {
    if typed.kind.is_empty() || typed.what.trim().is_empty() {
        return Ok(false);
    }
    let typed = typed.clone();
    let more =
        move |rd: &mut Rd<'_>, frame: Frame<'_>| customs::asks_more(rd, frame, (&typed.kind, typed.service), &typed.customs, &typed.asked);
    guest.read("portal.new.more", more).await
}

async fn attempt(guest: &Guest, posted: &mut Posted, typed: Typed) -> Result<TicketId> {
    let mut wrong = posted.mistakes()?;
    if typed.what.trim().is_empty() {
        wrong.push(FieldError::new("what", "error-portal-what"));
    }
    if typed.kind.is_empty() {
        wrong.push(FieldError::new("kind", "error-portal-kind"));
    }
    Error::of_fields(wrong)?;
    let key = posted.key(guest, ACTION)?;
    guest.act(ACTION, key, move |tx, frame| ask(tx, frame, &typed)).await.map_err(renamed)
}

/// Registers it; who follows up sees both requests, so the desk may link them in their name.
fn ask(tx: &mut Tx<'_>, frame: Frame<'_>, typed: &Typed) -> Result<TicketId> {
    let catalogue = frame.desk.catalogue(tx)?;
    if !words::kinds(&catalogue, frame.actor).iter().any(|kind| kind.key == typed.kind) {
        return Err(Error::invalid("kind", "error-choice"));
    }
    let follow = typed.follow.map(|id| serve::see(tx, frame, id)).transpose()?;
    let beneficiary = match (typed.beneficiary, typed.person.is_empty()) {
        (Some(id), _) => Some(id),
        (None, true) => None,
        (None, false) => Some(people::one(tx, frame, &typed.person, "person")?),
    };
    let about = match (typed.about_id, typed.about.is_empty()) {
        (Some(id), _) => Some(id),
        (None, true) => None,
        (None, false) => Some(people::one(tx, frame, &typed.about, "about")?),
    };
    let new = NewTicket {
        kind: typed.kind.clone(),
        description: typed.what.clone(),
        requester: Some(frame.person()?),
        beneficiary,
        service: typed.service,
        channel: Some(Channel::Portal),
        uploads: typed.uploads.clone(),
        // Without a tick it is as its kind has it: a complaint is confidential.
        confidential: typed.confidential.then_some(true),
        unmasked: typed.unmasked,
        about: about.into_iter().collect(),
        fields: customs::looked_up(tx, frame, &typed.kind, typed.service, &typed.customs)?,
        ..NewTicket::default()
    };
    let ticket = register(tx, frame, &new)?;
    if let Some(before) = follow.filter(|seen| seen.ticket.tenant == ticket.tenant) {
        let desk = Actor::system();
        link(tx, Frame { actor: &desk, ..frame }, ticket.id, LinkKind::Relates, before.ticket.id)?;
    }
    Ok(ticket.id)
}

/// The action's fields as the form calls them.
fn renamed(error: Error) -> Error {
    if !error.fields().iter().any(|f| matches!(f.field.as_ref(), "title" | "description")) {
        return error;
    }
    let fields = error.fields().iter().map(|f| {
        let named = matches!(f.field.as_ref(), "title" | "description");
        FieldError { field: if named { "what".into() } else { f.field.clone() }, code: f.code, args: f.args.clone() }
    });
    Error::of_fields(fields.collect()).err().unwrap_or(error)
}

/// The page with what is typed.
///
/// # Errors
/// The database does not answer.
pub async fn form(guest: &Guest, typed: Typed, errors: FormErrors) -> web_kit::Result {
    let (t, asked) = (guest.t().clone(), typed.clone());
    let unclear = (!errors.of("person").is_empty(), !errors.of("about").is_empty());
    let offered = guest.read("portal.new", move |rd, frame| offered(rd, frame, &t, &asked, unclear)).await?;
    let mut chrome = frame(guest, guest.t().msg("portal-new-title"));
    // A form that failed comes back under an address that opens it empty.
    chrome.path = "/new".to_owned();
    chrome.create = None;
    let actor = &guest.viewer.actor;
    let t = guest.t().clone();
    let files_help = t.with("portal-files-help", &[("limit", Arg::Size(intake::limit(guest)))]);
    let for_others = actor.reach(Verb::PersonSee, actor.tenant) > Reach::Own;
    let page = NewPage { t, chrome, errors, typed, offered, for_others, files_help };
    page!(guest.viewer, page, as_main)
}

fn offered(rd: &mut Rd<'_>, frame: Frame<'_>, t: &T, typed: &Typed, unclear: (bool, bool)) -> Result<Offered> {
    let catalogue = frame.desk.catalogue(rd)?;
    let kinds = words::kinds(&catalogue, frame.actor).into_iter();
    let kinds = kinds.map(|kind| Choice::new(&kind.key, words::kind(t, kind), kind.key == typed.kind)).collect();
    let live = services::live(rd, frame)?;
    let mut several = |unclear: bool, typed: &str| match unclear {
        true => match people::find(rd, frame, typed)? {
            Found::Several(choices) => Ok(choices),
            Found::One(_) | Found::Nobody => Ok(Vec::new()),
        },
        false => Ok::<_, Error>(Vec::new()),
    };
    let (several, several_about) = (several(unclear.0, &typed.person)?, several(unclear.1, &typed.about)?);
    let kept = kept(rd, frame, &typed.uploads)?;
    let follow = match typed.follow {
        Some(id) => {
            let seen = serve::see(rd, frame, id)?;
            Some((words::number(&catalogue, &seen.ticket), seen.ticket.title))
        }
        None => None,
    };
    let files: Vec<(i64, String)> = kept.iter().map(|file| (file.id, file.name.clone())).collect();
    let asked = customs::asked(rd, frame, t, (&typed.kind, typed.service), (&typed.customs, &typed.asked), &files)?;
    Ok(Offered { kinds, services: services::choices(&live, typed.service), several, several_about, kept, asked, follow })
}

#[derive(Template)]
#[template(path = "portal/asked.html")]
struct AskedPart {
    t: T,
    asked: AskedFields,
    errors: FormErrors,
}

/// `POST /new/fields`: the custom fields for what the form says now. Nothing is changed.
///
/// # Errors
/// The database does not answer.
pub async fn fields(guest: Guest, Form(sent): Form<Vec<(String, String)>>) -> web_kit::Result {
    let text = |name: &str| sent.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let (kind, service, asked) = (text("kind"), text("service").parse().ok(), text("asked"));
    let typed = settings::field::posted(sent.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let uploads: Vec<AttachmentId> = sent.iter().filter(|(name, _)| name == "uploads").filter_map(|(_, id)| id.parse().ok()).collect();
    let t = guest.t().clone();
    let asked = guest
        .read("portal.new.asked", move |rd, frame| {
            let files: Vec<(i64, String)> = kept(rd, frame, &uploads)?.into_iter().map(|file| (file.id, file.name)).collect();
            customs::asked(rd, frame, &t, (&kind, service), (&typed, &asked), &files)
        })
        .await?;
    web_kit::html(AskedPart { t: guest.t().clone(), asked, errors: FormErrors::new() }.render())
}

/// The files of a form that are stored already.
fn kept(rd: &mut Rd<'_>, frame: Frame<'_>, uploads: &[AttachmentId]) -> Result<Vec<Kept>> {
    let mut kept = Vec::new();
    for id in uploads {
        if let Some(upload) = store::attachment::upload(rd, *id, frame.person()?)? {
            kept.push(Kept { id: upload.id.raw(), name: upload.name });
        }
    }
    Ok(kept)
}
