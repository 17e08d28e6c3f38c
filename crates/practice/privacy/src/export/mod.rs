//! What a person is given of everything that is kept about them: one file, made in the background, for whoever
//! asked and nobody else.
//!
//! It is read with two pairs of eyes: what the person does not see of the desk is not in it, and neither is
//! what whoever asks does not see. Notes of the desk are in it only when they were asked for by the right.

pub(crate) mod api;
mod archive;
mod ask;
mod gather;
pub mod job;
mod pages;
mod readers;
mod serve;
pub(crate) mod store;
mod tickets;
pub(crate) mod web;

pub use ask::{ask, asked, one, taken};
pub use store::{Export, ExportId, ExportState};

use kernel::Time;

/// How long a file can be taken.
pub const KEPT: i64 = 7 * Time::DAY;
/// For how long who asks again is given the same file.
pub const SAME: i64 = Time::DAY;
