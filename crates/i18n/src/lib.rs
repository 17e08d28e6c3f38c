//! The words of the product: messages by key in the reader's language, numbers, moments, lengths
//! of time, sizes and lists as that language writes them.
//!
//! Messages stand in `locales/<lang>/<slice>.ftl` (Fluent), the same keys in every language.
//! Everything is asked of a [`T`], which a request makes once from the reader's language and time
//! zone:
//!
//! ```
//! use i18n::{Arg, T};
//! let t = T::utc(kernel::Lang::En);
//! assert_eq!(t.msg("action-save"), "Save");
//! assert_eq!(t.with("time-ago", &[("length", Arg::Length(7_200_000_000))]), "2 h ago");
//! assert_eq!(t.count("count-results", 22), "22 results");
//! ```
//!
//! **Plurals.** Fluent's own plural rules are too old for Spanish, so an [`Arg::Count`] named `n`
//! arrives in the message twice: `$n` is the number as the language writes it, `$n_plural` the CLDR
//! category to select by:
//!
//! ```ftl
//! tickets-open = { $count_plural ->
//!     [one] { $count } open ticket
//!    *[other] { $count } open tickets
//! }
//! ```
//!
//! English has one and other, Spanish one, many (exact millions) and other, Russian one, few, many
//! and other; a test refuses a select that lacks one. There are no isolation marks: templates set
//! `<bdi>` around what people wrote. A message is never put together from pieces.
//!
//! **Keys** are literals, so that the test finds each of them: in `msg("..")`, in `with("..")` and
//! `count("..")` of a translator that is named `t`, `texts`, `reader` or `words`, in `Arg::Msg("..")`, [`key!`]`("..")` for tables, and every literal that begins with
//! `error-` or `event-`.

mod catalogue;
pub mod check;
mod dates;
mod lengths;
mod numbers;
mod text;

pub use catalogue::faults;
pub use text::{Arg, T};

/// Marks a literal in a table of code as a message key, so that the test of keys finds it.
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $key
    };
}
