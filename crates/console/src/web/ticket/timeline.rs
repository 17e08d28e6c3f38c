//! What happened, as the page shows it: messages whole, changes folded into one line.

use std::collections::BTreeSet;

use i18n::{Arg, T};
use kernel::Time;
use ticket::events::TicketEvent;
use ticket::store::attachment::Attachment;
use ticket::store::message::Message;
use ticket::store::redaction::Redaction;
use ticket::store::secret::Secret;
use ticket::timeline::{Entry, What, Words};
use ticket::{Direction, MessageKind};
use ui::Person;

use super::read::Known;
use crate::words::{self, When};

/// Messages shown without asking for the earlier ones.
const LATEST: usize = 10;
/// Changes of one person that are further apart than this stand on lines of their own.
const TOGETHER: i64 = 10 * Time::MINUTE;

/// What part of it is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    #[default]
    All,
    Conversation,
    Notes,
    Events,
}

impl Part {
    pub const ALL: [(Part, &'static str, &'static str); 4] = [
        (Part::All, "", i18n::key!("console-tab-all")),
        (Part::Conversation, "conversation", i18n::key!("console-tab-conversation")),
        (Part::Notes, "notes", i18n::key!("console-tab-notes")),
        (Part::Events, "events", i18n::key!("console-tab-events")),
    ];
    pub fn of(key: &str) -> Self {
        Self::ALL.into_iter().find(|(_, k, _)| *k == key).map_or(Part::All, |(part, _, _)| part)
    }
    fn shows(self, what: &What) -> bool {
        match what {
            What::Message(m) => match self {
                Part::All => true,
                Part::Conversation => m.public,
                Part::Notes => !m.public,
                Part::Events => false,
            },
            What::Event(_) => matches!(self, Part::All | Part::Events),
        }
    }
}

/// A line of the timeline.
pub enum Item {
    Said(Box<Said>),
    Happened(Happened),
}

/// A message.
pub struct Said {
    pub anchor: String,
    /// `request reply note call`
    pub kind: &'static str,
    /// The requester once more, after the request itself.
    pub again: bool,
    pub who: Person,
    pub role: String,
    pub when: When,
    pub lang: String,
    pub html: String,
    pub erased: bool,
    /// What was taken away of it, in words.
    pub redacted: Vec<String>,
    /// What was found in it: in words, and where it is read.
    pub secrets: Vec<Hidden>,
    /// Where something of it is taken away; empty when the reader may not.
    pub redact: String,
    pub files: Vec<FileLink>,
}

/// A secret that was found in a text.
pub struct Hidden {
    pub line: String,
    /// Where it is read; empty when the reader may not, or nothing was taken out.
    pub href: String,
}

/// One or several changes by the same person.
pub struct Happened {
    pub anchor: String,
    pub text: String,
    /// All of them, when the line names only the first.
    pub lines: Vec<String>,
    /// The form that takes the newest of them back; empty when the reader may not.
    pub undo: String,
    /// It is the newest that can be taken back, which is what the key is for.
    pub last: bool,
    pub when: When,
}

/// A file to be downloaded.
pub struct FileLink {
    pub id: String,
    pub name: String,
    pub href: String,
    pub size: String,
    pub public: bool,
    pub description: String,
}

pub struct Shown {
    pub items: Vec<Item>,
    /// Messages left out before the first.
    pub earlier: usize,
}

impl FileLink {
    pub fn new(t: &T, file: &Attachment) -> Self {
        Self {
            id: file.id.to_string(),
            name: file.name.clone(),
            href: web_kit::file_link(file.id, &file.name),
            size: t.size(file.size.unsigned_abs()),
            public: file.public,
            description: file.description.clone(),
        }
    }
}

/// The timeline of the page.
pub fn shown(t: &T, now: Time, known: &Known, part: Part, all: bool) -> Shown {
    let wanted: Vec<&Entry> = known.timeline.entries.iter().filter(|e| part.shows(&e.what)).collect();
    let said = |e: &&Entry| matches!(e.what, What::Message(_));
    let messages = wanted.iter().filter(|e| said(e)).count();
    let earlier = if all || messages <= LATEST + 2 { 0 } else { messages - LATEST };
    let mut items = Vec::new();
    let mut skipped = 0;
    let undoable = undoable(known, now);
    for entry in wanted {
        if skipped < earlier {
            skipped += usize::from(said(&entry));
            continue;
        }
        match &entry.what {
            What::Message(message) => items.push(Item::Said(Box::new(message_of(t, now, known, message)))),
            What::Event(event) => {
                fold(&mut items, t, now, known, entry, event);
                if let Some(Item::Happened(line)) = items.last_mut().filter(|_| undoable.contains(&entry.seq)) {
                    line.undo = undo_form(entry.seq);
                    line.last = undoable.last() == Some(&entry.seq);
                }
            }
        }
    }
    Shown { items: items.into_iter().map(|item| finish(t, item)).collect(), earlier }
}

