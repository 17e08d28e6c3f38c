//! The filter language's plan as a query of the index: the third compiler.
//!
//! What the index does not hold (text inside of titles, files, links) is left open: such a test lets
//! everything through, and the database decides when the hit is read again.

use std::ops::Bound;

use query::{Node, Scalar, Source, Test};
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, ExistsQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::index::Fields;
use crate::rank::Excluded;
use crate::scope::{any_term, both, either};

/// A filter as the index can answer it.
#[derive(Debug)]
pub struct Compiled {
    pub query: Box<dyn Query>,
    /// It finds what the plan finds; else more.
    pub exact: bool,
}

/// Compiles a condition on tickets.
pub fn compile(fields: &Fields, node: &Node) -> Compiled {
    let mut run = Run { fields, exact: true };
    let query = run.node(node, true);
    Compiled { query, exact: run.exact }
}

struct Run<'f> {
    fields: &'f Fields,
    exact: bool,
}

impl Run<'_> {
    /// `positive`: an even number of Nots stands above, so more is the safe side.
    fn node(&mut self, node: &Node, positive: bool) -> Box<dyn Query> {
        match node {
            Node::Literal(true) => Box::new(AllQuery),
            Node::Literal(false) => Box::new(EmptyQuery),
            Node::All(of) => both(of.iter().map(|node| self.node(node, positive)).collect()),
            Node::Any(of) => either(of.iter().map(|node| self.node(node, positive)).collect()),
            Node::Not(of) => not(self.node(of, !positive)),
            Node::Test(source, test) => self.test(source, test).unwrap_or_else(|| {
                self.exact = false;
                if positive { Box::new(AllQuery) } else { Box::new(EmptyQuery) }
            }),
        }
    }

    fn test(&self, source: &Source, test: &Test) -> Option<Box<dyn Query>> {
        let name = column_of(source)?;
        let field = self.fields.column(name)?;
        Some(match test {
            Test::Present => Box::new(ExistsQuery::new(name.to_owned(), false)),
            Test::Constant(number) => term(Term::from_field_i64(field, *number)),
            Test::In(values) => any_of(field, values),
            Test::Range { from: None, to: None } => Box::new(ExistsQuery::new(name.to_owned(), false)),
            Test::Range { from: Some(from), to: Some(to) } if from > to => Box::new(EmptyQuery),
            Test::Range { from, to } => {
                let bound = |end: &Option<i64>| end.map_or(Bound::Unbounded, |end| Bound::Included(Term::from_field_i64(field, end)));
                Box::new(RangeQuery::new(bound(from), bound(to)))
            }
            Test::Words(_) | Test::AtLeastColumn(_) | Test::Within { .. } => return None,
        })
    }
}

/// All that it does not find.
pub fn not(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, Box::new(Excluded(query)))]))
}

fn term(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn any_of(field: Field, values: &[Scalar]) -> Box<dyn Query> {
    let one = |value: &Scalar| match value {
        Scalar::Int(number) => Term::from_field_i64(field, *number),
        Scalar::Text(text) => Term::from_field_text(field, text),
    };
    any_term(values.iter().map(one).collect())
}

/// The column of the index that holds what a source reads; none when it holds no such thing.
fn column_of(source: &Source) -> Option<&str> {
    let (table, value, extra) = match source {
        Source::Column(name) => return Some(name),
        Source::Exists { table, value_column, extra, .. } => (table.as_ref(), value_column.as_ref(), extra.as_slice()),
    };
    let role = match extra {
        [] => "",
        [(column, values)] if column == "role" => match values.as_slice() {
            [Scalar::Text(role)] => role,
            _ => return None,
        },
        _ => return None,
    };
    Some(match (table, value, role) {
        ("ticket_tag", "tag", "") => "tag",
        ("ticket_person", "person_id", "watcher") => "watcher",
        ("ticket_person", "person_id", "coworker") => "coworker",
        ("ticket_person", "person_id", "about") => "about",
        ("ticket_team", "team_id", "watcher") => "watcher_team",
        ("ticket_team", "team_id", "coworker") => "coworker_team",
        ("ticket_passage", "state", "") => "was_state",
        ("ticket_passage", "team_id", "") => "was_team",
        _ => return None,
    })
}
