//! The pages, one file each.

pub mod download;
pub mod home;
pub mod list;
pub mod live;
pub mod register;
pub mod suggest;
pub mod ticket;
pub mod uploads;

mod agent;
mod fields;
pub(crate) mod named;

pub use agent::{Agent, Anybody, FilesRef};
pub use fields::Fields;

/// An error as a form shows it: each field's mistake, or the sentence of the whole.
pub fn errors(t: &i18n::T, error: &kernel::Error) -> ui::FormErrors {
    let mut errors = ui::FormErrors::new();
    for field in error.fields() {
        errors.push(field.field.clone(), t.field_error(field));
    }
    if errors.is_empty() {
        errors.push("", t.error(error));
    }
    errors
}
