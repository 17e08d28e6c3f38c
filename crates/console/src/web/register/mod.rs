//! Registering: by the form, and by phone.

pub mod call;
pub mod new;

pub use new::codes;

use access::Verb;
use db::Tx;
use kernel::{AttachmentId, Error, ErrorKind, Result};
use ticket::actions::register::NewTicket;
use ticket::{Channel, Frame};

use super::named::Named;
use super::{Fields, comes_back};

/// Whether the form can tell it. What is not there is what one of its fields names.
fn is_told(error: &Error) -> bool {
    comes_back(error) || error.kind() == ErrorKind::NotFound
}

/// What a form wants, before names are looked up.
#[derive(Debug, Clone)]
struct Wish {
    new: NewTicket,
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
                fields: settings::field::posted(fields.pairs()),
                unmasked: fields.is_set("unmasked"),
                ..NewTicket::default()
            },
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
        Ok(new)
    }
}
