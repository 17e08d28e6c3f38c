//! What the address of a list may say.

use serde::Deserialize;

use ticket::store::view::View;

use crate::views::{self, Lists};
use crate::words::address;

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    /// The list one is in: the key of a delivered one or an id.
    pub v: Option<String>,
    /// The filter; without it that of the list.
    pub q: Option<String>,
    /// The filter so far, to which `q` adds: how the box is sent.
    pub with: Option<String>,
    /// Column keys.
    pub c: Option<String>,
    pub cursor: Option<String>,
    /// The cursor is one of the full text.
    pub full: Option<String>,
    /// Rows wanted: a list that was read on is renewed as long as it is.
    pub rows: Option<u32>,
    /// The filter is shown as text.
    pub edit: Option<String>,
}

impl Ask {
    /// Neither a list nor a filter is asked for: the day begins.
    pub fn is_landing(&self) -> bool {
        self.v.is_none() && self.q.is_none() && self.cursor.is_none()
    }

    /// The list one is in, and the filter that counts: the one asked for, else that of the list.
    pub fn filter(&self, lists: &Lists) -> (Option<View>, String) {
        let handle = self.v.as_deref().or(if self.q.is_none() { Some(views::FIRST) } else { None });
        let current = handle.and_then(|handle| views::find(&lists.all, handle)).cloned();
        let text = self.q.clone().or_else(|| current.as_ref().map(|view| view.query.clone())).unwrap_or_default();
        (current, text)
    }

    /// The one address of what the filter box sent.
    pub fn canonical(&self) -> Option<String> {
        let with = self.with.as_deref()?.trim();
        let added = self.q.as_deref().unwrap_or_default().trim();
        // A number leads to its ticket, whatever the filter was.
        let all = if crate::words::read_number(added).is_some() { added.to_owned() } else { joined(with, added) };
        let mut place = address("/desk/tickets", &[("v", self.v.as_deref().unwrap_or_default())]);
        place.push_str(if place.contains('?') { "&q=" } else { "?q=" });
        crate::words::encode(&mut place, &all);
        Some(address(&place, &[("c", self.c.as_deref().unwrap_or_default())]))
    }
}

/// Both filters at once. An order that was asked for stays last, as people write it.
fn joined(with: &str, added: &str) -> String {
    match (with, added) {
        ("", one) | (one, "") => one.to_owned(),
        (with, added) => {
            let added = fresh(with, added);
            match with.rsplit_once("sort:") {
                _ if added.is_empty() => with.to_owned(),
                Some((filter, order)) if !order.contains([' ', '"', ')']) => format!("{}{added} sort:{order}", spaced(filter)),
                _ => format!("{}{added}", spaced(with)),
            }
        }
    }
}

/// What is added without the conditions that hold already. Only lists of plain conditions are read this
/// way: where there are alternatives, brackets or quotes, the same word may mean something else.
fn fresh(with: &str, added: &str) -> String {
    let plain = |text: &str| !text.contains(['"', '(', ')']) && text.split_whitespace().all(|word| word != "OR");
    if !plain(with) || !plain(added) {
        return added.to_owned();
    }
    let known: Vec<&str> = with.split_whitespace().collect();
    added.split_whitespace().filter(|word| !known.contains(word)).collect::<Vec<_>>().join(" ")
}

/// In front of another term: alternatives are held together.
fn spaced(filter: &str) -> String {
    let filter = filter.trim();
    match filter {
        "" => String::new(),
        _ if filter.split_whitespace().any(|word| word == "OR") => format!("({filter}) "),
        _ => format!("{filter} "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_adds_to_the_chips() {
        assert_eq!(joined("is:open sort:-updated", "vpn"), "is:open vpn sort:-updated");
        assert_eq!(joined("a OR b", "c"), "(a OR b) c");
        assert_eq!(joined("", "c"), "c");
        assert_eq!(joined("is:open", ""), "is:open");
        assert_eq!(joined("sort:-updated", "c"), "c sort:-updated");
        assert_eq!(joined("is:open is:mine sort:-updated", "is:mine vpn is:open"), "is:open is:mine vpn sort:-updated");
        assert_eq!(joined("is:open is:mine", "is:open is:mine"), "is:open is:mine");
        assert_eq!(joined("a OR b", "a"), "(a OR b) a");
        let ask = Ask { with: Some("is:open".into()), q: Some("INC-7".into()), ..Ask::default() };
        assert_eq!(ask.canonical().as_deref(), Some("/desk/tickets?q=INC-7"));
    }
}
