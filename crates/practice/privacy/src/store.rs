//! All queries of erasure, which goes through the tables of every crate below the slices.

use db::{Rd, Tx, params, sql};
use kernel::{PersonId, Result, TicketId, Time};
use party::TenantId;
use party::store::{address, person};
use settings::field::Object;

db::row! {
    /// An erasure that was begun.
    pub struct Erasure {
        pub begun: Time,
        pub begun_by: i64,
        pub finished: Option<Time>,
        pub tickets: i64,
        pub messages: i64,
        pub texts: i64,
        pub files: i64,
    }
}

/// That of a person, if it was begun.
pub(crate) fn erasure(rd: &mut Rd<'_>, person: PersonId) -> Result<Option<Erasure>> {
    rd.first(
        sql!(Erasure, "SELECT begun_at, begun_by, finished_at, tickets, messages, texts, files FROM person_erasure WHERE person_id = $1"),
        &params![person],
    )
}

/// Writes down that one begins; answers whether it is the first.
pub(crate) fn begin(tx: &mut Tx<'_>, person: PersonId, tenant: TenantId, by: i64, reason: &str, now: Time) -> Result<bool> {
    let made = tx.exec(
        sql!(
            "INSERT INTO person_erasure (person_id, tenant_id, reason, begun_at, begun_by, finished_at, tickets, messages, texts, files) \
             VALUES ($1, $2, $3, $4, $5, NULL, 0, 0, 0, 0) ON CONFLICT (person_id) DO NOTHING"
        ),
        &params![person, tenant, reason, now, by],
    )?;
    Ok(made > 0)
}

/// Adds what went with one ticket.
pub(crate) fn count(tx: &mut Tx<'_>, person: PersonId, first: bool, (messages, texts, files): (usize, usize, usize)) -> Result<()> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    tx.exec(
        sql!(
            "UPDATE person_erasure SET tickets = tickets + $2, messages = messages + $3, texts = texts + $4, files = files + $5 WHERE person_id = $1"
        ),
        &params![person, first, number(messages), number(texts), number(files)],
    )?;
    Ok(())
}

/// Writes down that it is done; answers whether it was not before.
pub(crate) fn finish(tx: &mut Tx<'_>, person: PersonId, now: Time) -> Result<bool> {
    let done =
        tx.exec(sql!("UPDATE person_erasure SET finished_at = $2 WHERE person_id = $1 AND finished_at IS NULL"), &params![person, now])?;
    Ok(done > 0)
}

