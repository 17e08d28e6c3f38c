//! The column of lists beside the tickets.

use access::{Actor, Verb};
use db::Rd;
use i18n::T;
use kernel::{Result, ViewId};
use ticket::store::view::{self, View};
use ticket::{Frame, list};
use ui::PinnedView;

use crate::words::address;

/// The message of each delivered list by its key.
const NAMES: [(&str, &str); 7] = [
    ("mine", i18n::key!("view-mine")),
    ("unassigned", i18n::key!("view-unassigned")),
    ("team", i18n::key!("view-team")),
    ("open", i18n::key!("view-open")),
    ("waiting", i18n::key!("view-waiting")),
    ("solved", i18n::key!("view-solved")),
    ("watching", i18n::key!("view-watching")),
];

/// The list one lands on.
pub const FIRST: &str = "mine";

/// Lists with a count: by the live sets, and by the database.
const COUNTED: (usize, usize) = (20, 7);

/// The lists that the reader may use: those of their column first, in their order.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    pub all: Vec<View>,
    /// How many of them stand in the column.
    pub pinned: usize,
}

impl Lists {
    /// Those of the column.
    pub fn column(&self) -> &[View] {
        self.all.get(..self.pinned).unwrap_or(&self.all)
    }
}

/// The lists that the reader may use.
///
/// # Errors
/// The database refuses.
pub fn usable(rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Lists> {
    let (all, pinned) = view::arranged(rd, frame.person()?, &frame.actor.who.teams, frame.actor.tenant)?;
    Ok(Lists { all, pinned })
}

/// Whether the reader may change a list: their own, and with the right to share those of their teams
/// and of everybody. The action asks again.
pub fn changeable(actor: &Actor, view: &View) -> bool {
    match view.owner {
        Some(owner) => actor.person == Some(owner),
        None => {
            view.builtin.is_none()
                && view.tenant == actor.tenant
                && view.team.is_none_or(|team| actor.who.teams.contains(&team))
                && actor.may(Verb::ViewShare, actor.tenant)
        }
    }
}

/// What stands for a list in addresses: the key of a delivered one, else its id.
pub fn handle(view: &View) -> String {
    view.builtin.clone().unwrap_or_else(|| view.id.to_string())
}

/// The list behind a handle.
pub fn find<'v>(views: &'v [View], handle: &str) -> Option<&'v View> {
    let id = handle.parse::<ViewId>().ok();
    views.iter().find(|v| v.builtin.as_deref() == Some(handle) || (id.is_some() && id == Some(v.id)))
}

/// The name in the reader's language.
pub fn name(t: &T, view: &View) -> String {
    match NAMES.iter().find(|(key, _)| Some(*key) == view.builtin.as_deref()) {
        Some((_, message)) => t.msg(message).into_owned(),
        None => view.name.clone(),
    }
}

/// How many tickets each of the first lists holds, in their order. A list that can no longer be
/// understood, or that takes too long, has no count.
pub fn counts(rd: &mut Rd<'_>, frame: Frame<'_>, views: &[View]) -> Vec<Option<list::Count>> {
    let most = if frame.desk.live().is_ready() { COUNTED.0 } else { COUNTED.1 };
    let texts: Vec<&str> = views.iter().take(most).map(|view| view.query.as_str()).collect();
    list::counts(rd, frame.desk, frame.actor, &texts, frame.act.now).unwrap_or_else(|_| vec![None; texts.len()])
}

/// A count as it is shown.
pub fn shown(t: &T, count: list::Count) -> String {
    match count {
        list::Count::Exactly(0) => String::new(),
        list::Count::Exactly(n) if n < 1000 => t.number(n),
        list::Count::Exactly(_) | list::Count::MoreThan(_) => "999+".to_owned(),
    }
}

/// The length of the list that is open: as far as it is known.
pub fn total(t: &T, count: list::Count) -> String {
    match count {
        list::Count::Exactly(n) if n > 0 => t.number(n),
        other => shown(t, other),
    }
}

/// The column of lists, with the present one, everything and the way to all lists at its end.
pub fn column(t: &T, lists: &Lists, counts: &[Option<list::Count>], current: Option<ViewId>) -> Vec<PinnedView> {
    let further = |key: &str, label: String, href: &str| PinnedView {
        key: key.to_owned(),
        label,
        href: href.to_owned(),
        current: false,
        count: String::new(),
        urgent: false,
    };
    let all = further("all", t.msg("console-all").into_owned(), "/desk/tickets?q=");
    let more = further("more", t.msg("console-views").into_owned(), "/desk/views");
    let pinned = |(place, view): (usize, &View)| {
        let key = handle(view);
        PinnedView {
            label: name(t, view),
            href: address("/desk/tickets", &[("v", &key)]),
            current: current == Some(view.id),
            count: counts.get(place).copied().flatten().map_or_else(String::new, |count| shown(t, count)),
            urgent: false,
            key,
        }
    };
    let views = lists.column();
    // One that is open is in sight, wherever it stands.
    let open = lists.all.iter().skip(lists.pinned).filter(|view| current == Some(view.id)).map(|view| (usize::MAX, view));
    views.iter().enumerate().chain(open).map(pinned).chain([all, more]).collect()
}
