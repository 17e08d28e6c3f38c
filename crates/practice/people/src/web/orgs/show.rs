//! `/desk/orgs/{id}`

use std::collections::BTreeMap;

use access::{Actor, Object, OrganisationFacts, Place, Verb};
use db::Rd;
use kernel::{Id, OrganisationId, Time};
use party::store::organisation as rows;
use party::store::person::Filter;
use party::{Organisation, OrganisationLine, PersonLine, tree};
use ui::Person;
use web_kit::{Path, Query, Result, page};

use super::list::row;
use crate::actions::custom::Owner;
use crate::permit;
use crate::read::{PersonsAsked, persons};
use crate::views::orgs::OrgPage;
use crate::views::people::PersonRow;
use crate::views::{Link, organisation_kind};
use crate::web::custom::{Card, card};
use crate::web::{Clerk, Told, told};

/// Children shown at most.
const CHILDREN: i64 = 200;

struct Seen {
    organisation: Organisation,
    above: Vec<Organisation>,
    below: Vec<OrganisationLine>,
    payer: Option<Organisation>,
    domains: Vec<String>,
    members: Vec<PersonLine>,
    more: bool,
    customs: Card,
}

fn read(rd: &mut Rd<'_>, actor: &Actor, t: &i18n::T, id: OrganisationId, now: Time) -> kernel::Result<Seen> {
    let organisation = permit::organisation(rd, actor, id, Verb::OrganisationSee)?;
    let scope = actor.organisations(Verb::OrganisationSee);
    let mut above = Vec::new();
    for id in tree::ids(&organisation.path).filter(|above| *above != id.raw()) {
        let found = rows::get(rd, Id::new(id))?;
        if scope.sees(&permit::place_of(&found)) {
            above.push(found);
        }
    }
    let mut below = rows::children(rd, id, CHILDREN)?;
    below.retain(|o| scope.sees(&OrganisationFacts { tenant: o.tenant, place: Place { id: o.id, path: o.path.clone() } }));
    let payer = organisation.payer.and_then(|payer| permit::organisation(rd, actor, payer, Verb::OrganisationSee).ok());
    let hidden = actor.hidden(Object::Person).contains("memberships");
    let members = if hidden {
        kernel::Page { rows: Vec::new(), next: None }
    } else {
        let filter = Filter { active: Some(true), vip: None, organisation: Some(organisation.path.clone()) };
        persons(rd, actor, &PersonsAsked { filter, ..PersonsAsked::default() }, now)?
    };
    let customs = card(rd, actor, t, Owner::Organisation(id), &format!("/desk/orgs/{id}"))?;
    Ok(Seen {
        customs,
        domains: rows::domains(rd, id)?,
        organisation,
        above,
        below,
        payer,
        more: members.next.is_some(),
        members: members.rows,
    })
}

/// # Errors
/// The organisation may not be seen.
pub async fn show(clerk: Clerk, Path(id): Path<OrganisationId>, Query(told_now): Query<Told>) -> Result {
    clerk.require(Verb::OrganisationSee)?;
    let now = clerk.now();
    let words = clerk.t();
    let seen = clerk.read("orgs.show", move |rd, actor| read(rd, actor, &words, id, now)).await?;
    let t = clerk.t();
    let o = seen.organisation;
    let actor = clerk.actor();
    let facts = permit::place_of(&o);
    let mut chrome = clerk.chrome(o.name.as_str());
    chrome.flash = told(&t, &told_now.done, None);
    let link = |o: &Organisation| Link { label: o.name.clone(), href: format!("/desk/orgs/{}", o.id) };
    let members = seen.members.into_iter().map(|line| PersonRow {
        id: line.id.raw(),
        who: Person::new(line.id, line.name).at(format!("/desk/people/{}", line.id)),
        title: line.title,
        vip: line.vip,
        active: line.active,
        email: line.email.unwrap_or_default(),
        phone: line.phone.unwrap_or_default(),
        organisation: line.organisation_name.unwrap_or_default(),
    });
    let made = OrgPage {
        chrome,
        kind: t.msg(organisation_kind(o.kind)).into_owned(),
        above: seen.above.iter().map(link).collect(),
        below: seen.below.into_iter().map(|o| row(&t, o, &BTreeMap::new())).collect(),
        payer: seen.payer.as_ref().map(link),
        domains: seen.domains,
        lang: o.lang.map(|l| ui::own_name(&l).to_owned()).unwrap_or_default(),
        members: members.collect(),
        more_members: seen.more,
        customs: seen.customs,
        hidden: actor.hidden_in(Object::Organisation, o.tenant).into_iter().map(str::to_owned).collect(),
        may_edit: actor.organisations(Verb::OrganisationEdit).sees(&facts),
        may_create: actor.organisations(Verb::OrganisationCreate).sees(&facts),
        may_add_person: actor.organisations(Verb::PersonCreate).sees(&facts),
        organisation: o,
        t,
    };
    page!(clerk.viewer, made, as_main)
}
