//! The plan evaluated over a record in memory, with the same answers as its SQL.

use crate::plan::{Node, Plan, Scalar, Source, Test};

/// The values of one source of one record. An empty list is NULL, or no row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    Ints(Vec<i64>),
    Texts(Vec<String>),
}

impl Values {
    pub const NONE: Values = Values::Ints(Vec::new());

    /// The value of a column that may be NULL.
    pub fn int(value: impl Into<Option<i64>>) -> Self {
        Values::Ints(value.into().into_iter().collect())
    }
    pub fn text(value: Option<String>) -> Self {
        Values::Texts(value.into_iter().collect())
    }
}

/// A record that can say what its columns hold.
///
/// For a [`Source::Exists`] the answer is the non-NULL `value_column` of the record's rows that pass
/// all of `extra`. A source that the record does not know must not reach it: declare the field
/// [`crate::Field::sql_only`].
pub trait Record {
    fn value(&self, source: &Source) -> Values;
}

impl Plan {
    /// Whether the filter lets `record` through.
    pub fn matches(&self, record: &dyn Record) -> bool {
        self.filter.matches(record)
    }
}

impl Node {
    /// Whether the condition holds for `record`.
    pub fn matches(&self, record: &dyn Record) -> bool {
        match self {
            Node::Literal(truth) => *truth,
            Node::All(of) => of.iter().all(|node| node.matches(record)),
            Node::Any(of) => of.iter().any(|node| node.matches(record)),
            Node::Not(of) => !of.matches(record),
            Node::Test(source, Test::AtLeastColumn(column)) => match record.value(&Source::Column(column.clone())) {
                Values::Ints(ends) => ends.first().is_some_and(|end| any_int(&record.value(source), |v| v >= *end)),
                Values::Texts(_) => false,
            },
            Node::Test(source, test) => holds(test, &record.value(source)),
        }
    }
}

fn any_int(values: &Values, test: impl Fn(i64) -> bool) -> bool {
    matches!(values, Values::Ints(list) if list.iter().any(|v| test(*v)))
}

fn holds(test: &Test, values: &Values) -> bool {
    match (test, values) {
        (Test::Present, Values::Ints(list)) => !list.is_empty(),
        (Test::Present, Values::Texts(list)) => !list.is_empty(),
        (Test::Constant(number), _) => any_int(values, |v| v == *number),
        (Test::Range { from, to }, _) => any_int(values, |v| from.is_none_or(|f| v >= f) && to.is_none_or(|t| v <= t)),
        (Test::In(wanted), Values::Ints(list)) => wanted.iter().any(|w| matches!(w, Scalar::Int(w) if list.contains(w))),
        (Test::In(wanted), Values::Texts(list)) => wanted.iter().any(|w| matches!(w, Scalar::Text(w) if list.contains(w))),
        (Test::Words(words), Values::Texts(list)) => list.iter().any(|text| words.iter().all(|word| text.contains(word.as_str()))),
        // Branches of a tree are never compiled for this.
        (Test::Words(_), Values::Ints(_)) | (Test::AtLeastColumn(_) | Test::Within { .. }, _) => false,
    }
}
