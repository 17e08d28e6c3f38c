//! Pure decisions: values in, values out.

pub mod conflict;
pub mod field;
pub mod rating;
pub mod redact;
pub mod secrets;
pub mod team;
pub mod tenant;
pub mod text;
pub mod transition;
