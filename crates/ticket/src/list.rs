//! Lists of tickets: a filter, a scope, a page.

mod names;
mod run;

pub use names::look_up;
pub use run::{Count, Listed, Prepared, count, ids, knows_inside_everywhere, page, prepare};
