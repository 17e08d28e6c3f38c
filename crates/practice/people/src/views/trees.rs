//! Pages of services and locations: trees and their forms.

use std::collections::BTreeSet;

use askama::Template;
use i18n::T;
use ui::{Choice, Chrome, FormErrors};

use crate::web::{Conflict, Fields};

/// A node of a tree as a row: those below it follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub id: i64,
    pub parent: Option<i64>,
    pub name: String,
    /// Beside the name: a key, an address.
    pub note: String,
    /// A badge: its words and its tone; empty for none.
    pub badge: (String, &'static str),
    /// Who answers for it, or the time zone.
    pub end: String,
    /// Whose it is.
    pub place: String,
    pub active: bool,
    /// Levels above it.
    pub depth: usize,
    pub may_edit: bool,
}

/// Brings nodes into the order of a tree: each before those below it, siblings by name. Nodes whose
/// parent is not among them stand at the top.
pub fn arrange(mut nodes: Vec<Node>) -> Vec<Node> {
    nodes.sort_by_cached_key(|node| (kernel::fold(&node.name), node.id));
    let known: BTreeSet<i64> = nodes.iter().map(|node| node.id).collect();
    let mut out = Vec::with_capacity(nodes.len());
    let mut open: Vec<(usize, usize)> =
        (0..nodes.len()).rev().filter(|i| nodes[*i].parent.is_none_or(|p| !known.contains(&p))).map(|i| (i, 0)).collect();
    while let Some((index, depth)) = open.pop() {
        let id = nodes[index].id;
        out.push(Node { depth, ..nodes[index].clone() });
        open.extend((0..nodes.len()).rev().filter(|i| nodes[*i].parent == Some(id)).map(|i| (i, depth + 1)));
    }
    out
}

/// `/admin/services` and `/admin/locations`
#[derive(Template)]
#[template(path = "people/tree.html", blocks = ["main"])]
pub struct TreePage {
    pub t: T,
    pub chrome: Chrome,
    pub nodes: Vec<Node>,
    /// `/admin/services` or `/admin/locations`.
    pub base: &'static str,
    pub icon: &'static str,
    pub texts: TreeTexts,
    pub may_create: bool,
    /// The list as a file, see [`super::export`].
    pub export: String,
    pub q: String,
}

/// The words of a tree.
pub struct TreeTexts {
    pub new: String,
    pub empty: String,
    pub search: String,
    pub end: String,
}

/// `/admin/services/new` and `/admin/services/{id}`
#[derive(Template)]
#[template(path = "people/service.html", blocks = ["main"])]
pub struct ServicePage {
    pub t: T,
    pub chrome: Chrome,
    pub id: Option<i64>,
    pub key: String,
    pub place: String,
    pub states: Vec<Choice>,
    pub impacts: Vec<Choice>,
    pub tenants: Vec<Choice>,
    pub typed: Fields,
    pub errors: FormErrors,
    pub conflict: Option<Conflict>,
    pub hidden: BTreeSet<String>,
    pub may_edit: bool,
}

/// `/admin/locations/new` and `/admin/locations/{id}`
#[derive(Template)]
#[template(path = "people/location.html", blocks = ["main"])]
pub struct LocationPage {
    pub t: T,
    pub chrome: Chrome,
    pub id: Option<i64>,
    pub place: String,
    pub zones: Vec<Choice>,
    pub tenants: Vec<Choice>,
    pub typed: Fields,
    pub errors: FormErrors,
    pub conflict: Option<Conflict>,
    pub may_edit: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: i64, parent: Option<i64>, name: &str) -> Node {
        let text = String::new;
        Node {
            id,
            parent,
            name: name.to_owned(),
            note: text(),
            badge: (text(), ""),
            end: text(),
            place: text(),
            active: true,
            depth: 0,
            may_edit: false,
        }
    }

    #[test]
    fn a_tree_is_read_from_the_top_and_loses_nobody() {
        let nodes = vec![
            node(1, None, "Network"),
            node(2, Some(1), "VPN"),
            node(3, None, "E-mail"),
            node(4, Some(1), "Ámbito Wi-Fi"),
            node(5, Some(99), "Orphan"),
        ];
        let order: Vec<(i64, usize)> = arrange(nodes).iter().map(|n| (n.id, n.depth)).collect();
        assert_eq!(order, [(3, 0), (1, 0), (4, 1), (2, 1), (5, 0)]);
    }
}
