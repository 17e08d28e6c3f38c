//! All queries of this crate.

pub(crate) mod batch;
pub(crate) mod change;
pub(crate) mod directory;
pub(crate) mod intake;
pub(crate) mod party;
pub(crate) mod refusal;
pub(crate) mod undo;
