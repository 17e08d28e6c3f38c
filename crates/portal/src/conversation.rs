//! What was said and what happened, as far as a requester may know it.

use i18n::T;
use kernel::{PersonId, Time};
use ticket::events::{TicketEvent, Worth};
use ticket::store::attachment::Attachment;
use ticket::store::message::Message;
use ticket::timeline::{Entry, Timeline, What, Words, redaction_line, secret_line};
use ticket::{Catalogue, KindDef, MessageKind};
use ui::Person;

use crate::words::When;

/// One entry of the page.
#[derive(Debug, Clone)]
pub enum Line {
    Said(Box<Said>),
    Happened { anchor: String, text: String, when: When },
}

/// A message.
#[derive(Debug, Clone)]
pub struct Said {
    /// `request reply call`
    pub kind: &'static str,
    pub anchor: String,
    pub who: Person,
    pub lang: String,
    pub when: When,
    /// Safe HTML.
    pub body: String,
    /// What was taken away of it, in words.
    pub redacted: Vec<String>,
    /// What was found in it, in words.
    pub secrets: Vec<String>,
    pub files: Vec<File>,
}

/// A file that can be fetched.
#[derive(Debug, Clone)]
pub struct File {
    pub href: String,
    pub name: String,
    pub size: String,
}

/// What the lines are told with.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    pub t: &'a T,
    pub kind: &'a KindDef,
    pub catalogue: &'a Catalogue,
    pub timeline: &'a Timeline,
    pub me: &'a [PersonId],
    /// The reader's roles hide who works on it.
    pub nameless: bool,
    /// What was done before stands among the lines: the page asks no longer whether it helped.
    pub reports: bool,
    pub now: Time,
}

impl Telling<'_> {
    /// The lines in their order.
    pub fn lines(&self) -> Vec<Line> {
        let public = self.timeline.entries.iter().filter(|entry| entry.public);
        public.flat_map(|entry| self.line(entry)).collect()
    }

    /// The newest words of the desk on one line, for "waiting for you".
    pub fn question(&self, letters: usize) -> String {
        let newest = self.timeline.entries.iter().rev().find_map(|entry| match &entry.what {
            What::Message(message) if entry.public && message.public && !message.from_requester => message.body.as_deref(),
            _ => None,
        });
        newest.map(|body| question_in(body, letters)).unwrap_or_default()
    }

    /// The files that stand at no message.
    pub fn loose_files(&self) -> Vec<File> {
        self.timeline.files.iter().filter(|f| f.public && f.message.is_none()).map(|f| self.file(f)).collect()
    }

    fn line(&self, entry: &Entry) -> Vec<Line> {
        let when = || When::new(self.t, entry.at, self.now);
        match &entry.what {
            What::Message(message) if message.public && message.kind != MessageKind::Note => {
                let files = self.timeline.files.iter().filter(|f| f.public && f.message == Some(message.id));
                let body = match &message.body {
                    Some(body) => ui::markdown(body),
                    None => format!("<p>{}</p>", self.t.msg("portal-erased")),
                };
                vec![Line::Said(Box::new(Said {
                    kind: match message.kind {
                        MessageKind::Description => "request",
                        MessageKind::Call => "call",
                        _ => "reply",
                    },
                    anchor: format!("m-{}", message.id),
                    who: self.who(message.author, message.from_requester),
                    lang: message.lang.clone(),
                    when: when(),
                    body,
                    redacted: self.redacted(message),
                    secrets: self.secrets(message),
                    files: files.map(|f| self.file(f)).collect(),
                }))]
            }
            What::Message(_) => Vec::new(),
            // Its message and the first step tell the same.
            What::Event(TicketEvent::Created { .. } | TicketEvent::Attached { .. }) => Vec::new(),
            What::Event(event) => {
                let Some(event) = told(event, self.reports) else { return Vec::new() };
                let at = entry.at;
                let words = Words { t: self.t, kind: self.kind, catalogue: self.catalogue, timeline: self.timeline, portal: true, at };
                let numbered = words.of(&event).into_iter().enumerate();
                numbered.map(|(n, text)| Line::Happened { anchor: format!("e-{}-{n}", entry.seq), text, when: when() }).collect()
            }
        }
    }

    fn who(&self, author: Option<PersonId>, from_requester: bool) -> Person {
        let desk = || Person { name: self.t.msg("portal-the-desk").into_owned(), initials: "?".to_owned(), ..Person::default() };
        match author {
            Some(id) if self.me.contains(&id) => Person::new(id, self.timeline.names.person_name(id)),
            Some(_) if self.nameless && !from_requester => desk(),
            Some(id) => Person::new(id, self.timeline.names.person_name(id)),
            None => desk(),
        }
    }

    /// What was found in a message and masked, or looks like a secret.
    fn secrets(&self, message: &Message) -> Vec<String> {
        self.timeline.secrets.iter().filter(|secret| secret.message == Some(message.id)).map(|secret| secret_line(self.t, secret)).collect()
    }

    fn redacted(&self, message: &Message) -> Vec<String> {
        let mine = self.timeline.redactions.iter().filter(|redaction| redaction.message == message.id);
        let name = |by: Option<PersonId>| by.filter(|_| !self.nameless).map(|id| self.timeline.names.person_name(id));
        mine.map(|redaction| redaction_line(self.t, redaction, name(redaction.by))).collect()
    }

    fn file(&self, file: &Attachment) -> File {
        File { href: web_kit::file_link(file.id, &file.name), name: file.name.clone(), size: self.t.size(file.size.unsigned_abs()) }
    }
}

/// What happened as the conversation tells it: who has it is the second step of the page, and how it
/// was solved stands with the question whether it is, and here once that is over.
fn told(event: &TicketEvent, reports: bool) -> Option<TicketEvent> {
    let TicketEvent::Changed { version, changes, reopened, confirmed, undoes, .. } = event else { return Some(event.clone()) };
    let changes: Vec<_> = changes
        .iter()
        .filter(|change| match change.field.as_str() {
            "state" | "title" | "confidential" => true,
            "resolution_report" => reports && !matches!(change.to, Worth::None),
            _ => false,
        })
        .cloned()
        .collect();
    let silent = changes.is_empty() && !reopened && !confirmed;
    let (version, reopened, confirmed, undoes) = (*version, *reopened, *confirmed, undoes.filter(|_| !changes.is_empty()));
    (!silent).then_some(TicketEvent::Changed { version, changes, reopened, confirmed, handover: None, undoes, ended: None })
}

/// The last sentence that asks, or the beginning.
fn question_in(body: &str, letters: usize) -> String {
    let words = ui::excerpt(body, body.len());
    let asked = words.split_inclusive(['.', '!', '?']).rfind(|sentence| sentence.ends_with('?'));
    ui::excerpt(asked.unwrap_or(&words).trim(), letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_shows_what_is_asked() {
        assert_eq!(question_in("Hello Úrsula. Thank you!\n\nWhich **floor** are you on? It helps.", 60), "Which floor are you on?");
        assert_eq!(question_in("Send us the log", 60), "Send us the log");
        assert_eq!(question_in("", 60), "");
    }
}
