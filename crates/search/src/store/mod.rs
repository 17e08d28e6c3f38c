//! What the index reads of the database: whole records by their ids, without a scope, for documents;
//! and records of a hit within what the reader may see.

pub mod log;
pub mod party;
pub mod scan;
pub mod text;
pub mod ticket;
pub mod tree;
pub mod visible;

/// The ids with the last one repeated up to a power of two, so that few texts of statements exist.
pub(crate) fn padded(ids: &[i64]) -> Vec<i64> {
    let mut out = ids.to_vec();
    if let Some(last) = ids.last() {
        out.resize(ids.len().next_power_of_two(), *last);
    }
    out
}
