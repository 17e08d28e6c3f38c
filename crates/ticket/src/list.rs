//! Lists of tickets: a filter, a scope, a page.

mod counted;
mod names;
mod run;

pub use counted::{counts, live, total};
pub use names::look_up;
pub(crate) use run::cheaper;
pub use run::{Count, Drive, Listed, Prepared, contains, count, ids, knows_inside_everywhere, page, prepare};
