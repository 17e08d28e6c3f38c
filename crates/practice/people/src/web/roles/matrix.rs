//! `/admin/roles`: verbs in words as rows, roles as columns.

use std::collections::BTreeMap;

use access::store::role;
use access::{Object, Reach, Verb};
use kernel::Id;
use serde::Deserialize;
use web_kit::{Query, Result, page};

use crate::views::roles::{Cell, FIRST, Group, RoleHead, RolesPage, VerbRow, object_label, places, reach_icon, reach_label, verb_label};
use crate::views::{query, tenant_choices, tenant_options};
use crate::web::{Clerk, told};

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    tenant: Option<i64>,
    /// Every role instead of the first ones.
    #[serde(default)]
    all: String,
    #[serde(default)]
    done: String,
}

/// # Errors
/// Roles may not be seen there.
pub async fn show(clerk: Clerk, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::RoleSee)?;
    let t = clerk.t();
    let named = asked.tenant.map(Id::new);
    let (tenant, rows, tenants) = clerk
        .read("roles.matrix", move |rd, actor| {
            let tenant = super::tenant(rd, actor, named)?;
            Ok((tenant, role::list(rd, tenant)?, tenant_choices(rd, actor, Verb::RoleSee)?))
        })
        .await?;
    // The definition nearest to the tenant counts: it comes later in the list.
    let mut by_key: BTreeMap<String, role::RoleRow> = BTreeMap::new();
    for row in rows {
        by_key.insert(row.key.clone(), row);
    }
    let places = places();
    let mut roles: Vec<role::RoleRow> = by_key.into_values().collect();
    roles.sort_by_key(|row| (places.get(&row.key).copied().unwrap_or(usize::MAX), row.key.clone()));
    let total = roles.len();
    if asked.all.is_empty() {
        roles.retain(|row| FIRST.contains(&row.key.as_str()) || !places.contains_key(&row.key));
    }
    let own = tenant.to_string();
    let heads = roles.iter().map(|row| RoleHead {
        name: row.role.name(t.lang()).to_owned(),
        href: query(&format!("/admin/roles/{}", row.key), &[("tenant", &own)]),
        active: row.active,
        own: !row.delivered,
    });
    let cell = |row: &role::RoleRow, verb: Verb| {
        let reach = if row.active { row.role.reach(verb) } else { Reach::None };
        Cell { role: row.role.name(t.lang()).to_owned(), reach, words: t.msg(reach_label(reach)).into_owned(), icon: reach_icon(reach) }
    };
    let groups = Object::ALL.iter().map(|object| Group {
        label: object_label(&t, *object),
        rows: object
            .verbs()
            .iter()
            .map(|verb| VerbRow { label: verb_label(&t, *verb), cells: roles.iter().map(|row| cell(row, *verb)).collect() })
            .collect(),
    });
    let mut chrome = clerk.chrome(t.msg("people-roles"));
    chrome.flash = told(&t, &asked.done, None);
    let made = RolesPage {
        chrome,
        groups: groups.collect(),
        all_href: if total > roles.len() { query("/admin/roles", &[("tenant", &own), ("all", "1")]) } else { String::new() },
        all_count: i64::try_from(total).unwrap_or(i64::MAX),
        tenants: if tenants.len() > 1 { tenant_options(&t, &tenants, tenant, &own) } else { Vec::new() },
        may_edit: clerk.actor().reach(Verb::RoleEdit, tenant) == Reach::All,
        roles: heads.collect(),
        t: clerk.t(),
    };
    page!(clerk.viewer, made, as_main)
}