/// The person and those who were merged into them.
pub(crate) fn same(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<PersonId>> {
    rd.all(sql!(PersonId, "SELECT id FROM person WHERE id = $1 OR redirect_id = $1 ORDER BY id LIMIT 100"), &params![person])
}

/// Tickets that hold something that a person wrote or that they registered, after one.
pub(crate) fn tickets(rd: &mut Rd<'_>, person: PersonId, after: TicketId, limit: i64) -> Result<Vec<TicketId>> {
    rd.all(
        sql!(
            TicketId,
            "SELECT id FROM (\
             SELECT id FROM ticket WHERE created_by = $1 \
             UNION SELECT id FROM ticket WHERE requester_id = $1 \
             UNION SELECT p.ticket_id FROM message m JOIN placement p ON p.message_id = m.id WHERE m.author_id = $1 \
             UNION SELECT ticket_id FROM attachment WHERE uploaded_by = $1 \
             UNION SELECT object_id FROM event WHERE actor_id = $1 AND actor_kind = 'person' AND object = 'ticket'\
             ) AS theirs WHERE id > $2 ORDER BY id LIMIT $3"
        ),
        &params![person, after, limit],
    )
}

/// How much there is: tickets they registered, messages they wrote, files they added.
pub(crate) fn amount(rd: &mut Rd<'_>, person: PersonId) -> Result<(i64, i64, i64)> {
    let tickets = rd.one(sql!(i64, "SELECT count(*) FROM ticket WHERE created_by = $1 OR requester_id = $1"), &params![person])?;
    let messages = rd.one(
        sql!(i64, "SELECT count(*) FROM message m JOIN message_body b ON b.message_id = m.id WHERE m.author_id = $1"),
        &params![person],
    )?;
    let files = rd.one(sql!(i64, "SELECT count(*) FROM attachment WHERE uploaded_by = $1"), &params![person])?;
    Ok((tickets, messages, files))
}

/// How many ways to reach a person, organisations, teams and roles there are.
pub(crate) fn ties(rd: &mut Rd<'_>, person: PersonId) -> Result<(i64, i64, i64, i64)> {
    let addresses = rd.one(sql!(i64, "SELECT count(*) FROM person_address WHERE person_id = $1"), &params![person])?;
    let organisations = rd.one(sql!(i64, "SELECT count(*) FROM membership WHERE person_id = $1"), &params![person])?;
    let teams = rd.one(sql!(i64, "SELECT count(*) FROM team_member WHERE person_id = $1"), &params![person])?;
    let roles = rd.one(sql!(i64, "SELECT count(*) FROM role_grant WHERE person_id = $1"), &params![person])?;
    Ok((addresses, organisations, teams, roles))
}

/// Empties what is known of a person; the record stays, because tickets and events name it. That they
/// are no longer active ends their sessions, links and tokens by a trigger.
pub(crate) fn empty(tx: &mut Tx<'_>, id: PersonId, name: &str, now: Time) -> Result<()> {
    imports(tx, id)?;
    tx.exec(sql!("DELETE FROM person_address WHERE person_id = $1"), &params![id])?;
    tx.exec(
        sql!("UPDATE membership SET role_title = '', to_at = CASE WHEN to_at > $2 AND from_at <= $2 THEN $2 ELSE to_at END WHERE person_id = $1"),
        &params![id, now],
    )?;
    tx.exec(sql!("DELETE FROM team_member WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM role_grant WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM preference WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM draft WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM upload WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("UPDATE bulk SET wanted = '{}' WHERE person_id = $1 AND state IN ('done', 'undone')"), &params![id])?;
    tx.exec(sql!("UPDATE seeing SET reason = '' WHERE person_id = $1 OR seen_id = $1"), &params![id])?;
    crate::export::store::forget(tx, id)?;
    settings::values::forget(tx, Object::Person, id.raw())?;
    tx.exec(sql!("DELETE FROM ticket_view WHERE owner_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM ticket_seen WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM notice WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM notice_mute WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM notify_preference WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM notify_outbox WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM push_subscription WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM ticket_view_place WHERE person_id = $1"), &params![id])?;
    tx.exec(sql!("UPDATE team SET lead_id = NULL WHERE lead_id = $1"), &params![id])?;
    tx.exec(sql!("UPDATE service SET owner_id = NULL WHERE owner_id = $1"), &params![id])?;
    tx.exec(
        sql!("UPDATE import_party SET key = 'erased ' || CAST(object_id AS TEXT) WHERE object = 'person' AND object_id = $1"),
        &params![id],
    )?;
    tx.exec(sql!("DELETE FROM import_change WHERE object = 'person' AND object_id = $1"), &params![id])?;
    account(tx, id, now)?;
    let row = person::get(tx, id)?;
    if row.active {
        person::set_active(tx, id, row.version, false, now)?;
    }
    let row = person::get(tx, id)?;
    person::update(tx, id, row.version, &party::PersonData::named(name), now)
}

/// Takes the words out of imports that name somebody: what a mapping says of them, and what a dry run showed.
fn imports(tx: &mut Tx<'_>, id: PersonId) -> Result<()> {
    let person = person::get(tx, id)?;
    let addresses = address::of_person(tx, id)?.into_iter().map(|address| address.value);
    let words: Vec<String> = addresses.chain([person.name]).filter(|word| !word.is_empty()).collect();
    // Of every tenant: an import of the house may name people of any.
    let mut before = i64::MAX;
    loop {
        let kept = tx.all(
            sql!((i64, String, String), "SELECT id, mapping, dry FROM import_intake WHERE id < $1 ORDER BY id DESC LIMIT 100"),
            &params![before],
        )?;
        let Some((last, ..)) = kept.last() else { return Ok(()) };
        before = *last;
        for (intake, mapping, dry) in kept {
            unnamed(tx, id, &words, intake, &mapping, dry)?;
        }
    }
}

/// One import without these words. Each becomes another one: a table of a mapping has no key twice.
fn unnamed(tx: &mut Tx<'_>, id: PersonId, words: &[String], intake: i64, mapping: &str, dry: String) -> Result<()> {
    let words = || words.iter().enumerate();
    let without = words().fold(mapping.to_owned(), |text, (at, word)| {
        let quoted = serde_json::Value::from(word.as_str()).to_string();
        text.replace(&quoted, &format!("\"erased {id}.{at}\""))
    });
    let shown = words().any(|(_, word)| dry.contains(word.as_str()));
    if without != mapping || shown {
        let dry = if shown { String::new() } else { dry };
        tx.exec(
            sql!("UPDATE import_intake SET mapping = $2, dry = $3, version = version + 1 WHERE id = $1"),
            &params![intake, without, dry],
        )?;
    }
    Ok(())
}

fn account(tx: &mut Tx<'_>, person: PersonId, now: Time) -> Result<()> {
    tx.exec(sql!("DELETE FROM identity WHERE account_id IN (SELECT id FROM account WHERE person_id = $1)"), &params![person])?;
    tx.exec(sql!("UPDATE api_token SET name = '' WHERE account_id IN (SELECT id FROM account WHERE person_id = $1)"), &params![person])?;
    tx.exec(
        sql!(
            "UPDATE account SET active = 0, password_hash = NULL, login = 'erased ' || CAST(id AS TEXT), login_key = 'erased ' || CAST(id AS TEXT), \
             version = version + 1, updated_at = $2 WHERE person_id = $1"
        ),
        &params![person, now],
    )?;
    Ok(())
}
