//! Lists whose filter holds words, over the whole history: the index answers by every word of a ticket,
//! each row is read again by SQL under the scope. Lists of work under way stay with SQL and subjects.

use db::Rd;
use kernel::Result;
use query::Expr;
use ticket::list::Prepared;
use ticket::{Frame, Ticket};

use crate::find::{Ask, MOST, find};
use crate::{Kind, Search, State};

/// A page of such a list.
#[derive(Debug, Default)]
pub struct Page {
    pub rows: Vec<Ticket>,
    /// The cursor of the next page; none on the last.
    pub next: Option<String>,
    /// How many there are, when that can be said.
    pub total: Option<u64>,
    /// Nothing was found as typed: what the rows answer.
    pub instead: Option<String>,
    /// Nothing has every word: the rows have all but one.
    pub mostly: bool,
}

/// Whether the index answers a list.
pub fn answers(search: &Search, prepared: &Prepared) -> bool {
    search.state() == State::Ready && !prepared.plan.requires("open", 1) && has_words(&prepared.query.filter)
}

fn has_words(expr: &Expr) -> bool {
    match expr {
        Expr::And { of, .. } | Expr::Or { of, .. } => of.iter().any(has_words),
        Expr::Not { of, .. } => has_words(of),
        Expr::Text { text, .. } => text.contains(char::is_alphanumeric),
        Expr::Field(_) => false,
    }
}

/// One page, in the order of the list.
///
/// # Errors
/// Invalid when the cursor is of another list; the database refuses; the index cannot be read.
pub fn page(search: &Search, rd: &mut Rd<'_>, frame: Frame<'_>, prepared: &Prepared, limit: usize, cursor: Option<String>) -> Result<Page> {
    let order = if prepared.query.sort.is_empty() { " sort:-updated" } else { "" };
    let mut ask = Ask { text: format!("{}{order}", prepared.query), kinds: vec![Kind::Ticket], cursor, ..Ask::default() };
    ask.counts = ask.cursor.is_none();
    let mut page = Page::default();
    loop {
        ask.limit = (limit - page.rows.len()).min(MOST);
        let found = find(search, rd, frame, &ask)?;
        let tickets = |counts: &crate::Counts| counts.kinds.iter().find(|(kind, _)| *kind == Kind::Ticket)?.1;
        page.total = page.total.or_else(|| found.counts.as_ref().and_then(tickets));
        page.instead = page.instead.or(found.layout).or(found.corrected);
        page.mostly |= found.mostly;
        page.rows.extend(found.hits.iter().filter_map(|hit| hit.ticket().cloned()));
        page.next = found.next;
        if page.next.is_none() || page.rows.len() >= limit {
            break;
        }
        ask.cursor.clone_from(&page.next);
        ask.counts = false;
    }
    // What was found in place of the question was not counted.
    page.total = page.total.filter(|_| page.instead.is_none() && !page.mostly);
    Ok(page)
}
