//! One resource per file.

pub mod fields;
pub mod forms;
pub mod kinds;
pub mod retype;
pub mod rules;
pub mod secrets;

mod versions;

use std::sync::Arc;

use ticket::Desk;

/// The desk as an argument of a handler.
pub(crate) type DeskRef = axum::Extension<Arc<Desk>>;
