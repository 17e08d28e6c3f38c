//! Lists of tickets: a filter, a scope, a page.

mod names;
mod run;

pub use names::look_up;
pub(crate) use run::cheaper;
pub use run::{Count, Drive, Listed, Prepared, count, counts, ids, knows_inside_everywhere, page, prepare};
