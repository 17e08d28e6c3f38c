//! The filter box: chips that can be taken away, and mistakes shown where they are.

use db::Rd;
use i18n::T;
use kernel::{Id, Result};
use party::{Names, Wanted};
use query::Query;

use super::mistakes::{Mistake, mistakes, span};
use super::{Place, Shown};

/// A removable part.
pub struct Chip {
    pub label: String,
    /// The list without it.
    pub without: String,
}

/// A piece of the text as it was typed.
pub struct Piece {
    pub text: String,
    pub wrong: bool,
}

pub struct Filter {
    /// The filter that the chips stand for; the box adds to it.
    pub with: String,
    /// What stands in the box.
    pub text: String,
    pub chips: Vec<Chip>,
    pub pieces: Vec<Piece>,
    pub mistakes: Vec<Mistake>,
    /// Canonical text of the whole filter, for links.
    pub canonical: String,
    /// The filter as text in the box.
    pub edit: String,
    /// It differs from that of the list.
    pub changed: bool,
}

impl Filter {
    pub(super) fn new(t: &T, at: &Place<'_>, shown: &Shown, edit: bool) -> Self {
        let Some(listed) = &shown.listed else { return Self::mistaken(t, at, shown) };
        let query = &listed.prepared.query;
        let canonical = query.to_string();
        let chips = query.chips().into_iter().enumerate().map(|(index, chip)| Chip {
            label: label(&chip, &listed.chip_names),
            without: at.list(&query.clone().without_chip(index).to_string(), ""),
        });
        Self {
            chips: if edit || query.filter.is_everything() { Vec::new() } else { chips.collect() },
            with: if edit { String::new() } else { canonical.clone() },
            text: if edit { canonical.clone() } else { String::new() },
            pieces: Vec::new(),
            mistakes: Vec::new(),
            edit: format!("{}&edit=1", at.list(&canonical, "")),
            changed: shown.current.as_ref().is_none_or(|view| !same(query, &view.query, &shown.text)),
            canonical,
        }
    }

    /// Not understood: the text stays as it was typed.
    fn mistaken(t: &T, at: &Place<'_>, shown: &Shown) -> Self {
        let errors = shown.wrong.as_ref().map_or(&[][..], |error| error.fields());
        let spans: Vec<(usize, usize)> = errors.iter().map(span).collect();
        let mistakes = shown.wrong.as_ref().map(|error| mistakes(t, &shown.text, error, &|text| at.list(text, ""))).unwrap_or_default();
        Self {
            with: String::new(),
            text: shown.text.clone(),
            chips: Vec::new(),
            pieces: pieces(&shown.text, &spans),
            mistakes,
            canonical: shown.text.clone(),
            edit: String::new(),
            changed: false,
        }
    }
}

/// What the ids in the chips stand for. They were looked up within what the reader may see.
pub(super) fn names(rd: &mut Rd<'_>, query: &Query) -> Result<Names> {
    let mut wanted = Wanted::default();
    for chip in query.chips() {
        for id in chip.values.iter().filter_map(|value| value.parse::<i64>().ok()) {
            match chip.key.as_deref().map(sort) {
                Some(Sort::Person) => wanted.person(Id::new(id)),
                Some(Sort::Team) => wanted.team(Id::new(id)),
                Some(Sort::Service) => wanted.service(Id::new(id)),
                Some(Sort::Organisation) => wanted.organisation(Id::new(id)),
                Some(Sort::Location) => wanted.location(Id::new(id)),
                Some(Sort::Other) | None => continue,
            };
        }
    }
    wanted.load(rd)
}

/// What the values of a key name.
enum Sort {
    Person,
    Team,
    Service,
    Organisation,
    Location,
    Other,
}

fn sort(key: &str) -> Sort {
    match key {
        "requester" | "assignee" | "beneficiary" | "watcher" | "coworker" => Sort::Person,
        "team" | "owner-team" | "was-team" => Sort::Team,
        "service" => Sort::Service,
        "org" | "organisation" => Sort::Organisation,
        "location" => Sort::Location,
        _ => Sort::Other,
    }
}

fn named<'n>(names: &'n Names, key: &str, value: &'n str) -> &'n str {
    let Ok(id) = value.parse::<i64>() else { return value };
    let name = match sort(key) {
        Sort::Person => names.person_name(Id::new(id)),
        Sort::Team => names.team(Id::new(id)),
        Sort::Service => names.service(Id::new(id)),
        Sort::Organisation => names.organisation(Id::new(id)),
        Sort::Location => names.location(Id::new(id)),
        Sort::Other => value,
    };
    if name.is_empty() { value } else { name }
}

/// A chip in the words of the language of filters, with names in place of ids.
fn label(chip: &query::Chip, names: &Names) -> String {
    let key = chip.key.as_deref().unwrap_or_default();
    let values = chip.values.iter().map(|value| named(names, key, value)).collect::<Vec<_>>().join(",");
    let sign = if chip.negated { "-" } else { "" };
    match &chip.key {
        Some(key) => format!("{sign}{key}:{values}"),
        None => format!("{sign}{values}"),
    }
}

/// Whether the text asked for is that of the list, however it is spaced.
fn same(query: &Query, of_view: &str, asked: &str) -> bool {
    of_view == asked || of_view == query.to_string()
}

/// The text cut at the mistakes.
fn pieces(text: &str, spans: &[(usize, usize)]) -> Vec<Piece> {
    let mut spans: Vec<(usize, usize)> =
        spans.iter().copied().filter(|(start, end)| start < end && text.get(*start..*end).is_some()).collect();
    spans.sort_unstable();
    let mut found = Vec::new();
    let mut at = 0;
    let mut push = |range: std::ops::Range<usize>, wrong| {
        if let Some(piece) = text.get(range).filter(|p| !p.is_empty()) {
            found.push(Piece { text: piece.to_owned(), wrong });
        }
    };
    for (start, end) in spans {
        if start >= at {
            push(at..start, false);
            push(start..end, true);
            at = end;
        }
    }
    push(at..text.len(), false);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_cut_at_its_mistakes() {
        let cut = |spans: &[(usize, usize)]| pieces("is:opn tém:l1", spans).into_iter().map(|p| (p.text, p.wrong)).collect::<Vec<_>>();
        assert_eq!(cut(&[(3, 6)]), [("is:".to_owned(), false), ("opn".to_owned(), true), (" tém:l1".to_owned(), false)]);
        assert_eq!(cut(&[(7, 11), (0, 2), (1, 4)]).len(), 4, "overlapping and unsorted");
        assert_eq!(cut(&[(8, 9), (5, 99)]).len(), 1, "never inside a letter, never beyond the end");
    }
}
