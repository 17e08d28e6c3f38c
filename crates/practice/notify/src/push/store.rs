//! All queries of push: the key of the desk and the browsers.

use db::{Rd, Tx, params, sql};
use kernel::{Id, PersonId, Result, Time};

use super::seal::BrowserKeys;

/// The id of a browser that may be pushed to.
pub type BrowserId = Id<BrowserKind>;

/// Its number space.
#[derive(Debug)]
pub enum BrowserKind {}

impl kernel::Kind for BrowserKind {
    const NAME: &'static str = "push_subscription";
}

db::row! {
    /// A browser that may be pushed to.
    pub struct Browser {
        pub id: BrowserId,
        pub endpoint: String,
        pub public: Vec<u8>,
        pub auth: Vec<u8>,
        pub device: String,
        pub made_at: Time,
        pub sent_at: Option<Time>,
    }
}

impl Browser {
    pub fn keys(&self) -> BrowserKeys {
        BrowserKeys { public: self.public.clone(), auth: self.auth.clone() }
    }
}

/// The browsers of a person.
///
/// # Errors
/// The database refuses.
pub fn of_person(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<Browser>> {
    rd.all(
        sql!(
            Browser,
            "SELECT id, endpoint, public_key, auth, device, made_at, sent_at FROM push_subscription WHERE person_id = $1 ORDER BY id LIMIT 50"
        ),
        &params![person],
    )
}

/// Keeps a browser; whoever had it before has it no longer.
///
/// # Errors
/// The database refuses.
pub fn put(tx: &mut Tx<'_>, person: PersonId, endpoint: &str, keys: &BrowserKeys, device: &str, now: Time) -> Result<BrowserId> {
    tx.exec(sql!("DELETE FROM push_subscription WHERE endpoint = $1"), &params![endpoint])?;
    let id = tx.next_id::<BrowserKind>()?;
    tx.exec(
        sql!(
            "INSERT INTO push_subscription (id, person_id, endpoint, public_key, auth, device, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &params![id, person, endpoint, &keys.public[..], &keys.auth[..], device, now],
    )?;
    Ok(id)
}

/// Takes a browser of a person away; `false` when there is none.
///
/// # Errors
/// The database refuses.
pub fn remove(tx: &mut Tx<'_>, person: PersonId, id: BrowserId) -> Result<bool> {
    Ok(tx.exec(sql!("DELETE FROM push_subscription WHERE id = $1 AND person_id = $2"), &params![id, person])? > 0)
}

/// A browser is gone for good.
///
/// # Errors
/// The database refuses.
pub fn gone(tx: &mut Tx<'_>, id: BrowserId) -> Result<()> {
    tx.exec(sql!("DELETE FROM push_subscription WHERE id = $1"), &params![id])?;
    Ok(())
}

/// Notes that something was sent.
///
/// # Errors
/// The database refuses.
pub fn sent(tx: &mut Tx<'_>, id: BrowserId, now: Time) -> Result<()> {
    tx.exec(sql!("UPDATE push_subscription SET sent_at = $2 WHERE id = $1"), &params![id, now])?;
    Ok(())
}

/// The key of the desk as it is kept, if there is one.
///
/// # Errors
/// The database refuses.
pub fn key(rd: &mut Rd<'_>) -> Result<Option<Vec<u8>>> {
    rd.first(sql!(Vec<u8>, "SELECT sealed FROM push_key WHERE id = 1"), &[])
}

/// Keeps a key in place of one that does not open; of two at the same time the first stays.
///
/// # Errors
/// The database refuses.
pub fn put_key(tx: &mut Tx<'_>, before: Option<&[u8]>, sealed: &[u8], now: Time) -> Result<()> {
    if let Some(before) = before {
        // With another key no service takes our messages for these browsers.
        if tx.exec(sql!("DELETE FROM push_key WHERE id = 1 AND sealed = $1"), &params![before])? > 0 {
            tx.exec(sql!("DELETE FROM push_subscription"), &[])?;
        }
    }
    tx.exec(sql!("INSERT INTO push_key (id, sealed, made_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING"), &params![sealed, now])?;
    Ok(())
}
