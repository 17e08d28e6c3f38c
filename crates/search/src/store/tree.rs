//! Branches of trees as lists of ids: the index keeps the id of a place and not its path, so that a tree
//! that is moved changes no document.

use db::Rd;
use kernel::Result;
use query::{Branch, Node, Scalar, Test};
use sea_query::{Cond, Expr, ExprTrait, Query};

/// Places of one branch that are named one by one; a larger one is left to the database.
const MOST: usize = 5_000;

/// The condition with its branches as ids, as far as they are not too many.
///
/// # Errors
/// The database refuses.
pub fn resolved(rd: &mut Rd<'_>, node: &Node) -> Result<Node> {
    Ok(match node {
        Node::All(of) => Node::All(of.iter().map(|node| resolved(rd, node)).collect::<Result<_>>()?),
        Node::Any(of) => Node::Any(of.iter().map(|node| resolved(rd, node)).collect::<Result<_>>()?),
        Node::Not(of) => Node::Not(Box::new(resolved(rd, of)?)),
        Node::Test(source, Test::Within { table, branches }) => match ids(rd, table, branches)? {
            ids if ids.len() > MOST => node.clone(),
            ids if ids.is_empty() => Node::Literal(false),
            ids => Node::Test(source.clone(), Test::In(ids.into_iter().map(Scalar::Int).collect())),
        },
        Node::Literal(_) | Node::Test(..) => node.clone(),
    })
}

fn ids(rd: &mut Rd<'_>, table: &str, branches: &[Branch]) -> Result<Vec<i64>> {
    let within = |branch: &Branch| {
        Cond::all()
            .add(Expr::col("tenant_id").eq(branch.tenant))
            .add(Expr::col("path").gte(branch.from.clone()))
            .add(Expr::col("path").lt(branch.to.clone()))
    };
    let any = branches.iter().fold(Cond::any(), |any, branch| any.add(within(branch)));
    let select = Query::select().column("id").from(table.to_owned()).cond_where(any).limit(MOST as u64 + 1).to_owned();
    rd.select(&select)
}
