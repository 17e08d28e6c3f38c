//! Editing a filter by chips and clicks instead of by typing.

use crate::ast::{Expr, Query, SortTerm, Span, Value};

/// One removable part of a filter, as the filter bar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// Where it stands in the text; an error whose span lies inside belongs to this chip.
    pub span: Span,
    pub negated: bool,
    /// The key of a plain term; none for words and groups.
    pub key: Option<String>,
    /// The values of a plain term, the words, or the whole group, as canonical text.
    pub values: Vec<String>,
}

impl Query {
    /// The parts that must all hold, in the order typed. Sorting is no chip.
    pub fn chips(&self) -> Vec<Chip> {
        self.parts().iter().map(chip).collect()
    }

    fn parts(&self) -> &[Expr] {
        match &self.filter {
            Expr::And { of, .. } => of,
            other => std::slice::from_ref(other),
        }
    }

    fn rebuild(&mut self, change: impl FnOnce(&mut Vec<Expr>)) {
        let span = self.filter.span();
        let mut parts = match std::mem::replace(&mut self.filter, Expr::everything()) {
            Expr::And { of, .. } => of,
            other => vec![other],
        };
        change(&mut parts);
        self.filter = Expr::and(parts, span);
    }

    /// Without chip number `index`; a number that is not there changes nothing.
    #[must_use]
    pub fn without_chip(mut self, index: usize) -> Self {
        self.rebuild(|parts| {
            if index < parts.len() {
                parts.remove(index);
            }
        });
        self
    }

    /// With one more part that must hold, unless it is there already.
    #[must_use]
    pub fn with(mut self, part: Expr) -> Self {
        let text = part.to_string();
        if self.parts().iter().all(|p| p.to_string() != text) {
            self.rebuild(|parts| parts.push(part));
        }
        self
    }

    /// With exactly these values for `key`, in place of its plain terms; no values: without them.
    #[must_use]
    pub fn with_values(mut self, key: &str, values: Vec<Value>) -> Self {
        self.rebuild(|parts| {
            parts.retain(|part| !matches!(part, Expr::Field(term) if term.key == key));
            if !values.is_empty() {
                parts.push(Expr::field(key, values));
            }
        });
        self
    }

    /// Sorted by `key` alone.
    #[must_use]
    pub fn sorted_by(mut self, key: &str, descending: bool) -> Self {
        self.sort = vec![SortTerm { key: key.to_owned(), descending, span: Span::default() }];
        self
    }
}

fn chip(part: &Expr) -> Chip {
    let (inner, negated) = match part {
        Expr::Not { of, .. } => (&**of, true),
        other => (other, false),
    };
    let (key, values) = match inner {
        Expr::Field(term) => (Some(term.key.clone()), term.values.iter().map(Value::to_string).collect()),
        Expr::Text { text, .. } => (None, vec![text.clone()]),
        group => (None, vec![group.to_string()]),
    };
    Chip { span: part.span(), negated, key, values }
}
