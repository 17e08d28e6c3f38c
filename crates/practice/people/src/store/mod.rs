//! Queries of this crate: conditions beside those of the scopes.

mod narrow;

pub use narrow::living;
