//! What a field or a flag reads, as plain data: names of tables and columns, never SQL.

use crate::ast::Op;
use crate::plan::Scalar;
use std::borrow::Cow;

/// The name of a table, column, key or value: from the code or from configuration. Names of tables
/// and columns must come from code; what a user configures is a value.
pub type Name = Cow<'static, str>;

/// Where the values of a field are.
#[derive(Debug, Clone)]
pub enum Binding {
    Column(Name),
    /// Any of several columns of the record.
    AnyOf(Vec<Name>),
    /// Rows of another table.
    Exists(Exists),
    /// A column with folded text, in which all folded words must occur.
    Words(Name),
    /// Only for flags.
    Flag(Box<Cond>),
}

/// The rows of another table that belong to the record.
#[derive(Debug, Clone)]
pub struct Exists {
    pub table: Name,
    /// Holds the id of the record.
    pub owner_column: Name,
    pub value_column: Name,
    /// Further conditions on the row: column equals value.
    pub extra: Vec<(Name, Operand)>,
}

/// The meaning of a flag: conditions in two-valued logic.
#[derive(Debug, Clone)]
pub enum Cond {
    Literal(bool),
    And(Vec<Cond>),
    Or(Vec<Cond>),
    Not(Box<Cond>),
    Test(Binding, CondTest),
}

/// What must hold for at least one value of the binding.
#[derive(Debug, Clone)]
pub enum CondTest {
    Present,
    /// Equal to a number that must appear in the SQL text, for partial indexes.
    Constant(i64),
    Is(Operand),
    /// The operand must be a number; false for the actor's teams.
    Compare(Op, Operand),
    /// Not below the number in a column of the record.
    AtLeastColumn(Name),
}

/// A value known when the filter is compiled.
#[derive(Debug, Clone)]
pub enum Operand {
    Value(Scalar),
    /// The present moment plus microseconds.
    Now(i64),
    /// The id of the person who asks.
    Actor,
    /// The ids of that person's teams.
    ActorTeams,
}

impl Binding {
    pub fn column(name: impl Into<Name>) -> Self {
        Binding::Column(name.into())
    }
    pub fn any_of<N: Into<Name>>(names: impl IntoIterator<Item = N>) -> Self {
        Binding::AnyOf(names.into_iter().map(Into::into).collect())
    }
    pub fn words(column: impl Into<Name>) -> Self {
        Binding::Words(column.into())
    }
    /// Values in the rows of `table` whose `owner` is the record.
    pub fn exists(table: impl Into<Name>, owner: impl Into<Name>, value: impl Into<Name>) -> Self {
        Binding::Exists(Exists { table: table.into(), owner_column: owner.into(), value_column: value.into(), extra: Vec::new() })
    }
    /// Only rows whose `column` has this value; nothing but [`Binding::Exists`] has rows.
    #[must_use]
    pub fn only(mut self, column: impl Into<Name>, value: impl Into<Operand>) -> Self {
        if let Binding::Exists(exists) = &mut self {
            exists.extra.push((column.into(), value.into()));
        }
        self
    }
}

impl Cond {
    /// A column that holds 1, fit for a partial index.
    pub fn yes(column: impl Into<Name>) -> Self {
        Self::constant(column, 1)
    }
    /// A column that holds this number, fit for a partial index.
    pub fn constant(column: impl Into<Name>, value: i64) -> Self {
        Cond::Test(Binding::column(column), CondTest::Constant(value))
    }
    pub fn is(column: impl Into<Name>, value: impl Into<Operand>) -> Self {
        Cond::Test(Binding::column(column), CondTest::Is(value.into()))
    }
    pub fn cmp(column: impl Into<Name>, op: Op, value: impl Into<Operand>) -> Self {
        Cond::Test(Binding::column(column), CondTest::Compare(op, value.into()))
    }
    pub fn is_null(column: impl Into<Name>) -> Self {
        Cond::Test(Binding::column(column), CondTest::Present).negate()
    }
    pub fn actor_is(column: impl Into<Name>) -> Self {
        Self::is(column, Operand::Actor)
    }
    pub fn actor_team(column: impl Into<Name>) -> Self {
        Self::is(column, Operand::ActorTeams)
    }
    /// Some row has the actor as its value.
    pub fn exists_actor(rows: Binding) -> Self {
        Cond::Test(rows, CondTest::Is(Operand::Actor))
    }
    /// Some row has one of the actor's teams as its value.
    pub fn exists_actor_team(rows: Binding) -> Self {
        Cond::Test(rows, CondTest::Is(Operand::ActorTeams))
    }
    /// There is a row with a value.
    pub fn exists(rows: Binding) -> Self {
        Cond::Test(rows, CondTest::Present)
    }
    #[must_use]
    pub fn negate(self) -> Self {
        Cond::Not(Box::new(self))
    }
}

impl<S: Into<Scalar>> From<S> for Operand {
    fn from(value: S) -> Self {
        Operand::Value(value.into())
    }
}
