//! The services that somebody may ask about, as a tree in a select.

use std::collections::{HashMap, HashSet};

use access::Verb;
use db::Rd;
use kernel::{ErrorKind, PageRequest, Result, ServiceId};
use party::{Service, ServiceState, tree};
use ticket::{Frame, list};
use ui::Choice;

/// Services read at most: a longer list is of no use in a select.
const MOST: usize = 600;

/// Requests of the person that say what they usually ask about.
const HISTORY: u32 = 25;

/// The services that the person asked about lately, and after them the tops of the tree.
///
/// # Errors
/// The database refuses.
pub fn usual(rd: &mut Rd<'_>, frame: Frame<'_>, most: usize) -> Result<Vec<Service>> {
    let mine = list::prepare(rd, frame.desk, frame.actor, "is:requested sort:-created", false, frame.act.now)?;
    let request = PageRequest { limit: Some(HISTORY), cursor: None };
    let scope = frame.actor.services(Verb::ServiceSee);
    let mut usual: Vec<Service> = Vec::new();
    for id in list::page(rd, &mine, &request)?.page.rows.iter().filter_map(|ticket| ticket.service) {
        if usual.len() == most {
            return Ok(usual);
        }
        if usual.iter().any(|s| s.id == id) {
            continue;
        }
        match scope.get(rd, id) {
            Ok(service) if service.active && service.state == ServiceState::Live => usual.push(service),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let tops = live(rd, frame)?.into_iter().filter(|s| s.parent.is_none());
    let others: Vec<Service> = tops.filter(|top| !usual.iter().any(|s| s.id == top.id)).collect();
    usual.extend(others);
    usual.truncate(most);
    Ok(usual)
}

/// Live services in the order of the tree.
///
/// # Errors
/// The database refuses.
pub fn live(rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Vec<Service>> {
    let within = frame.actor.services(Verb::ServiceSee).within();
    let mut request = PageRequest { limit: Some(PageRequest::MAX), cursor: None };
    let mut found = Vec::new();
    loop {
        let page = party::store::service::page(rd, &within, Some(ServiceState::Live), &request)?;
        found.extend(page.rows.into_iter().filter(|s| s.active));
        request.cursor = page.next;
        if request.cursor.is_none() || found.len() >= MOST {
            return Ok(in_tree_order(found));
        }
    }
}

/// Children below their parents, each level by name. Whose parent is not shown becomes a root.
fn in_tree_order(services: Vec<Service>) -> Vec<Service> {
    let shown: HashSet<ServiceId> = services.iter().map(|s| s.id).collect();
    let mut below: HashMap<Option<ServiceId>, Vec<Service>> = HashMap::new();
    for service in services {
        let parent = service.parent.filter(|p| shown.contains(p));
        below.entry(parent).or_default().push(service);
    }
    let mut ordered = Vec::with_capacity(shown.len());
    let mut waiting = below.remove(&None).unwrap_or_default();
    waiting.reverse();
    while let Some(service) = waiting.pop() {
        let mut children = below.remove(&Some(service.id)).unwrap_or_default();
        ordered.push(service);
        children.reverse();
        waiting.append(&mut children);
    }
    ordered
}

/// As options; the depth shows by blanks, which a select keeps when they are wide ones.
pub fn choices(services: &[Service], chosen: Option<ServiceId>) -> Vec<Choice> {
    let shown: HashSet<i64> = services.iter().map(|s| s.id.raw()).collect();
    let indent = |s: &Service| "\u{2003}".repeat(tree::ids(&s.path).filter(|id| shown.contains(id)).count().saturating_sub(1));
    services.iter().map(|s| Choice::new(s.id.to_string(), format!("{}{}", indent(s), s.name), chosen == Some(s.id))).collect()
}