fn message_of(t: &T, now: Time, known: &Known, m: &Message) -> Said {
    let names = &known.timeline.names;
    let who = m
        .author
        .map_or_else(|| Person { name: t.msg("channel-system").into_owned(), ..Person::default() }, |id| words::person_at(names, id));
    let kind = match m.kind {
        MessageKind::Note => "note",
        MessageKind::Call => "call",
        MessageKind::Description => "request",
        MessageKind::Reply if m.from_requester => "request",
        MessageKind::Reply => "reply",
    };
    let organisation =
        known.seen.ticket.organisation.filter(|_| !known.hidden.contains("organisation")).map_or("", |id| known.names.organisation(id));
    let role = match (m.kind, m.from_requester) {
        (MessageKind::Call, _) => call(t, m),
        (_, true) => organisation.to_owned(),
        _ => String::new(),
    };
    Said {
        anchor: format!("m-{}", m.id),
        kind,
        again: m.kind == MessageKind::Reply && m.from_requester,
        who,
        role,
        when: When::new(t, m.occurred_at, now),
        lang: m.lang.clone(),
        html: m.body.as_deref().map(ui::markdown).unwrap_or_default(),
        erased: m.body.is_none(),
        redacted: redacted(t, known, m),
        secrets: known.timeline.secrets.iter().filter(|s| s.message == Some(m.id)).map(|s| hidden(t, known, s)).collect(),
        redact: if known.rights.redact && m.body.is_some() { format!("/redact?what=message-{}", m.id) } else { String::new() },
        files: known.timeline.files.iter().filter(|f| f.message == Some(m.id)).map(|f| FileLink::new(t, f)).collect(),
    }
}

fn redacted(t: &T, known: &Known, m: &Message) -> Vec<String> {
    let names = &known.timeline.names;
    let line = |r: &Redaction| ticket::timeline::redaction_line(t, r, r.by.map(|id| names.person_name(id)));
    known.timeline.redactions.iter().filter(|r| r.message == m.id).map(line).collect()
}

/// A secret as the page tells it.
pub fn hidden(t: &T, known: &Known, secret: &Secret) -> Hidden {
    let readable = secret.kept && known.rights.reveal;
    Hidden {
        line: ticket::timeline::secret_line(t, secret),
        href: if readable { format!("/desk/tickets/{}/secret?place={}", secret.ticket, secret.place) } else { String::new() },
    }
}

/// "6 min, outgoing, internal"
fn call(t: &T, m: &Message) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(m.seconds.map(|s| t.length(s.saturating_mul(Time::SECOND))));
    parts.push(match m.direction {
        Some(Direction::Out) => t.msg("ui-call-out").into_owned(),
        _ => t.msg("ui-call-in").into_owned(),
    });
    if !m.public {
        parts.push(t.msg("ui-entry-note").into_owned());
    }
    parts.join(" · ")
}

/// Puts a change into words and onto the line before, when that is by the same person and fresh.
fn fold(items: &mut Vec<Item>, t: &T, now: Time, known: &Known, entry: &Entry, event: &TicketEvent) {
    let words = Words { t, kind: &known.kind, catalogue: &known.catalogue, timeline: &known.timeline, portal: false, at: entry.at };
    let lines = words.of(event);
    if lines.is_empty() {
        return;
    }
    let who = by(t, known, entry);
    if let Some(Item::Happened(last)) = items.last_mut()
        && last.text == who
        && Time::from_rfc3339(&last.when.iso).is_ok_and(|at| entry.at.0 - at.0 <= TOGETHER)
    {
        last.lines.extend(lines);
        last.when = When::new(t, entry.at, now);
        return;
    }
    let anchor = format!("v-{}", entry.seq);
    let when = When::new(t, entry.at, now);
    items.push(Item::Happened(Happened { anchor, text: who, lines, undo: String::new(), last: false, when }));
}

/// What the reader did themselves and may take back.
fn undoable(known: &Known, now: Time) -> BTreeSet<i64> {
    ticket::timeline::undoable(&known.timeline.entries, known.me, now)
}

/// The form that takes an event back.
fn undo_form(event: i64) -> String {
    format!("/undo/{event}")
}

/// The reader's newest change that can be taken back: its form, and what it was in words.
pub fn newest_undoable(t: &T, now: Time, known: &Known) -> Option<(String, String)> {
    let newest = undoable(known, now).last().copied()?;
    let entry = known.timeline.entries.iter().find(|entry| entry.seq == newest)?;
    let What::Event(event) = &entry.what else { return None };
    let words = Words { t, kind: &known.kind, catalogue: &known.catalogue, timeline: &known.timeline, portal: false, at: entry.at };
    Some((undo_form(newest), words.of(event).into_iter().next()?))
}

fn by(t: &T, known: &Known, entry: &Entry) -> String {
    match entry.by {
        events::By::Person(id) => known.timeline.names.person_name(kernel::PersonId::new(id)).to_owned(),
        events::By::System => t.msg("channel-system").into_owned(),
        events::By::Import(_) => t.msg("channel-import").into_owned(),
    }
}

/// While folding, `text` is who it was; here it becomes the line.
fn finish(t: &T, item: Item) -> Item {
    let Item::Happened(mut h) = item else { return item };
    let first = h.lines.first().cloned().unwrap_or_default();
    let args = [("who", Arg::from(h.text.clone())), ("what", Arg::from(first))];
    if h.lines.len() > 1 {
        let [who, what] = args;
        let more = Arg::Count(i64::try_from(h.lines.len() - 1).unwrap_or(i64::MAX));
        h.text = t.with("console-event-more", &[who, what, ("count", more)]);
    } else {
        h.text = t.with("console-event", &args);
        h.lines.clear();
    }
    Item::Happened(h)
}

/// Every change in one list, newest first: the history of the side panel.
pub fn history(t: &T, now: Time, known: &Known) -> Vec<Happened> {
    let mut lines = Vec::new();
    for entry in known.timeline.entries.iter().rev() {
        let What::Event(event) = &entry.what else { continue };
        let words = Words { t, kind: &known.kind, catalogue: &known.catalogue, timeline: &known.timeline, portal: false, at: entry.at };
        for line in words.of(event) {
            let text = t.with("console-event", &[("who", Arg::from(by(t, known, entry))), ("what", Arg::from(line))]);
            let when = When::new(t, entry.at, now);
            lines.push(Happened { anchor: String::new(), text, lines: Vec::new(), undo: String::new(), last: false, when });
        }
        if lines.len() >= 100 {
            break;
        }
    }
    lines
}
