//! Push to browsers: the messages, where they may go, and the browsers that take them.

pub mod browsers;
pub mod carry;
pub mod key;
pub mod place;
pub mod seal;
pub mod send;
pub mod store;
