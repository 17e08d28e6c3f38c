//! What every page is made of: the layouts, the component macros, and the built front-end files
//! inside the binary.
//!
//! A slice keeps its pages in its own `templates/` folder, extends `layout/console.html`,
//! `layout/portal.html` or `layout/bare.html` and calls the macros of `components.html`; the README
//! beside shows how. A page struct has two fields that the layouts read: `t`, the texts in the
//! reader's language, and `chrome`, a [`Chrome`].

// Templates name the helpers below as `ui::...`, here and in every slice.
extern crate self as ui;

mod assets;
mod chrome;
mod form;
mod look;
mod markdown;

pub use assets::{Asset, asset, find};
pub use chrome::{Chrome, Flash, HelpContact, NavItem, Person, PinnedView, Seeing, Tone};
pub use form::{Choice, Control, Fill, FormError, FormErrors, Group, Tab};
pub use look::{After, Density, KeyMap, Theme, entry_icon, notice_icon, own_name, priority_icon, sla_icon, state_icon, tone_of};
pub use markdown::{excerpt, markdown};
