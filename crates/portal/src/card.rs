//! A request as one line of a list.

use std::collections::HashMap;

use access::Object;
use db::Rd;
use i18n::T;
use kernel::{PageRequest, Result};
use search::text::mark::Piece;
use search::{Ask, Hit, Search, find};
use ticket::list::{self, Listed};
use ticket::store::text;
use ticket::{Category, Frame, Ticket, serve};

use crate::store::{self, Last};
use crate::words::{self, When};

/// Letters of the last message.
const LETTERS: usize = 140;

/// A request as a list shows it.
#[derive(Debug, Clone)]
pub struct Card {
    pub id: i64,
    pub number: String,
    pub title: String,
    /// The category, for the icon.
    pub category: &'static str,
    pub state: String,
    /// The last message that the requester can read.
    pub when: When,
    pub who: String,
    pub words: String,
    /// Shown where requests of several people stand together.
    pub requester: String,
    /// Where the words of a search stand in it; then instead of the last message.
    pub found: Vec<Piece>,
}

/// A page of cards.
#[derive(Debug, Clone, Default)]
pub struct Cards {
    pub cards: Vec<Card>,
    pub next: Option<String>,
    /// Nothing was found as typed: what these answer instead.
    pub instead: Option<String>,
    /// Nothing has every word: these have most of them.
    pub mostly: bool,
}

/// The requests of a filter.
///
/// # Errors
/// Invalid when the cursor is of another list; the database refuses.
pub fn list(rd: &mut Rd<'_>, frame: Frame<'_>, t: &T, filter: &str, request: &PageRequest) -> Result<Cards> {
    let prepared = list::prepare(rd, frame.desk, frame.actor, filter, false, frame.act.now)?;
    let listed = list::page(rd, &prepared, request)?;
    let Listed { page, names } = listed;
    let mut rows = page.rows;
    // What happens inside the desk moves a ticket in the list, but no time here: within a page the
    // order is that of the times that are shown.
    rows.sort_by_key(|ticket| std::cmp::Reverse((ticket.last_public_at, ticket.id)));
    Ok(Cards { cards: cards(rd, frame, t, &rows, &names)?, next: page.next, ..Cards::default() })
}

/// The requests of a filter in which words stand, what answers best first.
///
/// # Errors
/// Invalid when the cursor is of another search; the database refuses; the index cannot be read.
pub fn found(search: &Search, rd: &mut Rd<'_>, frame: Frame<'_>, t: &T, ask: &Ask) -> Result<Cards> {
    let found = find(search, rd, frame, ask)?;
    let rows: Vec<Ticket> = found.hits.iter().filter_map(Hit::ticket).cloned().collect();
    let mut wanted = party::Wanted::default();
    for id in rows.iter().filter_map(|ticket| serve::known(frame.actor, ticket).requester) {
        wanted.person(id);
    }
    let names = wanted.load(rd)?;
    let mut cards = cards(rd, frame, t, &rows, &names)?;
    for (card, hit) in cards.iter_mut().zip(&found.hits) {
        // Whoever works for the desk is a requester here: what stands inside is not shown.
        if !hit.inner {
            card.found.clone_from(&hit.excerpt);
        }
    }
    Ok(Cards { cards, next: found.next, instead: found.layout.or(found.corrected), mostly: found.mostly })
}

fn cards(rd: &mut Rd<'_>, frame: Frame<'_>, t: &T, rows: &[Ticket], names: &party::Names) -> Result<Vec<Card>> {
    let ids: Vec<_> = rows.iter().map(|ticket| ticket.id).collect();
    let last = store::last_messages(rd, &ids)?;
    let catalogue = frame.desk.catalogue(rd)?;
    let mut wanted = party::Wanted::default();
    for said in last.values() {
        wanted.person(said.author);
    }
    let authors = wanted.load(rd)?;
    let mut reports = HashMap::new();
    for ticket in rows.iter().filter(|ticket| ticket.category == Category::Resolved) {
        let report = serve::known(frame.actor, ticket).resolution_text.map(|id| text::get(rd, id)).transpose()?.flatten();
        reports.extend(report.filter(|report| !report.trim().is_empty()).map(|report| (ticket.id, report)));
    }
    let card = |ticket: &Ticket| {
        let known = serve::known(frame.actor, ticket);
        // Whether it helped is asked beside what was done, not beside what was said last.
        let done = reports.get(&ticket.id).map(|report| Last { author: None, text: report.clone() });
        let said = done.as_ref().or_else(|| last.get(&ticket.id));
        let hides_author =
            hides_assignee(frame, ticket) && !frame.actor.who.persons.iter().any(|me| said.and_then(|s| s.author) == Some(*me));
        Card {
            id: ticket.id.raw(),
            number: words::number(&catalogue, ticket),
            title: ticket.title.clone(),
            category: ticket.category.key(),
            state: words::state(t, &catalogue, ticket, asks(frame, ticket)),
            when: When::new(t, ticket.last_public_at, frame.act.now),
            who: said
                .filter(|_| !words_beyond(&ticket.title, said).is_empty())
                .map(|said| author(t, frame, said, &authors, hides_author))
                .unwrap_or_default(),
            words: words_beyond(&ticket.title, said),
            requester: known.requester.map(|id| names.person_name(id).to_owned()).unwrap_or_default(),
            found: Vec::new(),
        }
    };
    Ok(rows.iter().map(card).collect())
}

/// What was said, without a title that stands above it already.
fn words_beyond(title: &str, said: Option<&Last>) -> String {
    let words = said.map(|said| ui::excerpt(&said.text, LETTERS + title.len())).unwrap_or_default();
    let rest = words.strip_prefix(title).unwrap_or(&words);
    ui::excerpt(rest.trim_start_matches(['.', ',', ':', ' ']), LETTERS)
}

fn author(t: &T, frame: Frame<'_>, last: &Last, names: &party::Names, hidden: bool) -> String {
    match last.author {
        Some(id) if frame.actor.who.persons.contains(&id) => t.msg("portal-you").into_owned(),
        Some(id) if !hidden => names.person_name(id).to_owned(),
        _ => t.msg("portal-the-desk").into_owned(),
    }
}

/// Whether the reader asked for it, or it is for them.
fn asks(frame: Frame<'_>, ticket: &Ticket) -> bool {
    [ticket.requester, ticket.beneficiary].into_iter().flatten().any(|person| frame.actor.who.persons.contains(&person))
}

/// Whether the reader's roles hide who works on it.
pub fn hides_assignee(frame: Frame<'_>, ticket: &Ticket) -> bool {
    frame.actor.hidden_in(Object::Ticket, ticket.tenant).contains("assignee")
}
