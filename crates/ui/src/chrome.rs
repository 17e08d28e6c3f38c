//! The frame around a page: who looks, in which language and theme, and where one can go.

use crate::{Density, Theme, tone_of};
use kernel::{Lang, PersonId};

/// What the layouts need besides the page itself.
#[derive(Debug, Clone, Default)]
pub struct Chrome {
    pub lang: Lang,
    /// The page's own title; the layout adds the desk's name.
    pub title: String,
    /// The name of the installation, such as the company's.
    pub desk: String,
    pub theme: Theme,
    pub density: Density,
    /// The rail shows words beside its icons.
    pub rail_wide: bool,
    /// Single-letter keys are on (they can be turned off: WCAG 2.1.4).
    pub letters: bool,
    /// Letters of one's own.
    pub keys: crate::KeyMap,
    /// Nobody on pages before log-in.
    pub viewer: Option<Person>,
    /// Somebody else looks as the viewer does.
    pub seeing: Option<Seeing>,
    pub nav: Vec<NavItem>,
    pub views: Vec<PinnedView>,
    /// A message from the step before, shown once.
    pub flash: Option<Flash>,
    /// Path and query of this page, for forms that come back here.
    pub path: String,
    /// The event stream of live updates, if this page takes part.
    pub live: Option<String>,
    /// Where the search field of the top bar leads; none hides it.
    pub search: Option<String>,
    /// What the search field holds.
    pub query: String,
    /// Where "New" leads; none hides it.
    pub create: Option<String>,
    /// What is unread, in words of the bell; none hides it.
    pub bell: Option<String>,
    /// How a user reaches people, in the footer of every portal page (WCAG 3.2.6).
    pub help: Option<HelpContact>,
}

impl Chrome {
    /// Something is unread.
    pub fn has_news(&self) -> bool {
        self.bell.as_ref().is_some_and(|unread| !unread.is_empty())
    }
}

impl Chrome {
    /// Where people work each day.
    pub fn daily(&self) -> impl Iterator<Item = &NavItem> {
        self.nav.iter().filter(|item| !item.is_setting())
    }
    /// Where the desk is set up: folded together, as they are many and seldom needed.
    pub fn settings(&self) -> impl Iterator<Item = &NavItem> {
        self.nav.iter().filter(|item| item.is_setting())
    }
    pub fn has_settings(&self) -> bool {
        self.settings().next().is_some()
    }
    /// One of the settings is shown.
    pub fn in_settings(&self) -> bool {
        self.settings().any(|item| item.current)
    }
}

impl NavItem {
    fn is_setting(&self) -> bool {
        self.href.starts_with("/admin/")
    }
}

/// As whom somebody looks at the desk, changing nothing.
#[derive(Debug, Clone, Default)]
pub struct Seeing {
    pub name: String,
    /// A time of day, in words.
    pub until: String,
}

/// A person as an avatar and a name.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub name: String,
    pub initials: String,
    pub tone: Tone,
    /// Their page; empty when the reader may not open it.
    pub href: String,
}

/// One of eight avatar colours, 0 to 7.
pub type Tone = u8;

impl Person {
    /// A person with initials and a colour that follow from name and id.
    pub fn new(id: PersonId, name: impl Into<String>) -> Self {
        let name = name.into();
        Self { initials: kernel::initials(&name), tone: tone_of(id), name, href: String::new() }
    }
    #[must_use]
    pub fn at(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }
}

/// An entry of the main navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    pub icon: &'static str,
    pub label: String,
    pub href: String,
    /// The keys that lead there, such as `g t`; empty for none.
    pub key: &'static str,
    pub current: bool,
    pub count: Option<u64>,
}

/// A pinned view of the list column.
#[derive(Debug, Clone)]
pub struct PinnedView {
    /// Stable part of the element id, for live counts: `view-<key>`.
    pub key: String,
    pub label: String,
    pub href: String,
    pub current: bool,
    /// Already in words of the language (`7`, `999+`); empty while unknown.
    pub count: String,
    /// Something in it breaches soon.
    pub urgent: bool,
}

/// A message shown once after an action.
#[derive(Debug, Clone)]
pub struct Flash {
    /// `info ok warning danger`
    pub kind: &'static str,
    pub text: String,
    /// Where a POST takes the action back.
    pub undo: Option<String>,
}

/// The people behind the portal.
#[derive(Debug, Clone, Default)]
pub struct HelpContact {
    pub text: String,
    pub href: String,
}
