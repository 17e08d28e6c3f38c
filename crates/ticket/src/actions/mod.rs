//! What can be done to a ticket: one use case per file, the verb is its name.

pub mod about;
pub mod bulk;
pub mod change;
pub mod close_due;
pub mod confide;
pub mod confirm;
pub mod describe_file;
pub mod draft;
pub mod hold;
pub mod involve;
pub mod link;
pub mod merge;
pub mod post;
pub mod redact;
pub mod register;
pub mod reveal;
pub mod see;
pub mod split;
pub mod tag;
pub mod trash;
pub mod undo;
pub mod unseal;
pub mod view;
