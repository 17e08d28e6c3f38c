//! The one renderer of events into words: for page, API, and later mail and webhook.

use i18n::{Arg, T};
use kernel::{OrganisationId, PersonId, TeamId};

use crate::events::{Change, TicketEvent, Worth};
use crate::timeline::Timeline;
use crate::{Involvement, KindDef};

/// The label of a field, in the reader's language.
pub fn field_label(t: &T, field: &str) -> String {
    t.msg(match field {
        "title" => "field-title",
        "state" => "field-state",
        "impact" => "field-impact",
        "urgency" => "field-urgency",
        "priority" => "field-priority",
        "requester" => "field-requester",
        "beneficiary" => "field-beneficiary",
        "organisation" => "field-organisation",
        "location" => "field-location",
        "service" => "field-service",
        "owner_team" => "field-owner-team",
        "team" => "field-team",
        "assignee" => "field-assignee",
        "parent" => "field-parent",
        "resolution_code" => "field-resolution-code",
        "resolution_report" => "field-resolution-report",
        "incomplete" => "field-incomplete",
        _ => "field-other",
    })
    .into_owned()
}

/// What the renderer needs beside an event.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub t: &'a T,
    pub kind: &'a KindDef,
    pub catalogue: &'a crate::Catalogue,
    pub timeline: &'a Timeline,
    /// The reader is the requester: states in plain words.
    pub portal: bool,
}

impl Words<'_> {
    /// The sentences of an event, one per thing that changed.
    pub fn of(&self, event: &TicketEvent) -> Vec<String> {
        match event {
            TicketEvent::Created { channel, .. } => {
                let channel = self.t.msg(&format!("channel-{}", channel.key().replace('_', "-"))).into_owned();
                vec![self.t.with("timeline-created", &[("channel", Arg::Text(channel.as_str().into()))])]
            }
            TicketEvent::Changed { changes, reopened, confirmed, .. } => {
                let mut lines: Vec<String> = Vec::new();
                if *confirmed {
                    lines.push(self.t.msg("timeline-confirmed").into_owned());
                }
                if *reopened {
                    lines.push(self.t.msg("timeline-reopened").into_owned());
                }
                lines.extend(changes.iter().filter(|c| c.field != "incomplete").map(|c| self.change(c)));
                lines
            }
            // A message speaks for itself.
            TicketEvent::Message { .. } => Vec::new(),
            TicketEvent::Attached { attachment, .. } => {
                let name = self.timeline.files.iter().find(|f| f.id == *attachment).map_or("", |f| f.name.as_str());
                vec![self.t.with("timeline-attached", &[("name", Arg::Text(name.into()))])]
            }
            TicketEvent::Involved { role, person, team } => vec![self.involved(*role, *person, *team, true)],
            TicketEvent::Left { role, person, team } => vec![self.involved(*role, *person, *team, false)],
            TicketEvent::Tagged { tag } => vec![self.t.with("timeline-tagged", &[("tag", Arg::Text(self.text(*tag).into()))])],
            TicketEvent::Untagged { tag } => vec![self.t.with("timeline-untagged", &[("tag", Arg::Text(self.text(*tag).into()))])],
            TicketEvent::Linked { link, other, outward } => {
                vec![self.t.with(
                    "timeline-linked",
                    &[("link", Arg::Text(self.link(*link, *outward).into())), ("number", Arg::Text(other.to_string().into()))],
                )]
            }
            TicketEvent::Erased { messages, texts, files, title } => vec![self.erased(messages.len(), texts.len(), files.len(), *title)],
            TicketEvent::Unlinked { link, other, outward } => {
                vec![self.t.with(
                    "timeline-unlinked",
                    &[("link", Arg::Text(self.link(*link, *outward).into())), ("number", Arg::Text(other.to_string().into()))],
                )]
            }
        }
    }

    fn erased(&self, messages: usize, texts: usize, files: usize, title: bool) -> String {
        let count = |n: usize| Arg::from(i64::try_from(n).unwrap_or(i64::MAX));
        self.t.with(
            "timeline-erased",
            &[("messages", count(messages)), ("texts", count(texts + usize::from(title))), ("files", count(files))],
        )
    }

    fn link(&self, link: crate::LinkKind, outward: bool) -> String {
        let way = if outward { "out" } else { "in" };
        self.t.msg(&format!("link-{}-{way}", link.key().replace('_', "-"))).into_owned()
    }

    fn text(&self, id: kernel::TextId) -> &str {
        self.timeline.texts.get(&id).map_or("…", String::as_str)
    }

    fn involved(&self, role: Involvement, person: Option<PersonId>, team: Option<TeamId>, came: bool) -> String {
        let names = &self.timeline.names;
        let name = person.map(|p| names.person_name(p)).or_else(|| team.map(|t| names.team(t))).unwrap_or_default();
        let key = match (role, came) {
            (Involvement::Coworker, true) => "timeline-coworker-added",
            (Involvement::Coworker, false) => "timeline-coworker-removed",
            (Involvement::Watcher, true) => "timeline-watcher-added",
            (Involvement::Watcher, false) => "timeline-watcher-removed",
        };
        self.t.with(key, &[("name", Arg::Text(name.into()))])
    }

    fn change(&self, change: &Change) -> String {
        let field = field_label(self.t, &change.field);
        let (from, to) = (self.worth(&change.field, &change.from), self.worth(&change.field, &change.to));
        let args =
            [("field", Arg::Text(field.as_str().into())), ("from", Arg::Text(from.as_str().into())), ("to", Arg::Text(to.as_str().into()))];
        match (&change.from, &change.to) {
            (_, Worth::None) => self.t.with("timeline-field-cleared", &args[..2]),
            (Worth::None, _) => {
                self.t.with("timeline-field-set", &[("field", Arg::Text(field.as_str().into())), ("to", Arg::Text(to.as_str().into()))])
            }
            _ => self.t.with("timeline-field-changed", &args),
        }
    }

    /// A value in words.
    pub fn worth(&self, field: &str, worth: &Worth) -> String {
        match worth {
            Worth::None => self.t.msg("none").into_owned(),
            Worth::Text(id) => self.text(*id).to_owned(),
            Worth::Key(key) => self.key(field, key),
            Worth::Number(n) => self.number(field, *n),
        }
    }

    fn key(&self, field: &str, key: &str) -> String {
        let lang = self.t.lang();
        match field {
            "state" => self.kind.state(key).map_or(key, |s| if self.portal { s.portal.get(lang) } else { s.names.get(lang) }).to_owned(),
            "resolution_code" => self.catalogue.codes().iter().find(|c| c.key == key).map_or(key, |c| c.names.get(lang)).to_owned(),
            _ => key.to_owned(),
        }
    }

    fn number(&self, field: &str, n: i64) -> String {
        let names = &self.timeline.names;
        match field {
            "impact" | "urgency" | "priority" => self.t.msg(crate::fields::grade_label(field, n)).into_owned(),
            "requester" | "beneficiary" | "assignee" => names.person_name(PersonId::new(n)).to_owned(),
            "team" | "owner_team" => names.team(TeamId::new(n)).to_owned(),
            "organisation" => names.organisation(OrganisationId::new(n)).to_owned(),
            "service" => names.service(kernel::ServiceId::new(n)).to_owned(),
            "location" => names.location(kernel::LocationId::new(n)).to_owned(),
            _ => n.to_string(),
        }
    }
}
