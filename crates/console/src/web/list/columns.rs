//! The columns of the list.

use std::collections::BTreeSet;

use i18n::{T, key};
use query::Query;
use settings::field::{PREFIX, is_key};
use ui::Choice;

use super::Place;
use crate::words::address;

/// A column that a list may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    Priority,
    Number,
    Title,
    Requester,
    Organisation,
    State,
    Assignee,
    Team,
    Service,
    Created,
    Customer,
    Updated,
    /// What its requester thinks of the solution.
    Csat,
    /// And of who worked on it.
    CsatAnalyst,
    /// A custom field, by its property.
    Own(String),
}

const DELIVERED: [Column; 9] = [
    Column::Priority,
    Column::Number,
    Column::Title,
    Column::Requester,
    Column::State,
    Column::Assignee,
    Column::Team,
    Column::Service,
    Column::Updated,
];

impl Column {
    const ALL: [Column; 14] = [
        Column::Priority,
        Column::Number,
        Column::Title,
        Column::Requester,
        Column::Organisation,
        Column::State,
        Column::Assignee,
        Column::Team,
        Column::Service,
        Column::Created,
        Column::Customer,
        Column::Updated,
        Column::Csat,
        Column::CsatAnalyst,
    ];

    /// As in addresses and saved lists.
    pub fn key(&self) -> &str {
        match self {
            Column::Own(property) => property,
            Column::Priority => "priority",
            Column::Number => "number",
            Column::Title => "title",
            Column::Requester => "requester",
            Column::Organisation => "organisation",
            Column::State => "state",
            Column::Assignee => "assignee",
            Column::Team => "team",
            Column::Service => "service",
            Column::Created => "created",
            Column::Customer => "customer",
            Column::Updated => "updated",
            Column::Csat => "csat",
            Column::CsatAnalyst => "csat-analyst",
        }
    }
    /// The field behind it, as roles hide it.
    pub fn field(&self) -> &str {
        if matches!(self, Column::CsatAnalyst) { "csat" } else { self.key() }
    }
    fn label(&self, t: &T, own: &[Named]) -> String {
        let key = match self {
            Column::Own(property) => return own.iter().find(|n| n.property == *property).map_or(String::new(), |n| n.label.clone()),
            Column::Priority => key!("field-priority"),
            Column::Number => key!("field-number"),
            Column::Title => key!("field-title"),
            Column::Requester => key!("field-requester"),
            Column::Organisation => key!("field-organisation"),
            Column::State => key!("field-state"),
            Column::Assignee => key!("field-assignee"),
            Column::Team => key!("field-team"),
            Column::Service => key!("field-service"),
            Column::Created => key!("field-created"),
            Column::Customer => key!("console-column-customer"),
            Column::Updated => key!("field-updated"),
            Column::Csat => key!("field-csat"),
            Column::CsatAnalyst => key!("field-csat-analyst"),
        };
        t.msg(key).into_owned()
    }
    /// The key to sort by, and whether it falls first.
    const fn sort(&self) -> Option<(&'static str, bool)> {
        match self {
            Column::Priority => Some(("priority", true)),
            Column::Number => Some(("number", true)),
            Column::Title => Some(("title", false)),
            Column::Created => Some(("created", true)),
            Column::Customer => Some(("customer", false)),
            Column::Updated => Some(("updated", true)),
            _ => None,
        }
    }
    const fn class(&self) -> &'static str {
        match self {
            Column::Priority => "cell-icon",
            Column::Number => "cell-number",
            Column::Updated => "cell-end",
            Column::Organisation => "col-organisation",
            Column::Team => "col-team",
            Column::Service => "col-service",
            Column::Created => "col-created",
            Column::Customer => "col-customer",
            _ => "",
        }
    }
    /// A list without these cannot be used.
    const fn fixed(&self) -> bool {
        matches!(self, Column::Number | Column::Title)
    }
}

/// Reads column keys; what is unknown is left out, and nothing at all is what is delivered.
pub fn read(text: &str) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let named = |key: &str| {
        let own = key.strip_prefix(PREFIX).is_some_and(is_key).then(|| Column::Own(key.to_owned()));
        Column::ALL.into_iter().find(|c| c.key() == key).or(own)
    };
    for column in text.split(',').filter_map(|key| named(key.trim())) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    if columns.is_empty() {
        return DELIVERED.to_vec();
    }
    for fixed in Column::ALL.into_iter().filter(|c| c.fixed()) {
        if !columns.contains(&fixed) {
            columns.insert(0, fixed);
        }
    }
    columns
}

/// With the column that the list is sorted by: without it the order looks like none. It stands last but
/// one, before the time that most lists end with.
pub fn with_order(mut columns: Vec<Column>, query: Option<&Query>) -> Vec<Column> {
    let key = query.and_then(|query| query.sort.first()).map(|sort| sort.key.as_str());
    let order = Column::ALL.into_iter().find(|c| c.sort().is_some_and(|(own, _)| Some(own) == key));
    if let Some(order) = order.filter(|c| !columns.contains(c)) {
        columns.insert(columns.len() - usize::from(columns.last() == Some(&Column::Updated)), order);
    }
    columns
}

