//! One value of a term to a condition on its field.

use super::refs::is_keyword;
use super::{Context, Lookup, dates, durations, flags};
use crate::ast::{Atom, Op, Span, Value, ValueKind};
use crate::binding::Binding;
use crate::error::Error;
use crate::field::{Choice, Choices, Field, FieldType, Target};
use crate::nearest::nearest;
use crate::plan::{Node, Scalar, Source, Test};
use jiff::tz::TimeZone;

/// What a literal covers: a day is a stretch, a number a point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub first: i64,
    pub last: i64,
    /// Where comparisons and ranges start and end, when it is not the whole stretch.
    pub point: Option<i64>,
}

/// Both ends inclusive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Interval {
    pub from: Option<i64>,
    pub to: Option<i64>,
}

impl Extent {
    fn low(self) -> i64 {
        self.point.unwrap_or(self.first)
    }
    fn high(self) -> i64 {
        self.point.unwrap_or(self.last)
    }
}

pub(super) fn value(field: &Field, value: &Value, context: &Context<'_>) -> Result<Node, Error> {
    let sources = flags::field_sources(field, value.span, context)?;
    let over = |test: &dyn Fn(Source) -> Node| Node::any(sources.iter().cloned().map(test));
    if let FieldType::Choice(choices) = &field.ty
        && let Some(stored) = chosen(field, choices, value)?
    {
        return Ok(over(&|source| Node::is_in(source, stored.clone())));
    }
    if let ValueKind::Is(atom) = &value.kind {
        match atom.keyword().as_deref() {
            Some("any") => return present(field, value.span, context),
            Some("none") => return Ok(present(field, value.span, context)?.negate()),
            _ => {}
        }
    }
    match (&field.ty, &value.kind) {
        (FieldType::Number | FieldType::Decimal(_) | FieldType::Date | FieldType::Duration(_), kind) => {
            let interval = interval(field, kind, value.span, context)?;
            Ok(over(&|source| within(source, interval, field.none_as)))
        }
        (FieldType::Ref(kind), ValueKind::Is(atom)) => {
            let named = named(field, kind, atom, value.span, context)?;
            Ok(over(&|source| match &named {
                Named::Ids(ids) => Node::is_in(source, ids.clone()),
                Named::Branches(test) => Node::Test(source, test.clone()),
            }))
        }
        (FieldType::Text, ValueKind::Is(atom)) => Ok(match &field.binding {
            Binding::Words(_) => words(field, &atom.text),
            _ => over(&|source| Node::is_in(source, vec![Scalar::Text(kernel::fold(&atom.text))])),
        }),
        (FieldType::Words, ValueKind::Is(atom)) => Ok(over(&|source| containing(source, &atom.text))),
        (FieldType::Choice(choices), ValueKind::Is(atom)) => Err(unknown_choice(field, choices, atom, value.span)),
        (_, kind) => Err(no_comparison(&field.key, value.span, kind)),
    }
}

/// `key:any`: there is a value.
pub(super) fn present(field: &Field, span: Span, context: &Context<'_>) -> Result<Node, Error> {
    let sources = flags::field_sources(field, span, context)?;
    Ok(Node::any(sources.into_iter().map(|source| match field.none_as {
        Some(none) => Node::is_in(source, vec![Scalar::Int(none)]).negate(),
        None => Node::Test(source, Test::Present),
    })))
}

/// All folded words of `text` occur; a text without any is no condition.
pub(super) fn words(field: &Field, text: &str) -> Node {
    let (Binding::Words(column) | Binding::Column(column)) = &field.binding else { return Node::Literal(false) };
    containing(Source::Column(column.clone()), text)
}

fn containing(source: Source, text: &str) -> Node {
    let mut words = kernel::folded_words(text);
    words.dedup();
    if words.is_empty() { Node::Literal(true) } else { Node::Test(source, Test::Words(words)) }
}

pub(super) fn no_comparison(key: &str, span: Span, kind: &ValueKind) -> Error {
    let value = Value { kind: kind.clone(), span };
    Error::new(span, "filter-no-comparison").arg("key", key).arg("value", value)
}

fn within(source: Source, interval: Interval, none: Option<i64>) -> Node {
    let Interval { from, mut to } = interval;
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Node::Literal(false);
    }
    let Some(none) = none.filter(|n| from.is_none_or(|f| *n >= f) && to.is_none_or(|t| *n <= t)) else {
        return Node::Test(source, Test::Range { from, to });
    };
    // The number that stands for none is no value: cut it off, which is simple at the end.
    if none == i64::MAX {
        to = Some(none - 1);
        return Node::Test(source, Test::Range { from, to });
    }
    let not_none = Node::is_in(source.clone(), vec![Scalar::Int(none)]).negate();
    Node::all([Node::Test(source, Test::Range { from, to }), not_none])
}

fn interval(field: &Field, kind: &ValueKind, span: Span, context: &Context<'_>) -> Result<Interval, Error> {
    let read = |atom: &Atom| extent(field, atom, span, context);
    let interval = match kind {
        ValueKind::Is(atom) => {
            let extent = read(atom)?;
            Interval { from: Some(extent.first), to: Some(extent.last) }
        }
        ValueKind::Compare(op, atom) => {
            let extent = read(atom)?;
            match op {
                Op::AtLeast => Interval { from: Some(extent.low()), to: None },
                Op::AtMost => Interval { from: None, to: Some(extent.high()) },
                Op::Greater => Interval { from: Some(extent.high() + 1), to: None },
                Op::Less => Interval { from: None, to: Some(extent.low() - 1) },
            }
        }
        ValueKind::Range(from, to) => {
            let from = from.as_ref().map(read).transpose()?.map(Extent::low);
            let to = to.as_ref().map(read).transpose()?.map(Extent::high);
            if from.zip(to).is_some_and(|(from, to)| from > to) {
                return Err(bad_range(field, span));
            }
            Interval { from, to }
        }
    };
    Ok(match field.ty {
        FieldType::Duration(measure) => durations::in_column(interval, measure, context.now),
        _ => interval,
    })
}

