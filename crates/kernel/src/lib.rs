//! What every other crate stands on and what needs no input or output: ids, the clock, randomness,
//! the error, the actor's languages, paging and the folding of text.
//!
//! Nothing here reads the time, the environment, a file or a socket, except the two types named
//! `System...`, which the binary makes once and hands down.

mod clock;
mod entropy;
mod error;
mod fold;
mod id;
mod lang;
mod page;

pub use clock::{Clock, MockClock, SystemClock, Time};
pub use entropy::{Entropy, SeededEntropy, SystemEntropy, token};
pub use error::{Error, ErrorKind, FieldError, Result};
pub use fold::{fold, folded_words, initials};
pub use id::{
    AccountId, AttachmentId, BatchId, DraftId, EventId, FileId, JobId, LocationId, MessageId, OrganisationId, PersonId, ServiceId,
    SettingId, TeamId, TextId, TicketId, TokenId, ViewId,
};
pub use id::{Id, Kind, kinds};
pub use lang::Lang;
pub use page::{Page, PageRequest};
