//! A role becomes another one: each change is a version with its author.

use std::collections::{BTreeMap, BTreeSet};

use access::{Object, Reach, Role, Verb, store};
use db::Tx;
use kernel::{Error, ErrorKind, Lang, Result};
use party::TenantId;

use crate::log::{self, Payload, record};
use crate::{Frame, check, fields};

/// A role as it shall be; what is not named is not granted and not hidden.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleText {
    pub names: BTreeMap<Lang, String>,
    pub verbs: BTreeMap<Verb, Reach>,
    pub hidden: BTreeMap<Object, BTreeSet<String>>,
    /// An inactive role grants nothing.
    pub active: bool,
}

/// Makes a role, or a new version of one; answers the version. A tenant may have a role of its own
/// under the key of a shared one, which then counts there.
///
/// # Errors
/// `Forbidden` without the right, or when the role before or after goes beyond the actor's own
/// rights; `Stale`; the administrator's role stays as it is.
pub fn edit(tx: &mut Tx<'_>, frame: Frame<'_>, tenant: TenantId, key: &str, base: Option<i64>, text: &RoleText) -> Result<i64> {
    frame.actor.require(Verb::RoleEdit, tenant)?;
    let stored = match store::role::get(tx, tenant, key) {
        Ok(row) => Some(row),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let before = stored.as_ref().map_or_else(|| Role::named(BTreeMap::new()), |row| row.role.clone());
    frame.actor.require_covers(&before, tenant)?;
    let own = stored.filter(|row| row.tenant == tenant).map_or(0, |row| row.version);
    let expected = check::base(base, own)?;
    let own = fields::own(tx, tenant.raw())?;
    let role = build(&before, text, &own)?;
    let version =
        store::role::put(tx, frame.actor, tenant, store::role::Edit { key, expected, role: &role, active: text.active }, frame.act.now)?;
    let verbs =
        Verb::ALL.iter().filter(|v| before.reach(**v) != role.reach(**v)).map(|v| (v.key(), before.reach(*v), role.reach(*v))).collect();
    let payload = Payload::RoleVersion { role: key.to_owned(), version, verbs };
    record(tx, frame.act, tenant, log::Object::Role, "role.changed", &payload)?;
    Ok(version)
}

fn build(before: &Role, text: &RoleText, own: &[(Object, String, settings::Texts)]) -> Result<Role> {
    let names: BTreeMap<Lang, String> = text.names.iter().map(|(l, n)| (*l, n.trim().to_owned())).filter(|(_, n)| !n.is_empty()).collect();
    for name in names.values() {
        check::text("names", name, 100)?;
    }
    let mut role = Role::named(names);
    role.fallback = before.fallback;
    for (verb, reach) in &text.verbs {
        role.set(*verb, *reach)?;
    }
    for (object, hidden) in &text.hidden {
        for field in hidden {
            let custom = own.iter().any(|(of, name, _)| of == object && name == field);
            let known = custom || fields::of(*object).iter().any(|f| f.key == field) || before.hides(*object, field);
            if !known {
                return Err(Error::invalid("hidden", "error-unknown-field"));
            }
            role.hide(*object, field.as_str());
        }
    }
    Ok(role)
}
