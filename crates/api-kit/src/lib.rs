//! What a slice gives to the desk, and what REST endpoints share: request keys, versions, paging,
//! the OpenAPI document.

mod document;
mod door;
mod list;
mod params;
mod posted;
mod slice;
mod versions;

pub use document::{Problem, ProblemField, clashes, document};
pub use door::Door;
pub use list::{List, PageParams};
pub use params::{between, object, rows, short};
pub use posted::{Key, Posted, RequestKeyed};
pub use slice::{Route, Slice};
pub use utoipa_axum::routes;
pub use versions::{IfMatch, Versioned, etag};
