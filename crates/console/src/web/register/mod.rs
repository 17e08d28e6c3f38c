//! Registering: by the form, and by phone.

pub mod call;
pub mod new;

pub use new::codes;

use access::Verb;
use askama::Template;
use db::{Rd, Tx};
use i18n::T;
use kernel::{AttachmentId, Error, ErrorKind, PersonId, Result, ServiceId};
use settings::Texts;
use settings::field::posted;
use ticket::actions::register::NewTicket;
use ticket::custom::{self, About, Ask, Form, Inputs};
use ticket::{Channel, Frame};
use ui::{Control, Group};
use web_kit::field::{Filled, control};

use super::named::Named;
use super::ticket::PEOPLE;
use super::{Agent, Fields, comes_back};

/// Whether the form can tell it. What is not there is what one of its fields names.
fn is_told(error: &Error) -> bool {
    comes_back(error) || error.kind() == ErrorKind::NotFound
}

/// What a form wants, before names are looked up.
#[derive(Debug, Clone)]
struct Wish {
    new: NewTicket,
    /// The rules that applied in the form.
    mark: String,
    requester: Named,
    beneficiary: Named,
    location: Named,
    service: Named,
    team: Named,
    assignee: Named,
    parent: Named,
    about: Named,
}

impl Wish {
    fn of(fields: &Fields, uploads: &[(AttachmentId, String)]) -> Result<Self> {
        let named = |field| Named::of(fields, field).map(Option::unwrap_or_default);
        let solve = fields.text("then") == "resolved";
        Ok(Self {
            new: NewTicket {
                kind: fields.text("kind").to_owned(),
                title: fields.text("title").to_owned(),
                description: fields.raw("description").to_owned(),
                impact: fields.number("impact")?,
                urgency: fields.number("urgency")?,
                channel: Channel::from_key(fields.text("channel")),
                tags: fields.text("tags").split([',', ' ']).filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
                // Who was not asked leaves it to the kind.
                confidential: fields.is_set("confidential_asked").then(|| fields.is_set("confidential")),
                uploads: uploads.iter().map(|(id, _)| *id).collect(),
                solved: solve.then(|| (fields.text("resolution_code").to_owned(), fields.text("resolution_report").to_owned())),
                fields: posted(fields.pairs()),
                unmasked: fields.is_set("unmasked"),
                ..NewTicket::default()
            },
            mark: fields.text("asked").to_owned(),
            requester: named("requester")?,
            beneficiary: named("beneficiary")?,
            location: named("location")?,
            service: named("service")?,
            team: named("team")?,
            assignee: named("assignee")?,
            parent: named("parent")?,
            about: named("about")?,
        })
    }

    /// With every name looked up within what the actor may see.
    fn looked_up(&self, tx: &mut Tx<'_>, frame: Frame<'_>) -> Result<NewTicket> {
        let mut new = self.new.clone();
        new.requester = self.requester.person(tx, frame, Verb::TicketCreate)?;
        new.beneficiary = self.beneficiary.person(tx, frame, Verb::PersonSee)?;
        new.location = self.location.location(tx, frame)?;
        new.service = self.service.service(tx, frame)?;
        new.team = self.team.team(tx, frame)?;
        new.assignee = self.assignee.person(tx, frame, Verb::PersonSee)?;
        new.parent = self.parent.ticket(tx, frame)?;
        new.about = self.about.person(tx, frame, Verb::PersonSee)?.into_iter().collect();
        if let Some((code, _)) = &new.solved
            && code.is_empty()
        {
            return Err(Error::invalid("resolution_code", "error-resolution-code-missing"));
        }
        // What was typed before a rule took its field away is kept by the form, and is no wish.
        let said = asked(tx, frame, &new.kind, (new.service, new.requester), &new.fields, &self.mark)?;
        new.fields.retain(|key, _| !said.hidden.iter().any(|(def, _)| def.key == *key));
        Ok(new)
    }
}

