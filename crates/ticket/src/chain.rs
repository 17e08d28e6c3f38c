//! The texts of tickets for the audit chain: bodies of messages, and what people wrote beside events.

use std::collections::{BTreeSet, HashMap};

use db::Rd;
use events::chain::{Digest, Text, Texts};
use kernel::Result;

use crate::events::{Change, OBJECT, TicketEvent, Worth};
use crate::store;

/// The body of a message.
pub const MESSAGE: &str = "message";
/// A title, a report, a tag.
pub const TEXT: &str = "text";

/// Knows which texts the events of tickets speak of.
#[derive(Debug, Clone, Copy)]
pub struct TicketTexts;

impl Texts for TicketTexts {
    fn named(&self, object: &str, payload: &str) -> Vec<Text> {
        if object != OBJECT {
            return Vec::new();
        }
        let text = |id: kernel::TextId| Text { kind: TEXT, id: id.raw() };
        match serde_json::from_str(payload) {
            Ok(TicketEvent::Message { message, .. }) => vec![Text { kind: MESSAGE, id: message.raw() }],
            Ok(TicketEvent::Tagged { tag } | TicketEvent::Untagged { tag }) => vec![text(tag)],
            // The words of a hand-over come last: older links end before them.
            Ok(TicketEvent::Changed { changes, handover, .. }) => {
                let words = handover.and_then(|handover| handover.words).map(text);
                changes.iter().flat_map(worths).chain(words).collect()
            }
            Ok(TicketEvent::Erased { messages, texts, .. }) => {
                let messages = messages.into_iter().map(|id| Text { kind: MESSAGE, id: id.raw() });
                messages.chain(texts.into_iter().map(text)).collect()
            }
            Ok(TicketEvent::Revealed { reason, .. } | TicketEvent::Unsealed { reason, .. }) => vec![text(reason)],
            Ok(TicketEvent::Task { title, answer, .. }) => [text(title)].into_iter().chain(answer.map(text)).collect(),
            Ok(TicketEvent::Timed { comment, .. }) => comment.map(text).into_iter().collect(),
            Ok(TicketEvent::Redacted { messages, texts, reason, .. }) => {
                let messages = messages.into_iter().map(|id| Text { kind: MESSAGE, id: id.raw() });
                messages.chain(texts.into_iter().chain([reason]).map(text)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn digests(&self, rd: &mut Rd<'_>, texts: &[Text]) -> Result<HashMap<Text, Digest>> {
        let ids = |kind: &str| texts.iter().filter(|text| text.kind == kind).map(|text| text.id).collect::<BTreeSet<i64>>();
        let mut found = HashMap::new();
        for (kind, rows) in [(MESSAGE, store::chain::messages(rd, &ids(MESSAGE))?), (TEXT, store::chain::texts(rd, &ids(TEXT))?)] {
            for (id, body, salt) in rows {
                let text = Text { kind, id };
                found.insert(text, text.digest(&salt, &body));
            }
        }
        Ok(found)
    }
}

fn worths(change: &Change) -> impl Iterator<Item = Text> {
    [&change.from, &change.to].into_iter().filter_map(|worth| match worth {
        Worth::Text(id) => Some(Text { kind: TEXT, id: id.raw() }),
        Worth::None | Worth::Number(_) | Worth::Key(_) | Worth::Person(_) => None,
    })
}
