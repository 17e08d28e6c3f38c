//! What goes over the wire: closed types, each field named on purpose.

mod event;
mod message;
mod ticket;

pub use event::{ChangeOut, EventOut};
pub use message::{AttachmentOut, MessageOut};
pub use ticket::{Ref, TicketOut, out, page_out};
