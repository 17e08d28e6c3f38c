//! What the requester thinks of how it was solved: what the page asks and what they have said.

use access::Object;
use db::Rd;
use i18n::T;
use kernel::Result;
use ticket::rules::rating;
use ticket::serve::Seen;
use ticket::store::rating::{self as rows, Rating};
use ticket::store::text;
use ticket::timeline::{mark_label, rating_reason_label};
use ticket::{Frame, KindDef, RatingReason};
use ui::Choice;

/// The marks from the worst to the best, with their icons.
const FACES: [(i64, &str); 5] = [(1, "angry"), (2, "frown"), (3, "meh"), (4, "smile"), (5, "laugh")];

/// One face.
#[derive(Debug, Clone)]
pub struct Face {
    pub mark: i64,
    pub icon: &'static str,
    pub label: String,
    pub chosen: bool,
}

/// The faces, one of them chosen.
pub fn faces(t: &T, chosen: Option<i64>) -> Vec<Face> {
    FACES.map(|(mark, icon)| Face { mark, icon, label: t.msg(mark_label(mark)).into_owned(), chosen: chosen == Some(mark) }).into()
}

/// What was chosen so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub solution: Option<i64>,
    pub analyst: Option<i64>,
    pub reasons: Vec<RatingReason>,
    pub comment: String,
}

/// What is stored, for the requester.
#[derive(Debug, Clone)]
pub struct Known {
    stored: Option<Rating>,
    comment: String,
    /// It can be given or changed now.
    open: bool,
    /// It was not given since the request was solved.
    due: bool,
}

/// What is known of the rating of a request that the reader asked for; nothing when there is nothing to show.
///
/// # Errors
/// The database refuses.
pub fn known(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &Seen, kind: &KindDef) -> Result<Option<Known>> {
    let ticket = &seen.ticket;
    // Without the state the page does not say that it is solved.
    if !seen.requester || frame.actor.hidden_in(Object::Ticket, ticket.tenant).contains("state") {
        return Ok(None);
    }
    let stored = rows::get(rd, ticket.id)?;
    let merged = ticket::actions::merge::goes_on_in(rd, ticket)?.is_some();
    let open = !merged && rating::refusal(kind, ticket, stored.as_ref(), frame.act.now).is_none();
    if stored.is_none() && !open {
        return Ok(None);
    }
    let due = open && rating::is_due(kind, ticket, stored.as_ref(), frame.act.now);
    let comment = stored.as_ref().and_then(|r| r.comment).map(|id| text::get(rd, id)).transpose()?.flatten().unwrap_or_default();
    Ok(Some(Known { stored, comment, open, due }))
}

/// The part of the page.
#[derive(Debug, Clone)]
pub struct View {
    /// It can be given or changed.
    pub open: bool,
    /// It was given already: a form would change it.
    pub given: bool,
    pub solution: Vec<Face>,
    pub analyst: Vec<Face>,
    /// Who worked on it, when that may be known.
    pub helper: String,
    pub reasons: Vec<Choice>,
    pub comment: String,
    /// What was said: a face and what it is about.
    pub said: Vec<(Face, &'static str)>,
    /// Whether the desk may call is still open.
    pub asks_call: bool,
}

impl View {
    /// The part, with what was chosen before a form came back, or a face of a banner.
    pub fn new(t: &T, known: &Known, typed: Option<&Typed>, face: Option<i64>, helper: String, reopens: bool) -> Self {
        let stored = known.stored.as_ref();
        let kept =
            stored.map(|r| Typed { solution: r.solution, analyst: r.analyst, reasons: r.reasons.clone(), comment: known.comment.clone() });
        let now = typed.cloned().or(kept.filter(|_| !known.due)).unwrap_or(Typed { solution: face, ..Typed::default() });
        let said =
            |mark: Option<i64>, of: &'static str| mark.and_then(|m| faces(t, None).into_iter().find(|f| f.mark == m)).map(|f| (f, of));
        let reason = |r: &RatingReason| Choice::new(r.key(), t.msg(rating_reason_label(*r)), now.reasons.contains(r));
        Self {
            open: known.open,
            given: stored.is_some() && !known.due,
            solution: faces(t, now.solution),
            analyst: faces(t, now.analyst),
            helper,
            reasons: RatingReason::ALL.iter().map(reason).collect(),
            comment: now.comment.clone(),
            said: stored
                .map(|r| [said(r.solution, i18n::key!("field-csat")), said(r.analyst, i18n::key!("field-csat-analyst"))])
                .into_iter()
                .flatten()
                .flatten()
                .collect(),
            asks_call: reopens && !known.due && stored.is_some_and(|r| r.is_low() && r.callback.is_none()),
        }
    }
}
