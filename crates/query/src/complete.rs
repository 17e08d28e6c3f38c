//! Completion while typing: what could stand at the cursor. Names of people and the like come from
//! the caller, who learns here of which kind they are.

use crate::ast::{Op, Span, breaks_word, key_length};
use crate::binding::Name;
use crate::field::{Field, FieldType, FlagWord};
use crate::table::{Fields, RESERVED};

/// What could replace the unfinished word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that a candidate replaces.
    pub replace: Span,
    pub candidates: Vec<Candidate>,
    /// The kind of record whose names also fit, with what has been typed of one so far.
    pub look_up: Option<(Name, String)>,
}

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The text to insert.
    pub insert: String,
    pub kind: CandidateKind,
}

/// What a candidate is, for its icon and its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CandidateKind {
    Key,
    Value,
    /// A word with a meaning of its own: `me`, `none`, `today`.
    Keyword,
    Sort,
}

const DATES: [&str; 10] = ["today", "yesterday", "tomorrow", "week", "month", "year", "-1d", "-7d", "-30d", "+1d"];
const DURATIONS: [&str; 6] = ["15m", "1h", "4h", "1d", "2d", "1w"];

impl Fields<'_> {
    /// The candidates at byte `cursor`, which moves left to the border of a character.
    pub fn complete(&self, text: &str, cursor: usize) -> Completion {
        let mut cursor = cursor.min(text.len());
        while !text.is_char_boundary(cursor) {
            cursor -= 1;
        }
        let before = text.get(..cursor).unwrap_or_default();
        let start = term_start(before);
        let word = before.get(start..).unwrap_or_default();
        let Some(length) = key_length(word) else {
            let replace = Span::new(start, cursor);
            return Completion { replace, candidates: self.key_candidates(word), look_up: None };
        };
        let key = word.get(..length).unwrap_or_default().to_lowercase();
        let values = word.get(length + 1..).unwrap_or_default();
        let typed = last_atom(values);
        let replace = Span::new(cursor - typed.len(), cursor);
        let typed = typed.trim_start_matches('"').to_lowercase();
        let (candidates, look_up) = self.value_candidates(&key, &typed);
        Completion { replace, candidates, look_up }
    }

    fn key_candidates(&self, typed: &str) -> Vec<Candidate> {
        let typed = typed.to_lowercase();
        let keys = self.iter().filter(|f| !matches!(f.ty, FieldType::Flag(_))).map(|f| f.key.as_ref());
        let flags = self.iter().filter_map(|f| match f.ty {
            FieldType::Flag(word) if !typed.is_empty() && f.key.starts_with(&typed) => Some(format!("{}:{}", word.key(), f.key)),
            _ => None,
        });
        RESERVED
            .into_iter()
            .chain(keys)
            .filter(|key| key.starts_with(&typed))
            .map(|key| format!("{key}:"))
            .chain(flags)
            .map(|insert| Candidate { insert, kind: CandidateKind::Key })
            .collect()
    }

    fn value_candidates(&self, key: &str, typed: &str) -> (Vec<Candidate>, Option<(Name, String)>) {
        let fitting = |words: Vec<String>, kind: CandidateKind| -> Vec<Candidate> {
            let fits = words.into_iter().filter(|word| word.starts_with(typed));
            fits.map(|insert| Candidate { insert, kind }).collect()
        };
        let flags = |word| fitting(self.flag_words(word).into_iter().map(str::to_owned).collect(), CandidateKind::Value);
        match key {
            "is" => (flags(FlagWord::Is), None),
            "has" => (flags(FlagWord::Has), None),
            "sort" => (self.sort_candidates(typed), None),
            _ => {
                let Some(field) = self.field(key) else { return (Vec::new(), None) };
                let mut candidates = fitting(choices(field), CandidateKind::Value);
                candidates.extend(fitting(keywords(field), CandidateKind::Keyword));
                let look_up = match &field.ty {
                    FieldType::Ref(kind) => Some((kind.clone(), typed.to_owned())),
                    _ => None,
                };
                (candidates, look_up)
            }
        }
    }

    /// Each key both ways, the way it usually starts first.
    fn sort_candidates(&self, typed: &str) -> Vec<Candidate> {
        let bare = typed.trim_start_matches('-');
        self.sortable()
            .filter(|field| field.key.starts_with(bare))
            .flat_map(|field| {
                let falls_first = field.sort.as_ref().is_some_and(|sort| sort.descending_first);
                let (rising, falling) = (field.key.to_string(), format!("-{}", field.key));
                if falls_first { [falling, rising] } else { [rising, falling] }
            })
            .filter(|insert| insert.starts_with('-') || !typed.starts_with('-'))
            .map(|insert| Candidate { insert, kind: CandidateKind::Sort })
            .collect()
    }
}

fn choices(field: &Field) -> Vec<String> {
    match &field.ty {
        FieldType::Choice(choices) => choices.values.iter().map(|choice| choice.key.to_string()).collect(),
        _ => Vec::new(),
    }
}

fn keywords(field: &Field) -> Vec<String> {
    let own: &[&str] = match &field.ty {
        FieldType::Ref(kind) if kind == "person" => &["me"],
        FieldType::Ref(kind) if kind == "team" => &["my-team"],
        FieldType::Date => &DATES,
        FieldType::Duration(_) => &DURATIONS,
        _ => &[],
    };
    let none: &[&str] = if field.optional { &["none", "any"] } else { &[] };
    own.iter().chain(none).map(|word| (*word).to_owned()).collect()
}

/// Where the term that `before` ends in begins, past a dash that negates it.
fn term_start(before: &str) -> usize {
    let (mut start, mut inside, mut escaped, mut last) = (0, false, false, ' ');
    for (at, c) in before.char_indices() {
        if inside {
            inside = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if c == '"' && (at == start || matches!(last, ':' | ',' | '<' | '>' | '=' | '.')) {
            inside = true;
        } else if breaks_word(c) || (c == '-' && at == start) {
            start = at + c.len_utf8();
        }
        last = c;
    }
    start
}

/// The unfinished value at the end of a list: behind the last comma, comparison or `..`.
fn last_atom(values: &str) -> &str {
    let last = match values.rfind('"') {
        Some(quote) if values.matches('"').count() % 2 == 1 => return values.get(quote..).unwrap_or_default(),
        _ => values.rsplit(',').next().unwrap_or_default(),
    };
    let last = last.rsplit("..").next().unwrap_or_default();
    let op = Op::ALL.into_iter().find_map(|op| last.strip_prefix(op.sign()));
    op.unwrap_or(last)
}