/// The keys of columns.
pub fn write(columns: &[Column]) -> String {
    columns.iter().map(Column::key).collect::<Vec<_>>().join(",")
}

/// Custom fields in the menu of columns at most, beside those that are shown.
const OFFERED: usize = 20;

/// A custom field that may be a column.
pub struct Named {
    pub property: String,
    pub label: String,
}

/// The head of a column.
pub struct Head {
    pub label: String,
    /// Where a click sorts; empty when it does not.
    pub href: String,
    /// `up`, `down` or nothing: as it is sorted now.
    pub direction: &'static str,
    pub class: &'static str,
}

pub(super) fn heads(t: &T, columns: &[Column], own: &[Named], query: Option<&Query>, at: &Place<'_>) -> Vec<Head> {
    let head = |column: &Column| {
        let mut head = Head { label: column.label(t, own), href: String::new(), direction: "", class: column.class() };
        let (Some((key, falls)), Some(query)) = (column.sort(), query) else { return head };
        let now = query.sort.first().filter(|s| s.key == key);
        head.direction = now.map_or("", |s| if s.descending { "down" } else { "up" });
        head.href = at.list(&query.clone().sorted_by(key, now.map_or(falls, |s| !s.descending)).to_string(), "");
        head
    };
    columns.iter().map(head).collect()
}

/// A column in the menu that shows and hides them.
pub struct Toggle {
    pub label: String,
    pub shown: bool,
    pub href: String,
}

pub(super) fn toggles(t: &T, columns: &[Column], own: &[Named], hidden: &BTreeSet<&str>, view: &str, query: &str) -> Vec<Toggle> {
    let mut all: Vec<Column> = Column::ALL.into_iter().collect();
    // The first of the custom fields and those that are shown: a menu of hundreds would weigh on every list.
    for column in own.iter().map(|n| Column::Own(n.property.clone())) {
        if all.len() < Column::ALL.len() + OFFERED || columns.contains(&column) {
            all.push(column);
        }
    }
    let offered = all.iter().filter(|c| !c.fixed() && !hidden.contains(c.field()));
    let toggle = |column: &Column| {
        let shown = columns.contains(column);
        let wanted: Vec<Column> = all.iter().filter(|c| if *c == column { !shown } else { columns.contains(c) }).cloned().collect();
        Toggle { label: column.label(t, own), shown, href: address("/desk/tickets", &[("v", view), ("q", query), ("c", &write(&wanted))]) }
    };
    offered.map(toggle).collect()
}

/// A column in the form of a list.
pub struct Editable {
    pub key: String,
    pub label: String,
    pub shown: bool,
    /// It cannot be left out.
    pub fixed: bool,
    /// The last of those that are shown.
    pub last: bool,
    /// What the buttons are called.
    pub up: String,
    pub down: String,
}

/// The columns that are shown, in their order, then those that might be.
pub(super) fn editable(t: &T, shown: &[Column], own: &[Named], hidden: &BTreeSet<&str>) -> Vec<Editable> {
    let there = |c: &Column| !hidden.contains(c.field()) && !matches!(c, Column::Own(p) if !own.iter().any(|n| n.property == *p));
    let mut all: Vec<Column> = shown.iter().filter(|c| there(c)).cloned().collect();
    let count = all.len();
    for column in Column::ALL.into_iter().chain(own.iter().map(|n| Column::Own(n.property.clone()))).filter(there) {
        if !all.contains(&column) {
            all.push(column);
        }
    }
    let one = |(place, column): (usize, &Column)| {
        let label = column.label(t, own);
        Editable {
            key: column.key().to_owned(),
            shown: place < count,
            fixed: column.fixed(),
            last: place + 1 == count,
            up: t.with("console-move-up", &[("name", label.as_str().into())]),
            down: t.with("console-move-down", &[("name", label.as_str().into())]),
            label,
        }
    };
    all.iter().enumerate().map(one).collect()
}

/// The orders that a list may have, as they are written in a filter, with the present one.
pub(super) fn sorts(t: &T, hidden: &BTreeSet<&str>, current: &str) -> Vec<Choice> {
    let mut sorts = Vec::new();
    for column in Column::ALL.into_iter().filter(|c| !hidden.contains(c.field())) {
        let Some((key, _)) = column.sort() else { continue };
        let label = column.label(t, &[]);
        for (sign, words) in [("", key!("console-sort-rising")), ("-", key!("console-sort-falling"))] {
            let value = format!("sort:{sign}{key}");
            let selected = value == current;
            sorts.push(Choice::new(value, t.with(words, &[("field", label.as_str().into())]), selected));
        }
    }
    // An order by something that is no column is kept as it was written.
    if !current.is_empty() && sorts.iter().all(|sort| !sort.selected) {
        sorts.push(Choice::new(current, current, true));
    }
    sorts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_always_has_number_and_subject() {
        assert_eq!(read(""), DELIVERED);
        assert_eq!(read("colour"), DELIVERED);
        assert_eq!(write(&read("team,team,state")), "title,number,team,state");
        assert_eq!(read(&write(&DELIVERED)), DELIVERED);
        assert_eq!(write(&read("title,number,fields.colour,fields.No")), "title,number,fields.colour");
    }
}
