//! `/desk/people`

use access::{Object, Verb};
use kernel::{Id, OrganisationId, PageRequest};
use party::store::person::Filter;
use serde::Deserialize;
use ui::{Person, Tab};
use web_kit::{Query, Result, page};

use crate::permit;
use crate::read::{PersonsAsked, persons};
use crate::views::people::{PeoplePage, PersonRow};
use crate::views::{Link, export, query};
use crate::web::Clerk;

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    /// `active` (also when unsaid), `vip`, `inactive` or `all`.
    #[serde(default)]
    show: String,
    /// Members of this organisation and of those below it.
    org: Option<OrganisationId>,
    #[serde(default)]
    cursor: String,
}

impl Asked {
    fn href(&self, show: &str, org: Option<OrganisationId>, cursor: &str) -> String {
        let org = org.map(|id| id.to_string()).unwrap_or_default();
        query("/desk/people", &[("q", &self.q), ("show", show), ("org", &org), ("cursor", cursor)])
    }
}

/// # Errors
/// The organisation may not be seen; the cursor is not ours.
pub async fn show(clerk: Clerk, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::PersonSee)?;
    let t = clerk.t();
    let now = clerk.now();
    let hidden = clerk.actor().hidden(Object::Person).contains("vip");
    let wish = asked.clone();
    let (found, organisation) = clerk
        .read("people.list", move |rd, actor| {
            let organisation = wish.org.map(|id| permit::organisation(rd, actor, Id::new(id.raw()), Verb::OrganisationSee)).transpose()?;
            let filter = Filter {
                active: match wish.show.as_str() {
                    "all" => None,
                    "inactive" => Some(false),
                    _ => Some(true),
                },
                vip: (wish.show == "vip").then_some(true),
                organisation: organisation.as_ref().map(|o| o.path.clone()),
            };
            let page = PageRequest { limit: None, cursor: Some(wish.cursor).filter(|c| !c.is_empty()) };
            Ok((persons(rd, actor, &PersonsAsked { q: wish.q, filter, page }, now)?, organisation))
        })
        .await?;
    let tab =
        |show: &str, label: String| Tab { label, href: asked.href(show, asked.org, ""), current: asked.show == show, count: String::new() };
    let mut tabs = vec![tab("", t.msg("people-active").into_owned())];
    if !hidden {
        tabs.push(tab("vip", t.msg("people-vip").into_owned()));
    }
    tabs.push(tab("inactive", t.msg("people-inactive-all").into_owned()));
    tabs.push(tab("all", t.msg("people-all").into_owned()));
    let rows = found.rows.into_iter().map(|line| PersonRow {
        id: line.id.raw(),
        who: Person::new(line.id, line.name).at(format!("/desk/people/{}", line.id)),
        title: line.title,
        vip: line.vip,
        active: line.active,
        email: line.email.unwrap_or_default(),
        phone: line.phone.unwrap_or_default(),
        organisation: line.organisation_name.unwrap_or_default(),
    });
    let made = PeoplePage {
        chrome: clerk.chrome(t.msg("people-people")),
        rows: rows.collect(),
        tabs,
        next: found.next.map(|cursor| asked.href(&asked.show, asked.org, &cursor)).unwrap_or_default(),
        organisation: organisation.map(|o| Link { label: o.name, href: asked.href(&asked.show, None, "") }),
        narrowed: !asked.q.trim().is_empty() || asked.org.is_some() || !asked.show.is_empty(),
        may_create: clerk.actor().may_anywhere(Verb::PersonCreate),
        export: if clerk.actor().may_anywhere(Verb::PersonExport) {
            let org = asked.org.map(|id| id.to_string()).unwrap_or_default();
            export("people", &[("q", &asked.q), ("show", &asked.show), ("org", &org)])
        } else {
            String::new()
        },
        asked: (asked.q, asked.show, asked.org.map(|id| id.to_string()).unwrap_or_default()),
        t,
    };
    page!(clerk.viewer, made, as_main)
}
