//! Flags: the condition of the field table with the actor and the time put in.

use super::Context;
use crate::ast::{Op, Span};
use crate::binding::{Binding, Cond, CondTest, Operand};
use crate::error::Error;
use crate::field::Field;
use crate::plan::{Node, Scalar, Source, Test};

/// A flag depends on an actor and there is none.
struct NoActor;

pub(super) fn flag(field: &Field, span: Span, context: &Context<'_>) -> Result<Node, Error> {
    let Binding::Flag(cond) = &field.binding else { return Ok(Node::Literal(false)) };
    resolve(cond, context).map_err(|NoActor| Error::new(span, "filter-needs-actor").arg("value", &field.key))
}

fn resolve(cond: &Cond, context: &Context<'_>) -> Result<Node, NoActor> {
    let list = |of: &[Cond]| of.iter().map(|c| resolve(c, context)).collect::<Result<Vec<_>, _>>();
    Ok(match cond {
        Cond::Literal(truth) => Node::Literal(*truth),
        Cond::And(of) => Node::all(list(of)?),
        Cond::Or(of) => Node::any(list(of)?),
        Cond::Not(of) => resolve(of, context)?.negate(),
        Cond::Test(binding, test) => {
            let sources = sources(binding, context)?;
            let nodes: Result<Vec<Node>, NoActor> = sources.into_iter().map(|s| leaf(s, test, context)).collect();
            Node::any(nodes?)
        }
    })
}

fn leaf(source: Source, test: &CondTest, context: &Context<'_>) -> Result<Node, NoActor> {
    Ok(match test {
        CondTest::Present => Node::Test(source, Test::Present),
        CondTest::Constant(number) => Node::Test(source, Test::Constant(*number)),
        CondTest::Is(operand) => Node::is_in(source, scalars(operand, context)?),
        CondTest::AtLeastColumn(column) => Node::Test(source, Test::AtLeastColumn(column.clone())),
        CondTest::Compare(op, operand) => match scalars(operand, context)?.as_slice() {
            [Scalar::Int(number)] => compare(source, *op, *number),
            _ => Node::Literal(false),
        },
    })
}

fn compare(source: Source, op: Op, number: i64) -> Node {
    let (from, to) = match op {
        Op::AtLeast => (Some(number), None),
        Op::AtMost => (None, Some(number)),
        Op::Greater => (number.checked_add(1), None),
        Op::Less => (None, number.checked_sub(1)),
    };
    if from.is_none() && to.is_none() { Node::Literal(false) } else { Node::Test(source, Test::Range { from, to }) }
}

fn scalars(operand: &Operand, context: &Context<'_>) -> Result<Vec<Scalar>, NoActor> {
    Ok(match operand {
        Operand::Value(value) => vec![value.clone()],
        Operand::Now(offset) => vec![Scalar::Int(context.now.plus(*offset).micros())],
        Operand::Actor => vec![Scalar::Int(context.actor.ok_or(NoActor)?.raw())],
        Operand::ActorTeams => {
            context.actor.ok_or(NoActor)?;
            context.teams.iter().map(|team| Scalar::Int(team.raw())).collect()
        }
    })
}

/// The sources of a binding; none when a condition on its rows can never hold.
fn sources(binding: &Binding, context: &Context<'_>) -> Result<Vec<Source>, NoActor> {
    Ok(match binding {
        Binding::Column(column) | Binding::Words(column) => vec![Source::Column(column.clone())],
        Binding::AnyOf(columns) => columns.iter().cloned().map(Source::Column).collect(),
        Binding::Flag(_) => Vec::new(),
        Binding::Exists(exists) => {
            let mut extra = Vec::with_capacity(exists.extra.len());
            for (column, operand) in &exists.extra {
                extra.push((column.clone(), scalars(operand, context)?));
            }
            if extra.iter().any(|(_, values)| values.is_empty()) {
                return Ok(Vec::new());
            }
            vec![Source::Exists {
                table: exists.table.clone(),
                owner_column: exists.owner_column.clone(),
                value_column: exists.value_column.clone(),
                extra,
            }]
        }
    })
}

/// The sources of a field that is no flag.
pub(super) fn field_sources(field: &Field, span: Span, context: &Context<'_>) -> Result<Vec<Source>, Error> {
    sources(&field.binding, context).map_err(|NoActor| Error::new(span, "filter-needs-actor").arg("value", &field.key))
}
