//! What can be done to the shape of the desk.

pub mod field;
pub mod kind;
pub mod secrets;
