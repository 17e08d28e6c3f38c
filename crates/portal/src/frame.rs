//! The frame of a portal page.

use ui::{Chrome, HelpContact};
use web_kit::Side;

use crate::guest::Guest;

/// The frame, with the way to people on every page and live updates.
pub fn frame(guest: &Guest, title: impl Into<String>) -> Chrome {
    let mut chrome = guest.viewer.chrome(&guest.app, Side::Portal, title);
    let may_ask = guest.viewer.actor.may_anywhere(access::Verb::TicketCreate);
    chrome.live = Some("/events".to_owned());
    chrome.create = may_ask.then(|| "/new".to_owned());
    chrome.help = may_ask.then(|| HelpContact { text: guest.t().msg("portal-help").into_owned(), href: "/new".to_owned() });
    if guest.viewer.actor.is_staff() {
        // Without this their way home would lead to the desk.
        chrome.nav.iter_mut().filter(|item| item.href == "/").for_each(|item| item.href = "/?portal=1".to_owned());
    }
    chrome
}
