//! What every handler may need, made once by the binary.

use std::ops::Deref;
use std::sync::Arc;

use access::{Actor, Verb};
use db::Rd;
use kernel::{PersonId, Result, Time};
use tokio::sync::broadcast;

use crate::{Authenticator, RateLimiter, Streams, Web};

/// The state of every router; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of the desk.
pub struct Parts {
    pub db: db::Db,
    pub web: Arc<Web>,
    pub auth: Arc<dyn Authenticator>,
    /// New events of the log, for live updates.
    pub hub: events::Hub,
    pub streams: Streams,
    /// Requests of who is signed in, by person, over all sessions and tokens.
    pub people: RateLimiter<PersonId>,
    pub navigation: Vec<NavEntry>,
    /// None: nobody is told of anything, and no page shows a bell.
    pub bell: Option<Arc<dyn Bell>>,
    /// What stands beside a ticket, in order.
    pub sections: Vec<SideSection>,
}

/// How much a person was told and has not read; `practice/notify` is that of the desk.
pub trait Bell: Send + Sync + 'static {
    /// How many records tell something unread that the actor may see.
    ///
    /// # Errors
    /// The database does not answer.
    fn unread(&self, rd: &mut Rd<'_>, actor: &Actor) -> Result<i64>;

    /// Those for whom that changes on this node, from now on.
    fn rings(&self) -> broadcast::Receiver<PersonId>;
}

/// More than this is not counted on a page.
const MANY: i64 = 99;

/// Such a count as pages show it; nothing for none.
pub fn bell_text(unread: i64) -> String {
    match unread {
        ..=0 => String::new(),
        1..=MANY => unread.to_string(),
        _ => format!("{MANY}+"),
    }
}

/// Where an entry of the navigation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Console,
    Portal,
}

/// A way into a slice, shown to those who may go there.
#[derive(Debug, Clone, Copy)]
pub struct NavEntry {
    pub side: Side,
    /// A name of `web/icons.txt`.
    pub icon: &'static str,
    /// The message key of its words.
    pub label: &'static str,
    pub href: &'static str,
    /// The keys that lead there, such as `g t`; empty for none.
    pub key: &'static str,
    /// Shown when this is granted somewhere; none: to everybody.
    pub verb: Option<Verb>,
}

/// A part of the panel beside a ticket that another slice shows. It is a page of its own, below the
/// address of the ticket, from which the panel takes the element `side-<name>-found`.
#[derive(Debug, Clone, Copy)]
pub struct SideSection {
    /// Letters and hyphens: the elements are named after it.
    pub name: &'static str,
    /// The message key of its heading.
    pub title: &'static str,
    /// What follows the address of the ticket, such as `/tasks`.
    pub path: &'static str,
    /// Its place among the others.
    pub order: u8,
    /// Fetched with the page; else when it comes into sight.
    pub first: bool,
    /// The key that opens it before it was fetched; empty for none.
    pub key: &'static str,
    /// Shown when this is granted somewhere; none: to everybody of the desk.
    pub verb: Option<Verb>,
}

impl Parts {
    /// With the delivered limits and an empty navigation.
    pub fn new(db: db::Db, web: Arc<Web>, auth: Arc<dyn Authenticator>) -> Self {
        let people = RateLimiter::new(web.people);
        Self {
            db,
            web,
            auth,
            hub: events::Hub::default(),
            streams: Streams::default(),
            people,
            navigation: Vec::new(),
            sections: Vec::new(),
            bell: None,
        }
    }

    pub fn now(&self) -> Time {
        self.web.clock.now()
    }
}

impl App {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}
