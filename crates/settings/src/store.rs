//! All queries of configuration objects, and of the values of custom fields.

pub mod change;
pub mod value;

use db::{Rd, Tx, params, sql};
use events::{Act, Draft, Visibility, append};
use kernel::{Error, Result, SettingId, Time, kinds};
use serde::Serialize;

db::row! {
    /// A configuration object as it is now; `data` is JSON.
    pub struct Setting { pub id: SettingId, pub tenant: i64, pub kind: String, pub key: String, pub version: i64, pub data: String }
}

db::row! {
    /// One change of a configuration object.
    pub struct Change { pub version: i64, pub deleted: bool, pub data: String, pub created_at: Time, pub created_by: i64 }
}

#[derive(Serialize)]
struct Changed<'a> {
    kind: &'a str,
    key: &'a str,
    version: i64,
}

/// The stamp of the whole configuration: rises with every change, and is never that of a change that
/// was rolled back.
///
/// # Errors
/// The database refuses.
pub fn stamp(rd: &mut Rd<'_>) -> Result<i64> {
    rd.one(sql!(i64, "SELECT value FROM setting_stamp WHERE id = 1"), &[])
}

/// Says that the configuration is another one now, in the transaction of the change.
///
/// The step is drawn: were it always one, a view that was made inside of a transaction which then
/// failed would pass for that of the next change, which would come to the same stamp.
///
/// # Errors
/// The database refuses.
pub fn touch(tx: &mut Tx<'_>, act: &Act) -> Result<()> {
    let mut drawn = [0_u8; 4];
    act.entropy.fill(&mut drawn);
    let step = 1 + i64::from(u32::from_le_bytes(drawn));
    tx.exec(sql!("UPDATE setting_stamp SET value = value + $1 WHERE id = 1"), &params![step])?;
    Ok(())
}

/// One object.
///
/// # Errors
/// The database refuses.
pub fn get(rd: &mut Rd<'_>, tenant: i64, kind: &str, key: &str) -> Result<Option<Setting>> {
    rd.first(
        sql!(
            Setting,
            "SELECT id, tenant_id, kind, key, version, data FROM setting WHERE tenant_id = $1 AND kind = $2 AND key = $3 AND deleted = 0"
        ),
        &params![tenant, kind, key],
    )
}

/// All objects of a kind, those of every tenant, ordered by tenant and key.
///
/// # Errors
/// The database refuses.
pub fn list(rd: &mut Rd<'_>, kind: &str) -> Result<Vec<Setting>> {
    rd.all(
        sql!(
            Setting,
            "SELECT id, tenant_id, kind, key, version, data FROM setting WHERE kind = $1 AND deleted = 0 ORDER BY tenant_id, key"
        ),
        &params![kind],
    )
}

/// The changes of an object, newest first.
///
/// # Errors
/// The database refuses.
pub fn history(rd: &mut Rd<'_>, id: SettingId) -> Result<Vec<Change>> {
    rd.all(
        sql!(Change, "SELECT version, deleted, data, created_at, created_by FROM setting_version WHERE setting_id = $1 ORDER BY version DESC LIMIT 200"),
        &params![id],
    )
}

/// Writes an object: a new one with `expected` 0, else a change of that version; answers the new
/// version.
///
/// # Errors
/// Conflict when somebody else changed it meanwhile.
pub fn put<T: Serialize>(tx: &mut Tx<'_>, act: &Act, tenant: i64, kind: &str, key: &str, expected: i64, data: &T) -> Result<i64> {
    let text = serde_json::to_string(data).map_err(Error::internal)?;
    let id = if expected == 0 {
        let id = tx.next_id::<kinds::Setting>()?;
        let made = tx.exec(
            sql!(
                "INSERT INTO setting (id, tenant_id, kind, key, version, deleted, data, updated_at, updated_by) \
                 VALUES ($1, $2, $3, $4, 1, 0, $5, $6, $7) ON CONFLICT (tenant_id, kind, key) DO NOTHING"
            ),
            &params![id, tenant, kind, key, &text, act.now, act.by.id()],
        )?;
        if made == 0 {
            return Err(Error::conflict("error-setting-changed"));
        }
        id
    } else {
        tx.first(
            sql!(
                SettingId,
                "UPDATE setting SET version = version + 1, data = $5, deleted = 0, updated_at = $6, updated_by = $7 \
                 WHERE tenant_id = $1 AND kind = $2 AND key = $3 AND version = $4 RETURNING id"
            ),
            &params![tenant, kind, key, expected, &text, act.now, act.by.id()],
        )?
        .ok_or_else(|| Error::conflict("error-setting-changed"))?
    };
    let version = expected + 1;
    tx.exec(
        sql!("INSERT INTO setting_version (setting_id, version, deleted, data, created_at, created_by) VALUES ($1, $2, 0, $3, $4, $5)"),
        &params![id, version, &text, act.now, act.by.id()],
    )?;
    touch(tx, act)?;
    append(
        tx,
        act,
        &Draft {
            tenant,
            object: "setting",
            object_id: id.raw(),
            kind: "setting.changed",
            visibility: Visibility::Administrative,
            payload: &Changed { kind, key, version },
        },
    )?;
    Ok(version)
}

/// Delivers an object that is not there yet; one that an administrator has is left alone.
///
/// # Errors
/// The database refuses.
pub fn seed<T: Serialize>(tx: &mut Tx<'_>, act: &Act, kind: &str, key: &str, data: &T) -> Result<()> {
    let there = tx.first(sql!(i64, "SELECT version FROM setting WHERE tenant_id = 0 AND kind = $1 AND key = $2"), &params![kind, key])?;
    if there.is_none() {
        put(tx, act, 0, kind, key, 0, data)?;
    }
    Ok(())
}
