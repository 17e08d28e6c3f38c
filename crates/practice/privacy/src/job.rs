//! Going through the tickets of an erased person, one write each.

use std::collections::BTreeSet;
use std::sync::Arc;

use db::Tx;
use events::{Act, Cause, Draft, Handlers, Job, Visibility, append};
use kernel::{Error, PersonId, Result, TicketId};
use serde::{Deserialize, Serialize};
use settings::field::{FieldSet, FieldType, Object};
use settings::values;
use ticket::erasing;
use ticket::jobs::Workshop;

use crate::store;

/// The kind of the job.
pub(crate) const ERASE: &str = "person.erase";
/// Tickets read at a time.
const CHUNK: i64 = 50;

/// Whose texts go.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Work {
    pub person: PersonId,
}

#[derive(Serialize)]
struct Done {
    tickets: i64,
    messages: i64,
    texts: i64,
    files: i64,
}

/// Adds the handler of this slice.
#[must_use]
pub fn handlers(handlers: Handlers, shop: &Workshop) -> Handlers {
    let shop = shop.clone();
    handlers.on(ERASE, move |job| run(&shop, job))
}

/// Erases what a person wrote, ticket by ticket.
///
/// # Errors
/// The database refuses; what is gone stays gone, and the next run goes on.
pub fn run(shop: &Workshop, job: &Job) -> Result<()> {
    let Work { person } = serde_json::from_str(&job.payload).map_err(Error::internal)?;
    let ids = shop.db.read_wait("erase.same", move |rd| store::same(rd, person))?;
    for one in ids {
        let mut after = TicketId::new(0);
        loop {
            let tickets = shop.db.read_wait("erase.tickets", move |rd| store::tickets(rd, one, after, CHUNK))?;
            let Some(last) = tickets.last() else { break };
            after = *last;
            for ticket in tickets {
                // What is too much for one write takes several.
                let mut first = true;
                while erase_some(shop, (person, one), ticket, first)? {
                    first = false;
                }
            }
        }
    }
    for one in shop.db.read_wait("erase.same", move |rd| store::same(rd, person))? {
        named(shop, person, one)?;
    }
    let act = act(shop);
    shop.db.write_bulk_reserved_wait("erase.done", move |tx| finish(tx, &act, person))
}

fn act(shop: &Workshop) -> Act {
    Act::system(shop.clock.now(), Cause::Schedule { name: "erasure".to_owned() }, Arc::clone(&shop.entropy))
}

/// Empties the custom fields that name somebody: those of tickets with an event, the others beside the record.
fn named(shop: &Workshop, erased: PersonId, one: PersonId) -> Result<()> {
    let set = shop.db.read_wait("erase.fields", FieldSet::load)?;
    for object in [Object::Ticket, Object::Person, Object::Organisation, Object::Service] {
        let keys: BTreeSet<String> = set.keys(object, FieldType::Person);
        for key in keys {
            let mut after = 0;
            loop {
                let of = key.clone();
                let found = shop.db.read_wait("erase.naming", move |rd| values::naming(rd, object, &of, one.raw(), after, CHUNK))?;
                let Some(last) = found.last() else { break };
                after = *last;
                if object == Object::Ticket {
                    for ticket in found {
                        let mut first = true;
                        while erase_some(shop, (erased, one), TicketId::new(ticket), first)? {
                            first = false;
                        }
                    }
                    continue;
                }
                let of = key.clone();
                shop.db.write_bulk_reserved_wait("erase.named", move |tx| {
                    found.iter().try_for_each(|id| values::put(tx, 0, object, *id, &of, None))
                })?;
            }
        }
    }
    Ok(())
}

/// Erases a part of what somebody wrote on a ticket; answers whether there was any.
fn erase_some(shop: &Workshop, (erased, author): (PersonId, PersonId), ticket: TicketId, first: bool) -> Result<bool> {
    let act = act(shop);
    shop.db.write_bulk_reserved_wait("erase.ticket", move |tx| {
        // What stood in a field before it got another type may be theirs: the way back to it goes with it.
        settings::changes::forget(tx, Object::Ticket, ticket.raw())?;
        let gone = erasing::erase(tx, &act, ticket, author)?;
        if !gone.is_empty() {
            store::count(tx, erased, first, (gone.messages.len(), gone.texts.len() + gone.fields.len(), gone.files.len()))?;
        }
        Ok(!gone.is_empty())
    })
}

fn finish(tx: &mut Tx<'_>, act: &Act, person: PersonId) -> Result<()> {
    if !store::finish(tx, person, act.now)? {
        return Ok(());
    }
    let done = store::erasure(tx, person)?.ok_or_else(Error::not_found)?;
    let tenant = party::store::person::get(tx, person)?.tenant.raw();
    let payload = Done { tickets: done.tickets, messages: done.messages, texts: done.texts, files: done.files };
    let draft = Draft {
        tenant,
        object: "person",
        object_id: person.raw(),
        kind: "person.erasure_done",
        visibility: Visibility::Administrative,
        payload: &payload,
    };
    append(tx, act, &draft).map(drop)
}
