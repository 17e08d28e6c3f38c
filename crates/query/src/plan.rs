//! The typed, resolved filter: what `db` turns into SQL and [`Plan::matches`] evaluates.

use crate::binding::Name;

/// A value as stored: moments are microseconds, truths 0 and 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    Int(i64),
    Text(String),
}

/// A resolved filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub filter: Node,
    /// Never empty; the last one is the table's id, which makes the order total.
    pub sort: Vec<SortKey>,
}

/// A column to sort by. It is NOT NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKey {
    pub column: Name,
    pub descending: bool,
}

/// A condition in **two-valued logic**: a [`Node::Test`] is true or false, never unknown. A test on a
/// column that is NULL is false, and its negation is therefore true: `-team:l1` finds tickets
/// without a team.
///
/// SQL knows a third value, so a compiler writes a test below any [`Node::Not`] as
/// `COALESCE(<test>, FALSE)` (or with `column IS NOT NULL AND`). Above every Not the bare test will
/// do: there NULL and false both drop the row, and the bare form lets an index serve it. Tests on a
/// [`Source::Exists`] are `EXISTS (...)`, which is never NULL.
///
/// The tree is normal: no empty `All` or `Any`, none inside its like or with one child, no
/// `Not(Not)`, and `Literal` only at the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Literal(bool),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Test(Source, Test),
}

/// Where the values under test come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// A column of the listed table: one value, or none when it is NULL.
    Column(Name),
    /// The values of `value_column` over the rows of `table` that belong to the record:
    /// `EXISTS (SELECT 1 FROM table WHERE owner_column = <record>.id AND extra.. AND <test>)`.
    Exists {
        table: Name,
        owner_column: Name,
        value_column: Name,
        /// `column IN (values)`; the values are never empty.
        extra: Vec<(Name, Vec<Scalar>)>,
    },
}

/// What must hold for at least one value of the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    /// There is a value: `IS NOT NULL`.
    Present,
    /// Equal to a number that the field table fixes. Write it into the SQL text as a literal and
    /// never bind it: partial indexes (`WHERE open = 1`) are only used then.
    Constant(i64),
    /// Equal to one of these; never empty, all of one type.
    In(Vec<Scalar>),
    /// An integer between two ends, both inclusive; at least one is there.
    Range { from: Option<i64>, to: Option<i64> },
    /// A folded text in which each of these folded words occurs anywhere, also inside a word:
    /// `instr` or `strpos` greater than 0, never LIKE. Not empty.
    Words(Vec<String>),
    /// An integer not below that in a column of the listed table; false when either is NULL.
    AtLeastColumn(Name),
    /// The id of a record in the tree `table` that stands in one of these branches; never empty. For
    /// SQL only: the tree may be larger than any list of ids.
    Within { table: Name, branches: Vec<Branch> },
}

/// A branch of a tree: the records of a tenant whose paths lie in `[from, to)`, in the columns
/// `tenant_id` and `path`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Branch {
    pub tenant: i64,
    pub from: String,
    pub to: String,
}

impl Plan {
    /// Whether every record found has `column` equal to the constant `value`: tells a caller that
    /// the partial index over live work serves this list.
    pub fn requires(&self, column: &str, value: i64) -> bool {
        let is = |node: &Node| matches!(node, Node::Test(Source::Column(c), Test::Constant(v)) if c == column && *v == value);
        match &self.filter {
            Node::All(of) => of.iter().any(is),
            other => is(other),
        }
    }
}

impl Node {
    pub(crate) fn all(nodes: impl IntoIterator<Item = Node>) -> Node {
        let mut of = Vec::new();
        for node in nodes {
            match node {
                Node::Literal(true) => {}
                Node::Literal(false) => return node,
                Node::All(inner) => of.extend(inner),
                other => of.push(other),
            }
        }
        one_or(of, true, Node::All)
    }

    /// At least one of them; equality tests on one source become one `In`.
    pub(crate) fn any(nodes: impl IntoIterator<Item = Node>) -> Node {
        let mut flat = Vec::new();
        for node in nodes {
            match node {
                Node::Literal(false) => {}
                Node::Literal(true) => return node,
                Node::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        let mut of: Vec<Node> = Vec::with_capacity(flat.len());
        for node in flat {
            let Node::Test(source, Test::In(values)) = node else {
                of.push(node);
                continue;
            };
            let same = of.iter_mut().find_map(|known| match known {
                Node::Test(s, Test::In(list)) if *s == source => Some(list),
                _ => None,
            });
            match same {
                Some(list) => list.extend(values),
                None => of.push(Node::Test(source, Test::In(values))),
            }
        }
        for node in &mut of {
            if let Node::Test(_, Test::In(values)) = node {
                values.sort_unstable();
                values.dedup();
            }
        }
        one_or(of, false, Node::Any)
    }

    pub(crate) fn negate(self) -> Node {
        match self {
            Node::Literal(truth) => Node::Literal(!truth),
            Node::Not(inner) => *inner,
            other => Node::Not(Box::new(other)),
        }
    }

    pub(crate) fn is_in(source: Source, mut values: Vec<Scalar>) -> Node {
        values.sort_unstable();
        values.dedup();
        if values.is_empty() { Node::Literal(false) } else { Node::Test(source, Test::In(values)) }
    }
}

fn one_or(mut of: Vec<Node>, empty: bool, group: impl FnOnce(Vec<Node>) -> Node) -> Node {
    match of.len() {
        0 => Node::Literal(empty),
        1 => of.pop().unwrap_or(Node::Literal(empty)),
        _ => group(of),
    }
}

impl From<i64> for Scalar {
    fn from(value: i64) -> Self {
        Scalar::Int(value)
    }
}
impl From<i32> for Scalar {
    fn from(value: i32) -> Self {
        Scalar::Int(value.into())
    }
}
impl From<&str> for Scalar {
    fn from(value: &str) -> Self {
        Scalar::Text(value.to_owned())
    }
}
impl From<String> for Scalar {
    fn from(value: String) -> Self {
        Scalar::Text(value)
    }
}
