//! What the composer starts with, or comes back with when it was refused.

use i18n::{Arg, T};
use ticket::actions::draft::place_of;
use ticket::{Category, StateDef};
use ui::Choice;

use super::problem::{Form, Problem, Refusal};
use super::read::Known;
use crate::web::drafts::for_page;

/// A state that can be set with a message.
pub struct Then {
    pub value: String,
    pub label: String,
    pub selected: bool,
    /// Asks for a resolution.
    pub solves: bool,
}

pub struct Composer {
    pub may_reply: bool,
    pub may_note: bool,
    pub draft: String,
    /// What the server keeps of it, as its script takes it; empty for nothing.
    pub server_draft: String,
    pub client_id: String,
    pub to: String,
    pub kind: String,
    pub value: String,
    pub error: String,
    pub then_reply: Vec<Then>,
    pub then_other: Vec<Then>,
    /// Send and solve, for its key.
    pub thens: Vec<Choice>,
    pub codes: Vec<Choice>,
    pub report: String,
    pub code_error: String,
    pub report_error: String,
    /// The newest message of somebody else that its requester reads, as this page shows it.
    pub newest: String,
    pub send_at: String,
    pub send_at_error: String,
    /// Files kept from the refused form: id and name.
    pub kept: Vec<(String, String)>,
}

impl Composer {
    pub fn new(t: &T, known: &Known, client_id: String, refusal: Option<&Refusal>, problem: &Problem) -> Self {
        let refused = refusal.filter(|r| r.form == Form::Post);
        let typed = |name: &str| refused.map_or("", |r| r.typed.raw(name));
        let said = |field: &str| refused.map_or("", |_| problem.errors.of(field)).to_owned();
        let waiting = known.steps.iter().find(|s| s.category == Category::Waiting);
        let solves = known.steps.iter().find(|s| s.category == Category::Resolved);
        let asked = if typed("then") == "resolved" { solves.map_or("", |s| s.key.as_str()) } else { "" };
        let by_default = waiting.filter(|_| refused.is_none()).map_or("", |s| s.key.as_str());
        let chosen_reply = first(&[asked, typed("then_reply"), by_default]);
        let chosen_other = first(&[asked, typed("then_other")]);
        Self {
            may_reply: known.rights.reply,
            may_note: known.rights.note,
            draft: place_of(known.seen.ticket.id),
            server_draft: known.draft.as_ref().map(for_page).unwrap_or_default(),
            client_id: first(&[typed("client_id"), &client_id]).to_owned(),
            to: known
                .seen
                .ticket
                .requester
                .filter(|_| !known.hidden.contains("requester"))
                .map_or("", |id| known.names.person_name(id))
                .to_owned(),
            kind: first(&[typed("kind"), if known.rights.reply { "reply" } else { "note" }]).to_owned(),
            value: typed("body").to_owned(),
            error: said("body"),
            then_reply: thens(t, known, chosen_reply),
            then_other: thens(t, known, chosen_other),
            thens: solves
                .map(|s| Choice::new("resolved", t.with("console-send-and", &[("state", Arg::from(s.names.get(t.lang())))]), false))
                .into_iter()
                .collect(),
            codes: codes(t, known, typed("resolution_code")),
            report: typed("resolution_report").to_owned(),
            code_error: said("resolution_code"),
            report_error: said("resolution_report"),
            newest: newest(known).map_or_else(|| "0".to_owned(), |id| id.to_string()),
            send_at: typed("send_at").to_owned(),
            send_at_error: said("send_at"),
            kept: refused.map(|r| r.uploads.iter().map(|(id, name)| (id.to_string(), name.clone())).collect()).unwrap_or_default(),
        }
    }
}

/// The newest message that others wrote for the requester to read, or that the requester wrote.
fn newest(known: &Known) -> Option<kernel::MessageId> {
    use ticket::timeline::What;
    let said = known.timeline.entries.iter().filter_map(|entry| match &entry.what {
        What::Message(message) if message.public && message.author != known.me => Some(message.id),
        _ => None,
    });
    said.max()
}

/// The first that is not empty.
pub fn first<'a>(texts: &[&'a str]) -> &'a str {
    texts.iter().copied().find(|text| !text.is_empty()).unwrap_or_default()
}

fn thens(t: &T, known: &Known, chosen: &str) -> Vec<Then> {
    let then = |state: &StateDef| Then {
        value: state.key.clone(),
        label: state.names.get(t.lang()).to_owned(),
        selected: state.key == chosen,
        solves: !state.requires.is_empty(),
    };
    known.steps.iter().map(then).collect()
}

/// The ways of solving, with one chosen.
pub fn codes(t: &T, known: &Known, chosen: &str) -> Vec<Choice> {
    let now = known.seen.ticket.resolution_code.as_deref().filter(|_| !known.hidden.contains("resolution_code")).unwrap_or_default();
    let now = first(&[chosen, now]);
    known.catalogue.codes().iter().map(|c| Choice::new(&c.key, c.names.get(t.lang()), c.key == now)).collect()
}
