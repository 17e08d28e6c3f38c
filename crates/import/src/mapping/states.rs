//! States that a file needs and the kind does not have.

use settings::Texts;
use ticket::catalogue::{Taker, TransitionDef};
use ticket::{Category, KindDef, StateDef};

use super::node::{Node, Said};

/// A state that the import adds to the kind of the tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraState {
    pub key: Said,
    pub category: Category,
    pub names: Texts,
    pub portal: Texts,
    /// The state whose ways in and out it shares, so that an imported ticket can be worked on.
    pub like: Said,
}

impl ExtraState {
    pub(super) fn read(node: Node<'_>) -> Self {
        node.only(&["key", "category", "names", "portal", "like"]);
        let words: Vec<(&str, Category)> = Category::ALL.iter().map(|c| (c.key(), *c)).collect();
        let category = node.choice("category", &words);
        if !node.has("category") {
            node.wrong(node.line, "category is missing");
        }
        let key = node.needed("key");
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if key.text.is_empty() || !key.text.bytes().all(fits) {
            node.wrong(key.line, "key: small letters, digits and _ make a state's key");
        }
        if !node.has("names") {
            node.wrong(node.line, "names is missing");
        }
        let names = texts(node, "names").unwrap_or_default();
        let portal = texts(node, "portal").unwrap_or_else(|| names.clone());
        Self { key, category: category.unwrap_or(Category::Active), names, portal, like: node.needed("like") }
    }
}

fn texts(node: Node<'_>, key: &str) -> Option<Texts> {
    let node = node.table(key)?;
    node.only(&["en", "es", "ru"]);
    let text = |lang: &str| node.text(lang).map(|said| said.text);
    Some(Texts { en: node.needed("en").text, es: text("es"), ru: text("ru") })
}

/// The kind with the states added that it lacks; the same steps lead to a new state as to the one it
/// is like, for staff, and the same out of it.
pub fn extended(kind: &KindDef, extra: &[ExtraState]) -> KindDef {
    let mut out = kind.clone();
    for state in extra.iter().filter(|state| kind.state(&state.key.text).is_none()) {
        let requires = kind.state(&state.like.text).map(|model| model.requires.clone()).unwrap_or_default();
        out.states.push(StateDef {
            key: state.key.text.clone(),
            category: state.category,
            fields: Vec::new(),
            leaving: Vec::new(),
            requires,
            names: state.names.clone(),
            portal: state.portal.clone(),
        });
        for step in &kind.transitions {
            if step.to == state.like.text && step.by.contains(&Taker::Staff) {
                out.transitions.push(TransitionDef { to: state.key.text.clone(), by: vec![Taker::Staff], ..step.clone() });
            }
            if step.from == state.like.text {
                out.transitions.push(TransitionDef { from: state.key.text.clone(), ..step.clone() });
            }
        }
        if state.category.is_open() {
            let step = |from: &str, to: &str| TransitionDef {
                from: from.to_owned(),
                to: to.to_owned(),
                verb: "ticket.work".to_owned(),
                by: vec![Taker::Staff],
                roles: Vec::new(),
            };
            out.transitions.push(step(&state.like.text, &state.key.text));
            out.transitions.push(step(&state.key.text, &state.like.text));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extra(key: &str, category: Category, like: &str) -> ExtraState {
        let said = |text: &str| Said { text: text.to_owned(), line: 1 };
        ExtraState { key: said(key), category, names: Texts::same(key), portal: Texts::same(key), like: said(like) }
    }

    #[test]
    fn a_kind_with_more_states_is_still_a_sound_graph() {
        let catalogue = ticket::Catalogue::delivered().expect("readable");
        let incident = catalogue.kind(kernel::Id::new(0), "incident").expect("delivered");
        let more = [
            extra("queued", Category::Active, "open"),
            extra("in_call", Category::Resolved, "solved"),
            extra("open", Category::Active, "open"),
        ];
        let kind = extended(incident, &more);
        kind.check().expect("sound");
        assert_eq!(kind.states.len(), incident.states.len() + 2, "one is there already");
        let reopening = kind.transition("solved", "queued").expect("the desk may put it into the queue again");
        assert_eq!(reopening.by, [Taker::Staff], "its requester reopens into one state only");
        assert!(kind.transition("in_call", "open").is_some_and(|t| t.by.contains(&Taker::Requester)));
        assert!(kind.transition("open", "queued").is_some() && kind.transition("queued", "open").is_some());
    }
}
