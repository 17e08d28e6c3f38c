//! Names by ids, for rendering: one statement for a whole page. Rights are not asked again: an id
//! that stands in a visible record shows its name.

use std::collections::{BTreeSet, HashMap};

use db::Rd;
use kernel::{LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId};
use sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};

/// The ids whose names a page needs.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    ids: [BTreeSet<i64>; 5],
}

/// The tables in the order of `Wanted::ids`.
const TABLES: [&str; 5] = ["person", "organisation", "team", "service", "location"];

/// Ids in one statement at most, of all kinds together.
const CHUNK: usize = 256;

/// What a person is shown as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    pub name: String,
    pub vip: bool,
    pub active: bool,
}

/// Names by id; an id that is missing here does not exist.
#[derive(Debug, Clone, Default)]
pub struct Names {
    persons: HashMap<i64, PersonName>,
    others: [HashMap<i64, String>; 4],
}

impl Wanted {
    pub fn person(&mut self, id: impl Into<Option<PersonId>>) -> &mut Self {
        self.add(0, id.into().map(PersonId::raw))
    }
    pub fn organisation(&mut self, id: impl Into<Option<OrganisationId>>) -> &mut Self {
        self.add(1, id.into().map(OrganisationId::raw))
    }
    pub fn team(&mut self, id: impl Into<Option<TeamId>>) -> &mut Self {
        self.add(2, id.into().map(TeamId::raw))
    }
    pub fn service(&mut self, id: impl Into<Option<ServiceId>>) -> &mut Self {
        self.add(3, id.into().map(ServiceId::raw))
    }
    pub fn location(&mut self, id: impl Into<Option<LocationId>>) -> &mut Self {
        self.add(4, id.into().map(LocationId::raw))
    }
    fn add(&mut self, table: usize, id: Option<i64>) -> &mut Self {
        self.ids[table].extend(id);
        self
    }

    /// Reads the names.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn load(&self, rd: &mut Rd<'_>) -> Result<Names> {
        let all: Vec<(usize, i64)> = self.ids.iter().enumerate().flat_map(|(table, ids)| ids.iter().map(move |id| (table, *id))).collect();
        let mut names = Names::default();
        for chunk in all.chunks(CHUNK) {
            for (table, id, name, vip, active) in rd.select::<(i64, i64, String, bool, bool)>(&union(chunk))? {
                match table {
                    0 => drop(names.persons.insert(id, PersonName { name, vip, active })),
                    _ => drop(names.others.get_mut(usize::try_from(table - 1).unwrap_or(usize::MAX)).map(|m| m.insert(id, name))),
                }
            }
        }
        Ok(names)
    }
}

fn union(chunk: &[(usize, i64)]) -> SelectStatement {
    let mut parts = (0..TABLES.len()).filter_map(|table| {
        let ids: Vec<i64> = chunk.iter().filter(|(t, _)| *t == table).map(|(_, id)| *id).collect();
        (!ids.is_empty()).then(|| part(table, &ids))
    });
    let mut query = parts.next().unwrap_or_default();
    for part in parts {
        query.union(UnionType::All, part);
    }
    query
}

fn part(table: usize, ids: &[i64]) -> SelectStatement {
    let name = TABLES[table];
    Query::select()
        .expr(Expr::cust(table.to_string()))
        .columns(["id", "name"])
        .expr(Expr::cust(if table == 0 { "vip" } else { "0" }))
        .column("active")
        .from(name)
        .and_where(Expr::col("id").is_in(padded(ids)))
        .to_owned()
}

/// The ids with the last one repeated up to a power of two, so that few texts of statements exist.
pub(crate) fn padded(ids: &[i64]) -> Vec<i64> {
    let mut out = ids.to_vec();
    if let Some(last) = ids.last() {
        out.resize(ids.len().next_power_of_two(), *last);
    }
    out
}

impl Names {
    pub fn person(&self, id: PersonId) -> Option<&PersonName> {
        self.persons.get(&id.raw())
    }
    pub fn person_name(&self, id: PersonId) -> &str {
        self.person(id).map_or("", |p| p.name.as_str())
    }
    pub fn organisation(&self, id: OrganisationId) -> &str {
        self.other(0, id.raw())
    }
    pub fn team(&self, id: TeamId) -> &str {
        self.other(1, id.raw())
    }
    pub fn service(&self, id: ServiceId) -> &str {
        self.other(2, id.raw())
    }
    pub fn location(&self, id: LocationId) -> &str {
        self.other(3, id.raw())
    }
    fn other(&self, table: usize, id: i64) -> &str {
        self.others[table].get(&id).map_or("", String::as_str)
    }
}
