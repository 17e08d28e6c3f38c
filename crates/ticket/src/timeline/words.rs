//! The one renderer of events into words: for page, API, and later mail and webhook.

use i18n::{Arg, T};
use kernel::{OrganisationId, PersonId, TeamId, Time};
use settings::field::{FieldDef, FieldType, Object, Value};

use crate::events::{Change, Handover, Redacted, TaskDeed, TicketEvent, TimeDeed, Worth};
use crate::rules::secrets::SecretKind;
use crate::store::redaction::Redaction;
use crate::store::secret::Secret;
use crate::timeline::Timeline;
use crate::{HandoverReason, Involvement, KindDef};

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
        "confidential" => "field-confidential",
        _ => "field-other",
    })
    .into_owned()
}

/// The message key of a reason to hand a ticket over.
pub const fn handover_label(reason: HandoverReason) -> &'static str {
    match reason {
        HandoverReason::Wish => i18n::key!("handover-wish"),
        HandoverReason::Conflict => i18n::key!("handover-conflict"),
        HandoverReason::Skill => i18n::key!("handover-skill"),
        HandoverReason::Absence => i18n::key!("handover-absence"),
        HandoverReason::Load => i18n::key!("handover-load"),
        HandoverReason::WrongTeam => i18n::key!("handover-wrong-team"),
        HandoverReason::Other => i18n::key!("handover-other"),
    }
}

/// What stands at a message of which something was taken away; without a name the desk did it.
pub fn redaction_line(t: &T, redaction: &Redaction, name: Option<&str>) -> String {
    let key = match (redaction.file, name) {
        (false, Some(_)) => i18n::key!("redaction-part"),
        (false, None) => i18n::key!("redaction-part-desk"),
        (true, Some(_)) => i18n::key!("redaction-file"),
        (true, None) => i18n::key!("redaction-file-desk"),
    };
    let reason = Arg::Text(redaction.reason.as_deref().unwrap_or("…").into());
    t.with(key, &[("name", Arg::Text(name.unwrap_or_default().into())), ("reason", reason)])
}

/// The name of a kind of secret.
pub const fn secret_label(kind: SecretKind) -> &'static str {
    match kind {
        SecretKind::Card => i18n::key!("secret-card"),
        SecretKind::Key => i18n::key!("secret-key"),
        SecretKind::Token => i18n::key!("secret-token"),
        SecretKind::Password => i18n::key!("secret-password"),
    }
}

/// What stands at a text in which a secret was found.
pub fn secret_line(t: &T, secret: &Secret) -> String {
    let kind = t.msg(secret_label(secret.kind)).into_owned();
    let key = if secret.masked { i18n::key!("secret-masked") } else { i18n::key!("secret-seems") };
    t.with(key, &[("kind", Arg::Text(kind.as_str().into())), ("shown", Arg::Text(secret.shown.as_str().into()))])
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
    /// When it happened: a custom field may have had another type then.
    pub at: Time,
}

