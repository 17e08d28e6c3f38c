//! What can be done to the shape of the desk.

pub mod field;
pub mod form;
pub mod kind;
pub mod retype;
pub mod rule;
pub mod secrets;
