//! Saved lists.

use std::collections::HashMap;

use db::{Rd, Tx, params, sql};
use kernel::{Error, OrganisationId, PersonId, Result, TeamId, ViewId, kinds};

db::row! {
    /// A saved list. Without owner and team it is everybody's of its tenant (0: of all tenants).
    pub struct View {
        pub id: ViewId,
        pub tenant: OrganisationId,
        pub owner: Option<PersonId>,
        pub team: Option<TeamId>,
        /// The key of a delivered view, whose name comes from the message files.
        pub builtin: Option<String>,
        pub name: String,
        pub query: String,
        /// Column keys, separated by commas.
        pub columns: String,
        pub place: i64,
        pub version: i64,
    }
}

/// What is saved of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewData {
    pub name: String,
    pub query: String,
    pub columns: String,
    pub place: i64,
}

/// The views a person may use: own ones, those of the teams, everybody's of the tenants.
///
/// # Errors
/// The database refuses.
pub fn usable(rd: &mut Rd<'_>, person: PersonId, teams: &[TeamId], tenant: OrganisationId) -> Result<Vec<View>> {
    let mut views = rd.all(
        sql!(
            View,
            "SELECT id, tenant_id, owner_id, team_id, builtin, name, query, columns, place, version FROM ticket_view \
             WHERE owner_id = $1 OR (owner_id IS NULL AND team_id IS NULL AND tenant_id IN (0, $2)) ORDER BY place, name_key, id LIMIT 500"
        ),
        &params![person, tenant],
    )?;
    for team in teams {
        views.extend(rd.all(
            sql!(
                View,
                "SELECT id, tenant_id, owner_id, team_id, builtin, name, query, columns, place, version FROM ticket_view \
                 WHERE team_id = $1 AND owner_id IS NULL ORDER BY place, name_key, id LIMIT 200"
            ),
            &params![*team],
        )?);
    }
    views.sort_by_key(|v| (v.place, v.id));
    Ok(views)
}

/// How a person has arranged their lists: the place of each, and whether it stands in the column.
///
/// # Errors
/// The database refuses.
pub fn arrangement(rd: &mut Rd<'_>, person: PersonId) -> Result<HashMap<ViewId, (i64, bool)>> {
    let rows =
        rd.all(sql!((ViewId, i64, bool), "SELECT view_id, place, pinned FROM ticket_view_place WHERE person_id = $1"), &params![person])?;
    Ok(rows.into_iter().map(|(view, place, pinned)| (view, (place, pinned))).collect())
}

/// Arranges the lists of a person anew.
///
/// # Errors
/// The database refuses.
pub fn arrange(tx: &mut Tx<'_>, person: PersonId, order: &[(ViewId, bool)]) -> Result<()> {
    tx.exec(sql!("DELETE FROM ticket_view_place WHERE person_id = $1"), &params![person])?;
    for (place, (view, pinned)) in (1_i64..).zip(order) {
        tx.exec(
            sql!("INSERT INTO ticket_view_place (person_id, view_id, place, pinned) VALUES ($1, $2, $3, $4)"),
            &params![person, *view, place, *pinned],
        )?;
    }
    Ok(())
}

/// The views a person may use, in their own order: those in their column first, and how many these are.
/// What they have not arranged stands in the column, behind what they have.
///
/// # Errors
/// The database refuses.
pub fn arranged(rd: &mut Rd<'_>, person: PersonId, teams: &[TeamId], tenant: OrganisationId) -> Result<(Vec<View>, usize)> {
    let mut views = usable(rd, person, teams, tenant)?;
    let own = arrangement(rd, person)?;
    let at = |view: &View| own.get(&view.id).copied().unwrap_or((i64::MAX, true));
    views.sort_by_key(|view| {
        let (place, pinned) = at(view);
        (!pinned, place)
    });
    let pinned = views.iter().filter(|view| at(view).1).count();
    Ok((views, pinned))
}

/// One view.
///
/// # Errors
/// Not found when it does not exist.
pub fn get(rd: &mut Rd<'_>, id: ViewId) -> Result<View> {
    rd.one(
        sql!(View, "SELECT id, tenant_id, owner_id, team_id, builtin, name, query, columns, place, version FROM ticket_view WHERE id = $1"),
        &params![id],
    )
}

/// Writes a new view.
///
/// # Errors
/// The database refuses.
pub fn insert(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    owner: Option<PersonId>,
    team: Option<TeamId>,
    builtin: Option<&str>,
    data: &ViewData,
) -> Result<ViewId> {
    let id = tx.next_id::<kinds::View>()?;
    tx.exec(
        sql!(
            "INSERT INTO ticket_view (id, tenant_id, owner_id, team_id, builtin, name, name_key, query, columns, place, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) ON CONFLICT (builtin) DO NOTHING"
        ),
        &params![id, tenant, owner, team, builtin, &data.name, kernel::fold(&data.name), &data.query, &data.columns, data.place],
    )?;
    Ok(id)
}

/// Changes a view.
///
/// # Errors
/// Conflict when it has another version by now.
pub fn update(tx: &mut Tx<'_>, id: ViewId, version: i64, data: &ViewData) -> Result<()> {
    let changed = tx.exec(
        sql!(
            "UPDATE ticket_view SET name = $3, name_key = $4, query = $5, columns = $6, place = $7, version = version + 1 WHERE id = $1 AND version = $2"
        ),
        &params![id, version, &data.name, kernel::fold(&data.name), &data.query, &data.columns, data.place],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::conflict("error-view-changed")) }
}

/// Removes a view.
///
/// # Errors
/// The database refuses.
pub fn delete(tx: &mut Tx<'_>, id: ViewId) -> Result<bool> {
    Ok(tx.exec(sql!("DELETE FROM ticket_view WHERE id = $1"), &params![id])? == 1)
}

/// The delivered views: their key (also that of their message), filter and columns.
const DELIVERED: [(&str, &str); 7] = [
    ("mine", "is:open is:mine sort:customer"),
    ("unassigned", "is:open is:unassigned is:ours sort:customer"),
    ("team", "is:open is:ours sort:customer"),
    ("open", "is:open sort:customer"),
    ("waiting", "is:waiting sort:customer"),
    ("solved", "is:solved sort:-updated"),
    ("watching", "is:watching sort:-updated"),
];

/// The columns a list begins with.
pub const COLUMNS: &str = "number,title,requester,state,assignee,team,updated";

/// Delivers the views that are not there yet.
///
/// # Errors
/// The database refuses.
pub fn seed(tx: &mut Tx<'_>) -> Result<()> {
    for (place, (key, query)) in (1..).zip(DELIVERED) {
        let there = tx.first(sql!(ViewId, "SELECT id FROM ticket_view WHERE builtin = $1"), &params![key])?;
        if there.is_none() {
            let data = ViewData { name: key.to_owned(), query: query.to_owned(), columns: COLUMNS.to_owned(), place };
            insert(tx, party::SHARED, None, None, Some(key), &data)?;
        }
    }
    Ok(())
}
