//! One effect per key: the key, the digest of the request and the result are written in the
//! transaction of the action itself, so a repeat meets either nothing or the whole truth.

use db::{Tx, is_unique, params, sql};
use kernel::{Error, ErrorKind, Result, Time};
use serde::{Serialize, de::DeserializeOwned};

/// A client's key for one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestKey {
    /// The person or token owner the key belongs to.
    pub actor: i64,
    /// The route or action the key was sent to.
    pub action: &'static str,
    pub key: String,
    /// A digest of what was asked; the same key with another digest is an error.
    pub digest: String,
}

/// Runs an action once per key; a repeat gets the first result. The flag says whether it was one.
///
/// # Errors
/// What the action answers (nothing is kept then), or 422 when the key was used for another request.
pub fn once<T: Serialize + DeserializeOwned>(
    tx: &mut Tx<'_>,
    key: Option<&RequestKey>,
    now: Time,
    action: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<(T, bool)> {
    let Some(key) = key else { return action(tx).map(|result| (result, false)) };
    let earlier = tx.first(
        sql!((String, String), "SELECT digest, result FROM idempotency WHERE actor_id = $1 AND action = $2 AND request_key = $3"),
        &params![key.actor, key.action, &key.key],
    )?;
    if let Some((digest, result)) = earlier {
        if digest != key.digest {
            return Err(Error::new(ErrorKind::Invalid, "error-idempotency-key"));
        }
        return Ok((serde_json::from_str(&result).map_err(Error::internal)?, true));
    }
    let result = action(tx)?;
    let text = serde_json::to_string(&result).map_err(Error::internal)?;
    let kept = tx.exec(
        sql!("INSERT INTO idempotency (actor_id, action, request_key, digest, result, created_at) VALUES ($1, $2, $3, $4, $5, $6)"),
        &params![key.actor, key.action, &key.key, &key.digest, text, now],
    );
    if let Err(error) = kept {
        // The same key won in another transaction: run again, and find its result.
        return Err(if is_unique(&error) { tx.run_again("the same key at the same time") } else { error });
    }
    Ok((result, false))
}

/// Forgets keys older than a moment; at most 200 in one go.
///
/// # Errors
/// The database refuses.
pub fn forget_before(tx: &mut Tx<'_>, before: Time) -> Result<u64> {
    tx.exec(
        sql!(
            "DELETE FROM idempotency WHERE (actor_id, action, request_key) IN \
             (SELECT actor_id, action, request_key FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT 200)"
        ),
        &params![before],
    )
}
