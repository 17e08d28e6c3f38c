//! All queries of the ticket core.

pub mod attachment;
pub mod bulk;
pub(crate) mod chain;
pub(crate) mod changed;
pub mod desk;
pub mod draft;
pub mod due;
pub(crate) mod erased;
pub mod handover;
pub mod involved;
pub mod link;
pub mod live;
pub mod merge;
pub mod message;
pub mod passage;
pub mod purge;
pub mod rating;
pub mod redaction;
pub mod reference;
pub mod secret;
pub mod seen;
pub mod split;
pub mod text;
pub mod ticket;
pub mod trash;
pub mod view;
