//! `/requests`: my requests by what becomes of them.

use access::{Reach, Verb};
use askama::Template;
use axum::Extension;
use db::Rd;
use i18n::T;
use kernel::{ErrorKind, PageRequest, Result};
use search::{Ask, Kind, Search, State};
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
    /// Whatever becomes of them: where a search looks.
    All,
}

impl Which {
    const ALL: [Which; 5] = [Which::All, Which::Needs, Which::Open, Which::Closed, Which::Team];

    const fn key(self) -> &'static str {
        match self {
            Which::Needs => "needs",
            Which::Open => "open",
            Which::Closed => "closed",
            Which::Team => "team",
            Which::All => "all",
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
            Which::All => t.msg("search-all"),
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
            Which::All => "(is:requested OR is:watching)".to_owned(),
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
    /// Nothing was found as typed: what the cards answer.
    instead: String,
    mostly: bool,
}

/// # Errors
/// The database does not answer.
pub async fn show(guest: Guest, Extension(search): Extension<Search>, Query(asked): Query<Asked>) -> web_kit::Result {
    let query: String = asked.q.trim().chars().take(LONGEST).collect();
    let which = Some(Which::from_key(&asked.tab)).filter(|which| *which != Which::All || !query.is_empty()).unwrap_or(Which::Open);
    let (t, text, cursor) = (guest.t().clone(), query.clone(), asked.cursor.clone());
    let turn = if text.is_empty() { None } else { Some(search.turn().await?) };
    let found = guest
        .read("portal.requests", move |rd, frame| {
            let _turn = turn;
            shown(&search, rd, frame, &t, which, &text, cursor)
        })
        .await;
    let (cards, waiting, team) = match found {
        // The cursor of another list: from the beginning.
        Err(error) if error.kind() == ErrorKind::Invalid && !asked.cursor.is_empty() => {
            return Ok(see_other(&address("/requests", &[("tab", which.key()), ("q", &query)])));
        }
        other => other?,
    };
    let t = guest.t().clone();
    let shown = Which::ALL.into_iter().filter(|tab| match tab {
        Which::Team => team,
        Which::All => !query.is_empty(),
        _ => true,
    });
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
        instead: cards.instead.unwrap_or_default(),
        mostly: cards.mostly,
        cards: cards.cards,
        query,
        t,
    };
    page!(guest.viewer, page, as_main)
}

fn shown(
    search: &Search,
    rd: &mut Rd<'_>,
    frame: Frame<'_>,
    t: &T,
    which: Which,
    text: &str,
    cursor: String,
) -> Result<(Cards, String, bool)> {
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
    let cursor = Some(cursor).filter(|c| !c.is_empty());
    let words = words(text);
    // By the words of messages where there is an index; until then by those of subjects.
    let cards = if !words.is_empty() && read_number(text).is_none() && search.state() == State::Ready {
        let text = format!("{} {words}", which.filter(frame));
        let ask = Ask { text, kinds: vec![Kind::Ticket], limit: PAGE as usize, cursor, ..Ask::default() };
        card::found(search, rd, frame, t, &ask)?
    } else {
        let filter = format!("{} {} sort:-updated", which.filter(frame), searched(text));
        card::list(rd, frame, t, &filter, &PageRequest { limit: Some(PAGE), cursor })?
    };
    Ok((cards, waiting, team))
}

/// The words that were typed, each as it stands: signs belong to host names, and to words that were typed
/// on another keyboard.
fn words(text: &str) -> String {
    let quoted = text.replace(['"', '\\'], " ");
    let words = quoted.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
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
        Which::All => t.msg("portal-empty-open"),
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
        assert_eq!(words("tag:secret OR \"x\" (vpn"), "\"tag:secret\" \"OR\" \"x\" \"(vpn\"");
        assert_eq!(words(" \" ( \\ "), "");
    }
}