/// What the form of a kind asks, for whom and what was chosen so far.
fn asked(
    rd: &mut Rd<'_>,
    frame: Frame<'_>,
    kind: &str,
    (service, requester): (Option<ServiceId>, Option<PersonId>),
    typed: &Inputs,
    mark: &str,
) -> Result<Form> {
    let catalogue = frame.desk.catalogue(rd)?;
    // Somebody for whom the actor may not register is nobody yet: the form says so when it is sent.
    let known = requester.and_then(|id| frame.actor.persons(Verb::TicketCreate).get(rd, id).ok());
    let tenant = known.as_ref().map_or(frame.actor.tenant, |person| person.tenant);
    let organisation = match &known {
        Some(person) => party::store::person::main_organisation(rd, person.id, frame.act.now)?.or(Some(person.tenant)),
        None => None,
    };
    let about = About { service, requester: known.map(|person| person.id), organisation };
    custom::form(rd, frame, &catalogue, Ask { tenant, kind, about, staff: true, step: None, mark }, typed)
}

/// The custom fields of a form that is being filled.
struct Asked {
    groups: Vec<Group>,
    mark: String,
    /// They may be others when something is chosen.
    live: bool,
}

/// The custom fields with what was typed, or what rules fill in.
async fn customs(agent: &Agent, kind: &str, fields: &Fields, uploads: &[(AttachmentId, String)]) -> Result<Asked> {
    let (kind, typed, mark) = (kind.to_owned(), posted(fields.pairs()), fields.text("asked").to_owned());
    let chosen = (fields.text("service").parse().ok(), fields.text("requester").parse().ok());
    let sent = typed.clone();
    let (form, live) = agent
        .read_bounded("new.asked", move |rd, frame| {
            let live = !frame.desk.catalogue(rd)?.fields().is_empty(settings::field::Object::Ticket);
            Ok((asked(rd, frame, &kind, chosen, &sent, &mark)?, live))
        })
        .await?;
    let files: Vec<(i64, String)> = uploads.iter().map(|(id, name)| (id.raw(), name.clone())).collect();
    let t = &agent.viewer.t;
    let fill = |one: &custom::Asking| {
        let given = typed.get(&one.def.key).map_or(Filled::Nothing, Filled::Typed);
        let filled = one.preset.as_ref().map_or(given, Filled::Stored);
        let shown = fields.raw(&format!("{}_text", one.def.property()));
        Control { required: one.required, ..control(t, &one.def, filled, PEOPLE, shown, &files) }
    };
    let lang = t.lang();
    let group = |(head, fields): (Option<(&Texts, &Texts)>, &[custom::Asking])| Group {
        title: head.map(|(title, _)| title.get(lang).to_owned()).unwrap_or_default(),
        help: head.map(|(_, help)| help.get(lang).to_owned()).unwrap_or_default(),
        controls: fields.iter().map(fill).collect(),
    };
    Ok(Asked { groups: form.groups().into_iter().map(group).collect(), mark: form.mark(), live })
}

#[derive(Template)]
#[template(path = "console/asked.html")]
struct AskedPart {
    t: T,
    asked: Asked,
    errors: ui::FormErrors,
}

/// `POST /desk/new/fields`: the custom fields for what the form says now. Nothing is changed.
pub async fn fields(agent: Agent, fields: Fields) -> web_kit::Result {
    // The files of a form stay in the browser until it is sent; those that are here already can be chosen.
    let uploads: Vec<(AttachmentId, String)> = fields
        .pairs()
        .filter(|(name, _)| *name == "upload")
        .filter_map(|(_, kept)| kept.split_once(':').and_then(|(id, name)| Some((id.parse().ok()?, name.to_owned()))))
        .collect();
    let asked = customs(&agent, fields.text("kind"), &fields, &uploads).await?;
    web_kit::html(AskedPart { t: agent.viewer.t.clone(), asked, errors: ui::FormErrors::new() }.render())
}
