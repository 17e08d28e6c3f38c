//! `/requests`: my requests by what becomes of them.

use access::{Reach, Verb};
use askama::Template;
use db::Rd;
use i18n::T;
use kernel::{ErrorKind, PageRequest, Result};
use serde::Deserialize;
use ticket::{Frame, list};
use ui::{Chrome, Tab};
use web_kit::{Query, page, see_other};

use crate::card::{self, Card, Cards};
use crate::frame::frame;
use crate::guest::Guest;
use crate::rights;
use crate::words::{address, read_number};

/// Cards of one page.
const PAGE: u32 = 25;

/// Letters of a search.
const LONGEST: usize = 200;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    tab: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    cursor: String,
}

/// Which requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Needs,
    Open,
    Closed,
    /// Those of the reader's organisation.
    Team,
}

impl Which {
    const ALL: [Which; 4] = [Which::Needs, Which::Open, Which::Closed, Which::Team];

    const fn key(self) -> &'static str {
        match self {
            Which::Needs => "needs",
            Which::Open => "open",
            Which::Closed => "closed",
            Which::Team => "team",
        }
    }

    fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|which| which.key() == key).unwrap_or(Which::Open)
    }

    fn label(self, t: &T) -> String {
        match self {
            Which::Needs => t.msg("portal-tab-needs"),
            Which::Open => t.msg("portal-tab-open"),
            Which::Closed => t.msg("portal-tab-closed"),
            Which::Team => t.msg("portal-tab-team"),
        }
        .into_owned()
    }

    fn filter(self, frame: Frame<'_>) -> String {
        // Nobody may ask for what their roles hide: without the state the tabs hold the same.
        let state = |words: &'static str| if rights::sees_state(frame) { words } else { "" };
        match self {
            Which::Needs => format!("is:requested {}", state("(is:waiting OR is:solved)")),
            Which::Open => format!("(is:requested OR is:watching) {}", state("is:open")),
            Which::Closed => format!("(is:requested OR is:watching) {}", state("is:closed")),
            Which::Team => {
                let ids: Vec<String> = frame.actor.who.organisations.iter().map(|place| place.id.to_string()).collect();
                format!("org:{} -is:requested", ids.join(","))
            }
        }
    }
}

#[derive(Template)]
#[template(path = "portal/requests.html", blocks = ["main"])]
struct RequestsPage {
    t: T,
    chrome: Chrome,
    tab: &'static str,
    tabs: Vec<Tab>,
    query: String,
    /// The same list without the search.
    without: String,
    cards: Vec<Card>,
    team: bool,
    next: String,
    empty: String,
}

/// # Errors
/// The database does not answer.
pub async fn show(guest: Guest, Query(asked): Query<Asked>) -> web_kit::Result {
    let which = Which::from_key(&asked.tab);
    let query: String = asked.q.trim().chars().take(LONGEST).collect();
    let (t, text, cursor) = (guest.t().clone(), query.clone(), asked.cursor.clone());
    let found = guest.read("portal.requests", move |rd, frame| shown(rd, frame, &t, which, &text, cursor)).await;
    let (cards, waiting, team) = match found {
        // The cursor of another list: from the beginning.
        Err(error) if error.kind() == ErrorKind::Invalid && !asked.cursor.is_empty() => {
            return Ok(see_other(&address("/requests", &[("tab", which.key()), ("q", &query)])));
        }
        other => other?,
    };
    let t = guest.t().clone();
    let shown = Which::ALL.into_iter().filter(|tab| *tab != Which::Team || team);
    let tab = |tab: Which| Tab {
        label: tab.label(&t),
        href: address("/requests", &[("tab", tab.key()), ("q", &query)]),
        current: tab == which,
        count: if tab == Which::Needs { waiting.clone() } else { String::new() },
    };
    let next = cards.next.as_deref().map(|c| address("/requests", &[("tab", which.key()), ("q", &query), ("cursor", c)]));
    let page = RequestsPage {
        chrome: frame(&guest, t.msg("portal-requests-title")),
        tab: which.key(),
        without: address("/requests", &[("tab", which.key())]),
        tabs: shown.map(tab).collect(),
        team: which == Which::Team,
        next: next.unwrap_or_default(),
        empty: empty(&t, which, &query),
        cards: cards.cards,
        query,
        t,
    };
    page!(guest.viewer, page, as_main)
}

fn shown(rd: &mut Rd<'_>, frame: Frame<'_>, t: &T, which: Which, text: &str, cursor: String) -> Result<(Cards, String, bool)> {
    let team = frame.actor.reach(Verb::TicketSee, frame.actor.tenant) >= Reach::Organisation && !frame.actor.who.organisations.is_empty();
    let waiting = list::prepare(rd, frame.desk, frame.actor, &Which::Needs.filter(frame), false, frame.act.now)?;
    let waiting = match list::count(rd, &waiting)? {
        list::Count::Exactly(0) => String::new(),
        list::Count::Exactly(n) => t.number(n),
        list::Count::MoreThan(n) => format!("{}+", t.number(n)),
    };
    if which == Which::Team && !team {
        return Ok((Cards::default(), waiting, team));
    }
    let filter = format!("{} {} sort:-updated", which.filter(frame), searched(text));
    let request = PageRequest { limit: Some(PAGE), cursor: Some(cursor).filter(|c| !c.is_empty()) };
    let cards = card::list(rd, frame, t, &filter, &request)?;
    Ok((cards, waiting, team))
}

/// What a person searches for, as words only: fields that a requester does not see are not asked.
fn searched(text: &str) -> String {
    if let Some(id) = read_number(text) {
        return format!("number:{id}");
    }
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '.' | '@' | '_'));
    let words = words.map(|word| word.trim_matches(['-', '.', '@', '_'])).filter(|word| !word.is_empty());
    words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}

fn empty(t: &T, which: Which, query: &str) -> String {
    if !query.is_empty() {
        return t.with("portal-empty-search", &[("text", query.into())]);
    }
    match which {
        Which::Needs => t.msg("portal-empty-needs"),
        Which::Open => t.msg("portal-empty-open"),
        Which::Closed => t.msg("portal-empty-closed"),
        Which::Team => t.msg("portal-empty-team"),
    }
    .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_words_or_a_number_and_never_the_filter_language() {
        assert_eq!(searched("INC-4711"), "number:4711");
        assert_eq!(searched("vpn  drops"), "\"vpn\" \"drops\"");
        assert_eq!(searched("tag:secret OR \"x\" (priority:urgent"), "\"tag\" \"secret\" \"OR\" \"x\" \"priority\" \"urgent\"");
        assert_eq!(searched(" \" ( "), "");
    }
}
