//! Finding: candidates from the index, each read again from the database before it is shown.

pub mod ask;
pub mod collect;
pub mod counts;
pub mod hit;
pub mod newest;
pub mod patience;
pub mod words;

mod again;
mod answer;
mod finder;

use db::Rd;
use kernel::{Error, PageRequest, Result};
use serde::{Deserialize, Serialize};
use tantivy::error::DataCorruption;
use tantivy::query::Query;
use tantivy::{Searcher, TantivyError};
use ticket::Frame;

pub use ask::Ask;
pub use counts::Counts;
pub use hit::{Hit, Record};

use crate::index::Live;
use crate::rank::Statistics;
use crate::text::number;
use crate::{Search, State};
use ask::{Question, replaced, understand};
use collect::{After, Collect, Collected};
use finder::Finder;
use patience::too_long;

/// Hits of a page at most.
pub const MOST: usize = 100;

/// An answer.
#[derive(Debug)]
pub struct Found {
    pub hits: Vec<Hit>,
    /// The cursor of the next page; none on the last.
    pub next: Option<String>,
    /// The ticket whose number was typed.
    pub jump: Option<Hit>,
    /// Nothing was found as typed: what was meant, as it stands in a record that is shown.
    pub corrected: Option<String>,
    /// Nothing was found as typed: what it reads on the other keyboard, which the hits answer.
    pub layout: Option<String>,
    /// Nothing has every word: what was found has all but one.
    pub mostly: bool,
    /// Of all kinds. None: not asked for, or the index has not seen everything yet.
    pub counts: Option<Counts>,
    pub state: State,
}

/// How hits of a page were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Tier {
    AsTyped,
    OtherKeyboard,
    /// With typing errors forgiven.
    Near,
    /// With one of many words left out.
    Mostly,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Cursor {
    tier: Tier,
    after: Option<After>,
}

/// Finds records for the actor of the frame.
///
/// # Errors
/// Invalid in field `q` or `cursor`; the database refuses; the index cannot be read.
pub fn find(search: &Search, rd: &mut Rd<'_>, frame: Frame<'_>, ask: &Ask) -> Result<Found> {
    let cursor: Option<Cursor> = PageRequest { limit: None, cursor: ask.cursor.clone() }.after()?;
    if let Some(Cursor { after: Some(After::Title { id: ..0, .. }), .. }) = &cursor {
        return Err(Error::invalid("cursor", "error-cursor"));
    }
    let question = understand(rd, frame, ask)?;
    let mut found = Found {
        hits: Vec::new(),
        next: None,
        jump: None,
        corrected: None,
        layout: None,
        mostly: false,
        counts: None,
        state: search.state(),
    };
    if cursor.is_none() {
        found.jump = jump(rd, frame, ask, &question)?;
    }
    let Some(live) = search.live() else { return Ok(found) };
    if question.kinds.is_empty() || (question.is_wordless() && !question.filters && question.sort.is_empty()) {
        return Ok(found);
    }
    let limit = ask.limit.clamp(1, MOST);
    if ask.counts && cursor.is_none() {
        // Of every kind, whichever is shown.
        let all = understand(rd, frame, &Ask { kinds: Vec::new(), ..ask.clone() })?;
        found.counts = Finder::new(search, &live, rd, frame, all)?.counts()?;
    }
    let mut finder = Finder::new(search, &live, rd, frame, question)?;
    let start = cursor.unwrap_or(Cursor { tier: Tier::AsTyped, after: None });
    page(&mut finder, ask, start, limit, &mut found)?;
    Ok(found)
}

