//! Taking secrets out of what somebody writes, before anybody else reads it, and keeping them sealed.

use db::Tx;
use events::Act;
use kernel::{MessageId, Result, TicketId};
use settings::field::{FieldType, Value, property};

use crate::custom::Custom;
use crate::rules::secrets::{SecretKind, SecretPolicy, SecretRule, find};
use crate::sealing::Sealer;
use crate::store::secret::{self as rows, Field, Secret};
use crate::{Catalogue, Frame, Ticket};

/// Secrets kept of one text at most; what is more is masked all the same.
const MOST: usize = 50;

/// A text as it is stored, with what was found in it.
#[derive(Debug, Clone)]
pub struct Checked {
    pub text: String,
    pub found: Vec<Found>,
}

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub kind: SecretKind,
    pub shown: String,
    /// What was taken out; nothing when it stands there.
    pub taken: Option<String>,
}

/// Where the text stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Message(MessageId),
    Title,
    Report,
    /// A custom field, by its key.
    Custom(String),
}

/// Looks for secrets and takes out what the policy masks; with `unmasked` nothing, as its author was told
/// and wants it to stand there.
pub fn check(policy: &SecretPolicy, text: String, unmasked: bool) -> Checked {
    let mut left = String::new();
    let mut after = 0;
    let mut found = Vec::new();
    for secret in find(&text) {
        let rule = policy.of(secret.kind);
        if rule == SecretRule::Off {
            continue;
        }
        let (shown, original) = (secret.shown(&text), text.get(secret.place.clone()).unwrap_or_default().to_owned());
        let taken = (rule == SecretRule::Mask && !unmasked).then_some(original);
        if taken.is_some() {
            left.push_str(text.get(after..secret.place.start).unwrap_or_default());
            left.push_str(&shown);
            after = secret.place.end;
        }
        found.push(Found { kind: secret.kind, shown, taken });
    }
    if after == 0 {
        return Checked { text, found };
    }
    left.push_str(text.get(after..).unwrap_or_default());
    Checked { text: left, found }
}

/// For which place a secret is sealed.
pub(crate) fn sealed_for(ticket: TicketId, place: i64) -> String {
    format!("{ticket}/{place}")
}

/// Takes secrets out of custom fields that somebody filled with words; answers what was found, by field.
pub(crate) fn check_customs<'c>(
    policy: &SecretPolicy,
    customs: impl Iterator<Item = &'c mut Custom>,
    unmasked: bool,
) -> Vec<(Place, Checked)> {
    let mut found = Vec::new();
    for custom in customs.filter(|custom| matches!(custom.ty, FieldType::Text | FieldType::LongText)) {
        let text = if let Some(Value::Text(text)) = &custom.to { text.clone() } else { String::new() };
        let checked = check(policy, text, unmasked);
        if custom.to.is_some() {
            custom.to = Some(Value::Text(checked.text.clone()));
        }
        found.push((Place::Custom(custom.key.clone()), checked));
    }
    found
}

/// Whether a reader may know of a secret: not of one in a custom field that they may not read.
pub fn knows(frame: Frame<'_>, catalogue: &Catalogue, ticket: &Ticket, inner: bool, secret: &Secret) -> bool {
    let Some(key) = &secret.key else { return true };
    let property = property(key);
    let reads = inner || catalogue.fields().open().contains(&property);
    reads && !frame.actor.hidden_in(access::Object::Ticket, ticket.tenant).contains(property.as_str())
}

/// Forgets what was found in a text that another one follows.
pub(crate) fn forget(tx: &mut Tx<'_>, ticket: TicketId, place: &Place) -> Result<()> {
    match place {
        Place::Message(_) => Ok(()),
        Place::Title => rows::forget_field(tx, ticket, Field::Title),
        Place::Report => rows::forget_field(tx, ticket, Field::Report),
        Place::Custom(key) => rows::forget_custom(tx, ticket, key),
    }
}

/// Says what stands in a message that came as it is, by an import: nothing is taken out.
///
/// # Errors
/// The database refuses.
pub fn tell(tx: &mut Tx<'_>, act: &Act, ticket: &Ticket, message: MessageId, policy: &SecretPolicy, body: &str) -> Result<()> {
    put(tx, (act, None), ticket, &Place::Message(message), &check(policy, body.to_owned(), true))
}

/// Keeps what was found in a text of a ticket.
pub(crate) fn keep(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, place: &Place, checked: &Checked) -> Result<()> {
    put(tx, (frame.act, frame.desk.sealer()), ticket, place, checked)
}

fn put(tx: &mut Tx<'_>, (act, sealer): (&Act, Option<&Sealer>), ticket: &Ticket, place: &Place, checked: &Checked) -> Result<()> {
    let (field, message, key) = match place {
        Place::Message(id) => (Field::Message, Some(*id), None),
        Place::Title => (Field::Title, None, None),
        Place::Report => (Field::Report, None, None),
        Place::Custom(key) => (Field::Custom, None, Some(key)),
    };
    for found in checked.found.iter().take(MOST) {
        let number = rows::next(tx, ticket.id)?;
        let sealed = match (&found.taken, sealer) {
            (Some(original), Some(sealer)) => Some(sealer.seal(&*act.entropy, &sealed_for(ticket.id, number), original)?),
            _ => None,
        };
        let secret = Secret {
            ticket: ticket.id,
            place: number,
            field,
            message,
            key: key.cloned(),
            kind: found.kind,
            shown: found.shown.clone(),
            masked: found.taken.is_some(),
            kept: sealed.is_some(),
        };
        rows::insert(tx, ticket.tenant, &secret, sealed.as_deref(), act.now)?;
    }
    Ok(())
}

/// Forgets what was found in a message and does not stand in its text any more.
pub(crate) fn tidy(tx: &mut Tx<'_>, message: MessageId, body: &str) -> Result<()> {
    let there = find(body);
    for secret in rows::of_message(tx, message)? {
        let stays = if secret.masked { body.contains(&secret.shown) } else { there.iter().any(|found| found.kind == secret.kind) };
        if !stays {
            rows::forget(tx, secret.ticket, secret.place)?;
        }
    }
    Ok(())
}
