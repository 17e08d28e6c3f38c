//! What happens at the portal, told with one cast, through real doors.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod answering;
mod asking;
mod finding;
mod looking;
mod rating;
mod rig;
mod seeing;
