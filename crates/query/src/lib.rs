//! The filter language: `is:open team:l1,l2 sla:<1h -tag:waiting (priority:>=high OR is:vip) "vpn" sort:sla`.
//!
//! Text becomes a [`Query`] (syntax only), a [`FieldTable`] gives it meaning, and the result is a
//! [`Plan`]: a boolean tree over columns with all names, times and people already resolved. The
//! plan is compiled to SQL by crate `db` and evaluated in memory by [`Plan::matches`]; both follow
//! the two-valued logic written down in [`Node`].
//!
//! Nothing here reads the clock, a database or a file: the time, the zone, the actor and the
//! look-up of names are arguments ([`Context`]).
//!
//! ```
//! use query::{Binding, Context, Field, FieldTable, Refs};
//! let table = FieldTable::build([
//!     Field::choice("priority", Binding::column("priority"), [("low", 1), ("high", 3)]).ordered().sortable(),
//!     Field::text("title", Binding::words("title_key")),
//! ])?
//! .free_text("title");
//! let fields = table.visible(["salary"]);
//! let ast = fields.parse("vpn priority:>=high sort:-priority")?;
//! let refs = Refs::default();
//! let plan = fields.compile(&ast, &Context::new(kernel::Time(0), "Europe/Madrid", &refs)).map_err(|e| e[0].clone())?;
//! assert_eq!(plan.sort.len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ast;
mod binding;
mod compile;
mod complete;
mod edit;
mod error;
mod field;
mod nearest;
mod parse;
mod plan;
mod predicate;
mod render;
mod table;

pub use ast::{Atom, Expr, FieldTerm, Op, Query, SortTerm, Span, Value, ValueKind};
pub use binding::{Binding, Cond, CondTest, Exists, Name, Operand};
pub use compile::{Context, Lookup, RefToken, Refs, Resolver};
pub use complete::{Candidate, CandidateKind, Completion};
pub use edit::Chip;
pub use error::{CODES, Error, into_kernel};
pub use field::{Choice, Choices, Field, FieldType, FlagWord, Measure, Reach, SortColumn, Target};
pub use nearest::nearest;
pub use parse::{MAX_BYTES, MAX_DEPTH, MAX_TERMS};
pub use plan::{Branch, Node, Plan, Scalar, SortKey, Source, Test};
pub use predicate::{Record, Values};
pub use table::{BadTable, FieldTable, Fields};