fn bad_range(field: &Field, span: Span) -> Error {
    Error::new(span, "filter-bad-range").arg("key", &field.key)
}

fn extent(field: &Field, atom: &Atom, span: Span, context: &Context<'_>) -> Result<Extent, Error> {
    let (read, code) = match field.ty {
        FieldType::Number => (number(&atom.text), "filter-bad-number"),
        FieldType::Decimal(decimals) => (decimal(&atom.text, decimals), "filter-bad-number"),
        FieldType::Duration(_) => (durations::extent(&atom.text), "filter-bad-duration"),
        _ => {
            let zone = TimeZone::get(context.zone).map_err(|_| Error::new(span, "filter-unknown-zone").arg("value", context.zone))?;
            (dates::extent(&atom.text, context.now, &zone), "filter-bad-date")
        }
    };
    read.ok_or_else(|| Error::new(span, code).arg("key", &field.key).arg("value", &atom.text))
}

fn number(text: &str) -> Option<Extent> {
    const MOST: u64 = 1 << 53;
    let number = text.parse::<i64>().ok().filter(|n| n.unsigned_abs() <= MOST)?;
    Some(Extent { first: number, last: number, point: None })
}

/// A number with a point, scaled; more digits than the field has are no value of it.
fn decimal(text: &str, decimals: u8) -> Option<Extent> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let width = usize::from(decimals);
    if part.len() > width || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    number(&format!("{whole}{part:0<width$}"))
}

/// The stored values that a value of a choice covers; nothing for a word that is none of them.
fn chosen(field: &Field, choices: &Choices, value: &Value) -> Result<Option<Vec<Scalar>>, Error> {
    let rank = |atom: &Atom| {
        let typed = atom.text.to_lowercase();
        choices.values.iter().position(|choice| choice.key == typed)
    };
    let need = |atom: &Atom| rank(atom).ok_or_else(|| unknown_choice(field, choices, atom, value.span));
    let count = choices.values.len();
    if !choices.ordered && !matches!(value.kind, ValueKind::Is(_)) {
        return Err(no_comparison(&field.key, value.span, &value.kind));
    }
    let ranks = match &value.kind {
        ValueKind::Is(atom) => match rank(atom) {
            Some(rank) => rank..rank + 1,
            None => return Ok(None),
        },
        ValueKind::Compare(Op::AtLeast, atom) => need(atom)?..count,
        ValueKind::Compare(Op::Greater, atom) => need(atom)? + 1..count,
        ValueKind::Compare(Op::AtMost, atom) => 0..need(atom)? + 1,
        ValueKind::Compare(Op::Less, atom) => 0..need(atom)?,
        ValueKind::Range(from, to) => {
            let from = from.as_ref().map_or(Ok(0), need)?;
            let to = to.as_ref().map_or(Ok(count.saturating_sub(1)), need)?;
            if from > to {
                return Err(bad_range(field, value.span));
            }
            from..to + 1
        }
    };
    let covered: &[Choice] = choices.values.get(ranks).unwrap_or_default();
    Ok(Some(covered.iter().flat_map(|choice| choice.stored.iter().cloned()).collect()))
}

/// Proposes the near values, or all when they are few.
fn unknown_choice(field: &Field, choices: &Choices, atom: &Atom, span: Span) -> Error {
    const FEW: usize = 8;
    let keys: Vec<&str> = choices.values.iter().map(|choice| choice.key.as_ref()).collect();
    let mut proposals = nearest(&atom.text, keys.iter().copied());
    if proposals.is_empty() && keys.len() <= FEW {
        proposals = keys.into_iter().map(str::to_owned).collect();
    }
    Error::new(span, "filter-bad-value").arg("key", &field.key).arg("value", &atom.text).propose(proposals)
}

/// What a name stands for.
enum Named {
    Ids(Vec<Scalar>),
    Branches(Test),
}

fn named(field: &Field, kind: &str, atom: &Atom, span: Span, context: &Context<'_>) -> Result<Named, Error> {
    if is_keyword(kind, atom) {
        let actor = context.actor.ok_or_else(|| Error::new(span, "filter-needs-actor").arg("value", &atom.text))?;
        return Ok(Named::Ids(match kind {
            "team" => context.teams.iter().map(|team| Scalar::Int(team.raw())).collect(),
            _ => vec![Scalar::Int(actor.raw())],
        }));
    }
    let proposals = match context.refs.resolve(kind, &atom.text) {
        Lookup::Found(ids) if !ids.is_empty() => return Ok(Named::Ids(ids.into_iter().map(Scalar::Int).collect())),
        Lookup::Within { branches, .. } if !branches.is_empty() && context.target != Target::Sql => {
            return Err(Error::new(span, "filter-not-here").arg("key", &field.key));
        }
        Lookup::Within { table, branches } if !branches.is_empty() => {
            return Ok(Named::Branches(Test::Within { table: table.into(), branches }));
        }
        Lookup::Found(_) | Lookup::Within { .. } => Vec::new(),
        Lookup::Unknown { proposals } => proposals,
    };
    Err(Error::new(span, "filter-unknown-reference").arg("key", kind).arg("value", &atom.text).propose(proposals))
}
