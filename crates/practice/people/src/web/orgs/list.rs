//! `/desk/orgs`

use std::collections::BTreeMap;

use access::{Actor, OrganisationFacts, Place, Reach, Verb};
use db::Rd;
use i18n::T;
use kernel::{Id, PageRequest};
use party::store::organisation as rows;
use party::{OrganisationKind, OrganisationLine, SHARED, tree};
use serde::Deserialize;
use ui::Tab;
use web_kit::{Query, Result, page};

use crate::read::FOUND;
use crate::views::orgs::{OrgRow, OrgsPage};
use crate::views::{export, organisation_kind, query};
use crate::web::Clerk;

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    /// A kind of organisation; empty: all.
    #[serde(default)]
    show: String,
    #[serde(default)]
    cursor: String,
}

/// # Errors
/// The cursor is not ours.
pub async fn show(clerk: Clerk, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::OrganisationSee)?;
    let t = clerk.t();
    let kind = OrganisationKind::from_key(&asked.show);
    let wish = asked.clone();
    let (found, next, above) = clerk
        .read("orgs.list", move |rd, actor| {
            let within = actor.organisations(Verb::OrganisationSee).within();
            let (found, next) = if wish.q.trim().is_empty() {
                let page = PageRequest { limit: None, cursor: Some(wish.cursor).filter(|c| !c.is_empty()) };
                let page = rows::page(rd, &within, &rows::Filter { kind, active: None, roots: false }, &page)?;
                (page.rows, page.next)
            } else {
                let mut found = rows::search(rd, &within, &wish.q, FOUND)?;
                found.retain(|o| kind.is_none_or(|k| k == o.kind));
                (found, None)
            };
            let above = names_above(rd, actor, &found)?;
            Ok((found, next, above))
        })
        .await?;
    let href = |show: &str, cursor: &str| query("/desk/orgs", &[("q", &asked.q), ("show", show), ("cursor", cursor)]);
    let tab = |show: &str, label: String| Tab { label, href: href(show, ""), current: asked.show == show, count: String::new() };
    let kinds = OrganisationKind::ALL.iter().map(|k| tab(k.key(), t.msg(organisation_kind(*k)).into_owned()));
    let made = OrgsPage {
        chrome: clerk.chrome(t.msg("people-orgs")),
        tabs: std::iter::once(tab("", t.msg("people-all").into_owned())).chain(kinds).collect(),
        rows: found.into_iter().map(|o| row(&t, o, &above)).collect(),
        next: next.map(|cursor| href(&asked.show, &cursor)).unwrap_or_default(),
        narrowed: !asked.q.trim().is_empty() || kind.is_some(),
        may_create: clerk.actor().reach(Verb::OrganisationCreate, SHARED) == Reach::All,
        export: export("organisations", &[("q", &asked.q), ("show", &asked.show)]),
        asked: (asked.q, asked.show),
        t,
    };
    page!(clerk.viewer, made, as_main)
}

pub(super) fn row(t: &T, o: OrganisationLine, above: &BTreeMap<i64, String>) -> OrgRow {
    let names = tree::ids(&o.path).filter(|id| *id != o.id.raw()).filter_map(|id| above.get(&id).map(String::as_str));
    OrgRow {
        id: o.id.raw(),
        above: names.collect::<Vec<_>>().join(" / "),
        name: o.name,
        kind: t.msg(organisation_kind(o.kind)).into_owned(),
        active: o.active,
    }
}

/// The names of the organisations above these that may be seen.
fn names_above(rd: &mut Rd<'_>, actor: &Actor, found: &[OrganisationLine]) -> kernel::Result<BTreeMap<i64, String>> {
    let scope = actor.organisations(Verb::OrganisationSee);
    let mut names = BTreeMap::new();
    for id in found.iter().flat_map(|o| tree::ids(&o.path).filter(|id| *id != o.id.raw())).collect::<std::collections::BTreeSet<_>>() {
        let above = rows::get(rd, Id::new(id))?;
        if scope.sees(&OrganisationFacts { tenant: above.tenant, place: Place { id: above.id, path: above.path } }) {
            names.insert(id, above.name);
        }
    }
    Ok(names)
}
