//! The carrier of pushes: each letter to each browser of its person.

use kernel::{Error, Result};
use tokio::runtime::Handle;

use super::key::Keeper;
use super::place::Allowed;
use super::seal::{Vapid, encrypt};
use super::send::{Answer, Message, send};
use super::store::{self, Browser};
use crate::outbox::{Carrier, Letter};
use crate::preferences::Channel;
use crate::wishes::House;

/// How long a service keeps a message for a browser that sleeps, in seconds.
const KEPT: u32 = 24 * 60 * 60;
/// Letters of a title that a push tells.
const TITLE: usize = 120;

/// Pushes to browsers.
pub struct Pusher {
    pub keeper: Keeper,
    /// For requests from a plain thread.
    pub runtime: Handle,
    /// The address of the desk, by which a push service may reach its operator.
    pub contact: String,
    /// A push service on this machine may be reached, in tests.
    pub loopback: bool,
}

impl Carrier for Pusher {
    fn channel(&self) -> Channel {
        Channel::Push
    }

    fn carry(&self, letter: &Letter) -> Result<()> {
        let person = letter.person;
        let (browsers, house) =
            self.keeper.db.read_wait("push.browsers", move |rd| Ok((store::of_person(rd, person)?, House::load(rd)?)))?;
        if browsers.is_empty() {
            return Ok(());
        }
        let key = self.runtime.block_on(self.keeper.key())?;
        let allowed = Allowed { hosts: house.hosts.clone(), loopback: self.loopback };
        let text = words(letter, house.titles);
        let urgent = letter.lines.iter().any(|line| line.urgent);
        let topic =
            letter.lines.last().filter(|_| letter.lines.len() == 1).map_or_else(|| "desk".to_owned(), |line| format!("t{}", line.ticket));
        let mut later = None;
        for browser in browsers {
            // One that fails keeps no other one waiting; all of them get it again, under the same topic.
            if let Err(error) = self.one(&allowed, &key, browser, (&text, urgent, &topic)) {
                later = Some(error);
            }
        }
        later.map_or(Ok(()), Err)
    }
}

impl Pusher {
    fn one(&self, allowed: &Allowed, key: &Vapid, browser: Browser, (text, urgent, topic): (&str, bool, &str)) -> Result<()> {
        let (id, now) = (browser.id, self.keeper.clock.now());
        // A service that is no longer allowed is as good as gone.
        let Ok(place) = allowed.place(&browser.endpoint) else { return self.forget(&browser) };
        let message = Message {
            authorization: key.authorization(&place.origin(), &self.contact, now)?,
            body: encrypt(&browser.keys(), text.as_bytes(), &*self.keeper.entropy)?,
            ttl: KEPT,
            urgent,
            topic: topic.to_owned(),
        };
        match self.runtime.block_on(send(allowed, &place, &message))? {
            Answer::Taken => self.keeper.db.write_apart_wait("push.sent", move |tx| store::sent(tx, id, now)),
            Answer::Gone => self.forget(&browser),
            Answer::Later => Err(Error::internal("the push service asks to come later")),
            Answer::Refused(status) => {
                tracing::warn!(host = place.host, %status, "a push service refuses a message for good");
                Ok(())
            }
        }
    }

    fn forget(&self, browser: &Browser) -> Result<()> {
        let id = browser.id;
        self.keeper.db.write_apart_wait("push.gone", move |tx| store::gone(tx, id))
    }
}

/// What the browser shows: number and reason, and only where administrators want it the title, never of what is
/// confidential.
fn words(letter: &Letter, titles: bool) -> String {
    let t = &letter.t;
    let Some(last) = letter.lines.last() else { return String::new() };
    let tickets: std::collections::BTreeSet<_> = letter.lines.iter().map(|line| line.ticket).collect();
    let (title, body, url, tag) = if tickets.len() == 1 {
        let title = format!("{}: {}", last.number, t.msg(last.reason.label()));
        let body = if titles && !last.confidential { ui::excerpt(&last.title, TITLE) } else { String::new() };
        (title, body, format!("/t/{}", last.ticket), format!("t{}", last.ticket))
    } else {
        let count = i64::try_from(tickets.len()).unwrap_or(i64::MAX);
        (t.count("notify-push-several", count), String::new(), "/inbox".to_owned(), "desk".to_owned())
    };
    serde_json::json!({"title": title, "body": body, "url": url, "tag": tag, "lang": t.tag()}).to_string()
}