fn page(finder: &mut Finder<'_, '_, '_>, ask: &Ask, start: Cursor, limit: usize, found: &mut Found) -> Result<()> {
    let first = start.after.is_none();
    if start.tier == Tier::AsTyped {
        let end = finder.typed(start.after.clone(), limit, &mut found.hits)?;
        if end.is_some() || finder.question.is_wordless() {
            found.next = end.map(|after| cursor(Tier::AsTyped, Some(after)));
            return Ok(());
        }
    }
    let nothing = start.tier == Tier::AsTyped && first && found.hits.is_empty();
    if (nothing || start.tier == Tier::OtherKeyboard)
        && let Some((other, text)) = finder.question.on_other_keyboard()
    {
        let end = finder.other(&other, start.after.clone(), limit, &mut found.hits)?;
        found.next = end.map(|after| cursor(Tier::OtherKeyboard, Some(after)));
        if !found.hits.is_empty() {
            found.layout = Some(text);
            return Ok(());
        }
    }
    if start.tier == Tier::OtherKeyboard {
        return Ok(());
    }
    if start.tier != Tier::Mostly && finder.forgives() {
        if found.hits.len() >= limit {
            found.next = Some(cursor(Tier::Near, None));
            return Ok(());
        }
        let after = if start.tier == Tier::Near { start.after.clone() } else { None };
        let end = match finder.near(after, limit, &mut found.hits) {
            // What was found as it was typed is shown, and the rest can be asked for.
            Err(_) if finder.patience.is_over() && !found.hits.is_empty() => {
                found.next = Some(cursor(Tier::Near, None));
                return Ok(());
            }
            end => end?,
        };
        found.next = end.map(|after| cursor(Tier::Near, Some(after)));
        if nothing && let Some(hit) = found.hits.first() {
            found.corrected = corrected(ask, &finder.question, hit);
        }
    }
    let nothing = nothing && found.hits.is_empty();
    if (nothing || start.tier == Tier::Mostly)
        && let Some(most) = finder.question.mostly()
    {
        let after = if start.tier == Tier::Mostly { start.after } else { None };
        let end = finder.other(&most, after, limit, &mut found.hits)?;
        found.next = end.map(|after| cursor(Tier::Mostly, Some(after)));
        found.mostly = !found.hits.is_empty();
    }
    Ok(())
}

fn cursor(tier: Tier, after: Option<After>) -> String {
    kernel::Page::<()>::cursor_of(&Cursor { tier, after })
}

/// What was meant: the words of the first hit that stand nearest to what was typed.
fn corrected(ask: &Ask, question: &Question, hit: &Hit) -> Option<String> {
    let mut text = ask.text.clone();
    for leaf in &question.leaves {
        let Some(word) = leaf.single() else { continue };
        let shown = hit.title.iter().chain(&hit.excerpt).filter(|piece| piece.marked).map(|piece| piece.text.as_str());
        let words: Vec<&str> = shown.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty()).collect();
        if words.iter().any(|w| kernel::fold(w) == word.folded) {
            continue;
        }
        let near = words.iter().find(|w| crate::text::mark::distance(&kernel::fold(w), &word.folded, leaf.forgiven()));
        if let Some(right) = near {
            text = replaced(&text, &leaf.text, &right.to_lowercase());
        }
    }
    (text != ask.text).then_some(text)
}

/// The ticket whose number was typed, here or in another system.
fn jump(rd: &mut Rd<'_>, frame: Frame<'_>, ask: &Ask, question: &Question) -> Result<Option<Hit>> {
    if !question.kinds.contains(&crate::Kind::Ticket) {
        return Ok(None);
    }
    let mut ids: Vec<kernel::TicketId> = number::read(&ask.text).into_iter().collect();
    let text = ask.text.trim();
    if text.chars().any(|c| c.is_ascii_digit()) && text.len() <= 64 {
        ids.extend(ticket::store::reference::find_any(rd, text)?);
    }
    for id in ids {
        match ticket::serve::see(rd, frame, id) {
            Ok(seen) => return Ok(Some(Hit::of_ticket(seen.ticket, seen.inner))),
            Err(error) if error.kind() == kernel::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// Asks the index. One that cannot be read is reported: a question that it takes badly harms nobody
/// else.
pub(crate) fn asked(search: &Search, live: &Live, searcher: &Searcher, query: &dyn Query, collect: &Collect) -> Result<Collected> {
    let statistics = Statistics(&live.fields);
    let run = || searcher.search_with_statistics_provider(query, collect, &statistics);
    // Also where files are damaged tantivy panics.
    let answer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
    match answer.unwrap_or_else(|_| Err(DataCorruption::comment_only("a search panicked").into())) {
        Ok(found) if !found.late => Ok(found),
        Ok(_) => Err(too_long()),
        Err(TantivyError::InvalidArgument(_)) if collect.patience.is_over() => Err(too_long()),
        Err(error) => {
            if crate::index::is_damage(&error) {
                search.report(&error);
            }
            Err(crate::index::failed(&error))
        }
    }
}