impl Words<'_> {
    /// The sentences of an event, one per thing that changed.
    pub fn of(&self, event: &TicketEvent) -> Vec<String> {
        match event {
            TicketEvent::Created { channel, .. } => {
                let channel = self.t.msg(&format!("channel-{}", channel.key().replace('_', "-"))).into_owned();
                vec![self.t.with("timeline-created", &[("channel", Arg::Text(channel.as_str().into()))])]
            }
            TicketEvent::Changed { changes, reopened, confirmed, handover, undoes, .. } => {
                let mut lines: Vec<String> = Vec::new();
                if undoes.is_some() {
                    lines.push(self.t.msg("timeline-undone").into_owned());
                }
                if *confirmed {
                    lines.push(self.t.msg("timeline-confirmed").into_owned());
                }
                if *reopened {
                    lines.push(self.t.msg("timeline-reopened").into_owned());
                }
                lines.extend(changes.iter().filter(|c| c.field != "incomplete").map(|c| self.change(c)));
                lines.extend(handover.map(|handover| self.handover(handover)));
                lines
            }
            // A message speaks for itself.
            TicketEvent::Message { .. } => Vec::new(),
            TicketEvent::Attached { attachment, .. } => {
                let name = self.timeline.files.iter().find(|f| f.id == *attachment).map_or("…", |f| f.name.as_str());
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
            TicketEvent::Trashed {} => vec![self.t.msg("timeline-trashed").into_owned()],
            TicketEvent::Restored {} => vec![self.t.msg("timeline-restored").into_owned()],
            TicketEvent::Merged { other, inward } => vec![self.merged(*other, *inward, true)],
            TicketEvent::Split { other, inward: true } => vec![self.numbered("timeline-split-in", *other)],
            TicketEvent::Split { other, inward: false } => vec![self.numbered("timeline-split-out", *other)],
            TicketEvent::Unsplit { other, .. } => vec![self.numbered("timeline-unsplit", *other)],
            TicketEvent::Unmerged { other, inward } => vec![self.merged(*other, *inward, false)],
            TicketEvent::Erased { messages, texts, files, fields, title } => {
                vec![self.erased(messages.len(), texts.len() + fields.len(), files.len(), *title)]
            }
            TicketEvent::Revealed { kind, reason, .. } => {
                let kind = self.t.msg(secret_label(*kind)).into_owned();
                let reason = ("reason", Arg::Text(self.text(*reason).into()));
                vec![self.t.with("timeline-revealed", &[("kind", Arg::Text(kind.as_str().into())), reason])]
            }
            TicketEvent::Redacted { what, reason, .. } => {
                let key = match what {
                    Redacted::Message => i18n::key!("timeline-redacted-message"),
                    Redacted::Title => i18n::key!("timeline-redacted-title"),
                    Redacted::Report => i18n::key!("timeline-redacted-report"),
                    Redacted::File => i18n::key!("timeline-redacted-file"),
                };
                vec![self.t.with(key, &[("reason", Arg::Text(self.text(*reason).into()))])]
            }
            TicketEvent::Unlinked { link, other, outward } => {
                vec![self.t.with(
                    "timeline-unlinked",
                    &[("link", Arg::Text(self.link(*link, *outward).into())), ("number", Arg::Text(other.to_string().into()))],
                )]
            }
            TicketEvent::Unsealed { person, reason } => {
                let name = self.timeline.names.person_name(*person);
                vec![
                    self.t.with("timeline-unsealed", &[("name", Arg::Text(name.into())), ("reason", Arg::Text(self.text(*reason).into()))]),
                ]
            }
            TicketEvent::Task { deed, title, person, team, answer, .. } => {
                let line = self.task(*deed, *title, *person, *team);
                vec![answer.map_or_else(|| line.clone(), |answer| format!("{line} · {}", self.text(answer)))]
            }
            TicketEvent::Timed { deed, minutes, comment, .. } => vec![self.timed(*deed, *minutes, *comment)],
        }
    }

    fn task(&self, deed: TaskDeed, title: kernel::TextId, person: Option<PersonId>, team: Option<TeamId>) -> String {
        let names = &self.timeline.names;
        let name = person.map(|p| names.person_name(p)).or_else(|| team.map(|t| names.team(t))).unwrap_or_default();
        let key = match deed {
            TaskDeed::Listed => i18n::key!("timeline-checklist-added"),
            TaskDeed::Unlisted => i18n::key!("timeline-checklist-removed"),
            TaskDeed::Added => i18n::key!("timeline-task-added"),
            TaskDeed::Changed => i18n::key!("timeline-task-changed"),
            TaskDeed::Given if name.is_empty() => i18n::key!("timeline-task-nobody"),
            TaskDeed::Given => i18n::key!("timeline-task-given"),
            TaskDeed::Accepted => i18n::key!("timeline-task-accepted"),
            TaskDeed::Done => i18n::key!("timeline-task-done"),
            TaskDeed::Reopened => i18n::key!("timeline-task-reopened"),
            TaskDeed::Removed => i18n::key!("timeline-task-removed"),
        };
        self.t.with(key, &[("title", Arg::Text(self.text(title).into())), ("name", Arg::Text(name.into()))])
    }

    fn timed(&self, deed: TimeDeed, minutes: i64, comment: Option<kernel::TextId>) -> String {
        let key = match deed {
            TimeDeed::Added => i18n::key!("timeline-time-added"),
            TimeDeed::Changed => i18n::key!("timeline-time-changed"),
            TimeDeed::Removed => i18n::key!("timeline-time-removed"),
        };
        let length = self.t.length(minutes * Time::MINUTE);
        let line = self.t.with(key, &[("length", Arg::Text(length.as_str().into()))]);
        comment.map_or_else(|| line.clone(), |comment| format!("{line} · {}", self.text(comment)))
    }

    /// To its requester a merged request goes on with another one; which, they may not know.
    fn merged(&self, other: kernel::TicketId, inward: bool, came: bool) -> String {
        let key = match (inward, came) {
            _ if self.portal && came => "timeline-merged-outer",
            _ if self.portal => "timeline-unmerged-outer",
            (true, true) => "timeline-merged-in",
            (false, true) => "timeline-merged-out",
            (true, false) => "timeline-unmerged-in",
            (false, false) => "timeline-unmerged-out",
        };
        self.numbered(key, other)
    }

    fn numbered(&self, key: &str, other: kernel::TicketId) -> String {
        self.t.with(key, &[("number", Arg::Text(other.to_string().into()))])
    }

    /// Why it went to somebody else.
    fn handover(&self, handover: Handover) -> String {
        let reason = self.t.msg(handover_label(handover.reason)).into_owned();
        let reason = ("reason", Arg::Text(reason.as_str().into()));
        match handover.words {
            Some(words) => self.t.with("timeline-handover-words", &[reason, ("words", Arg::Text(self.text(words).into()))]),
            None => self.t.with("timeline-handover", &[reason]),
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
            (Involvement::Named, true) => "timeline-named-added",
            (Involvement::Named, false) => "timeline-named-removed",
            (Involvement::About, true) => "timeline-about-added",
            (Involvement::About, false) => "timeline-about-removed",
        };
        self.t.with(key, &[("name", Arg::Text(name.into()))])
    }

    fn change(&self, change: &Change) -> String {
        if change.field == "confidential" {
            let key = if change.to == Worth::Number(1) { "timeline-confidential" } else { "timeline-confidential-lifted" };
            return self.t.msg(key).into_owned();
        }
        let field = self.label(&change.field);
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

    /// The name of a property; that of a custom field is its administrator's.
    pub fn label(&self, field: &str) -> String {
        let now = field.strip_prefix(settings::field::PREFIX).and_then(|key| self.catalogue.fields().by_key(Object::Ticket, key));
        now.map_or_else(|| field_label(self.t, field), |def| def.names.get(self.t.lang()).to_owned())
    }

    fn custom(&self, field: &str) -> Option<&FieldDef> {
        self.catalogue.fields().at(Object::Ticket, field.strip_prefix(settings::field::PREFIX)?, self.at)
    }

    /// A value in words.
    pub fn worth(&self, field: &str, worth: &Worth) -> String {
        match worth {
            Worth::None => self.t.msg("none").into_owned(),
            Worth::Person(id) => self.timeline.names.person_name(*id).to_owned(),
            Worth::Text(id) => self.text(*id).to_owned(),
            Worth::Key(key) => self.key(field, key),
            Worth::Number(n) => self.number(field, *n),
        }
    }

    fn key(&self, field: &str, key: &str) -> String {
        if let Some(def) = self.custom(field) {
            let keys = key.split(',').map(str::to_owned).collect();
            return web_kit::field::words(self.t, def, &Value::Keys(keys));
        }
        let lang = self.t.lang();
        match field {
            "state" => self.kind.state(key).map_or(key, |s| if self.portal { s.portal.get(lang) } else { s.names.get(lang) }).to_owned(),
            "resolution_code" => self.catalogue.codes().iter().find(|c| c.key == key).map_or(key, |c| c.names.get(lang)).to_owned(),
            _ => key.to_owned(),
        }
    }

    fn number(&self, field: &str, n: i64) -> String {
        let names = &self.timeline.names;
        if let Some(def) = self.custom(field) {
            let file = self.timeline.files.iter().find(|file| def.ty == FieldType::File && file.id.raw() == n);
            return file.map_or_else(|| web_kit::field::words(self.t, def, &Value::Int(n)), |file| file.name.clone());
        }
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
