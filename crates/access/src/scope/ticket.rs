//! Which tickets a verb reaches.
//!
//! A confidential ticket is reached by the people named on it and by nobody else: no team, organisation
//! or tenant counts for it, and no role. A person whom a complaint is about never reaches it. What is in the
//! trash is reached by no scope but the one that asks for the trash.

use db::Dialect;
use kernel::{PersonId, TeamId};
use party::{TenantId, Tenants};
use sea_query::{CaseStatement, Condition, Expr, ExprTrait, SelectStatement};

use super::{Circles, Place, Scope, Who, sql};

/// The columns that name a person on a confidential ticket. Who registered one is no reason by itself.
const NAMED: [&str; 3] = ["requester_id", "beneficiary_id", "assignee_id"];

/// What decides about a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketFacts {
    pub tenant: TenantId,
    pub organisation: Option<Place>,
    /// The team that has it, and the one that keeps ownership.
    pub team: Option<TeamId>,
    pub owner_team: Option<TeamId>,
    pub requester: Option<PersonId>,
    pub beneficiary: Option<PersonId>,
    pub assignee: Option<PersonId>,
    pub created_by: Option<PersonId>,
    /// Co-workers, watchers, and those who are named on a confidential one.
    pub persons: Vec<PersonId>,
    /// Whom it complains of.
    pub about: Vec<PersonId>,
    /// Teams that work along or watch.
    pub teams: Vec<TeamId>,
    /// Only people named on it reach it.
    pub confidential: bool,
    /// It is in the trash.
    pub trashed: bool,
}

impl TicketFacts {
    /// Whether it names the person on a confidential ticket, and whoever looks through their eyes.
    pub(crate) fn names_all(&self, who: &Who) -> bool {
        self.names(&who.persons) && (who.witness.is_empty() || self.names(&who.witness))
    }
    fn names(&self, persons: &[PersonId]) -> bool {
        let own = [self.requester, self.beneficiary, self.assignee].into_iter().flatten();
        own.chain(self.persons.iter().copied()).any(|p| persons.contains(&p))
    }
    /// Whether it complains of the person, or of whoever looks through their eyes.
    pub(crate) fn is_about(&self, who: &Who) -> bool {
        self.about.iter().any(|p| who.persons.contains(p) || who.witness.contains(p))
    }
    /// A ticket of a tenant that names nobody yet.
    pub fn of(tenant: TenantId) -> Self {
        Self {
            tenant,
            organisation: None,
            team: None,
            owner_team: None,
            requester: None,
            beneficiary: None,
            assignee: None,
            created_by: None,
            persons: Vec::new(),
            about: Vec::new(),
            teams: Vec::new(),
            confidential: false,
            trashed: false,
        }
    }
}

/// The tickets that a verb reaches, for one actor.
#[derive(Debug, Clone)]
pub struct TicketScope {
    pub(crate) scope: Scope,
    /// It reaches what is in the trash, and nothing else.
    pub(super) trash: bool,
}

impl TicketScope {
    pub(crate) fn of(scope: Scope) -> Self {
        Self { scope, trash: false }
    }
    /// The same reach over what is in the trash, and over that alone.
    #[must_use]
    pub fn in_trash(self) -> Self {
        Self { trash: true, ..self }
    }
    /// Whether no ticket at all is reached.
    pub fn is_nothing(&self) -> bool {
        self.scope.is_nothing()
    }
    /// Whether every ticket of every tenant is reached that is not in the trash, confidential ones too.
    pub fn is_everything(&self) -> bool {
        self.scope.machine && self.scope.is_everything()
    }
    /// The tenants in which some ticket may be reached.
    pub fn tenants(&self) -> Tenants {
        self.scope.tenants()
    }

    /// Whether the ticket with these facts is reached.
    pub fn sees(&self, t: &TicketFacts) -> bool {
        let who = &self.scope.who;
        if t.trashed != self.trash || !self.scope.machine && t.is_about(who) {
            return false;
        }
        if t.confidential && !self.scope.machine {
            return self.scope.levels.touch(t.tenant) && t.names_all(who);
        }
        let own = || [t.requester, t.beneficiary, t.assignee, t.created_by].into_iter().any(|p| who.is(p)) || who.are_any(&t.persons);
        let team = || who.in_team(t.team) || who.in_team(t.owner_team) || t.teams.iter().any(|team| who.teams.contains(team));
        let organisation = || t.organisation.as_ref().is_some_and(|place| who.covering(place).is_some());
        self.scope.sees(t.tenant, &Circles { own: &own, team: &team, organisation: &organisation })
    }

    /// The same as SQL over `ticket`, `ticket_person` and `ticket_team`. Never empty, so that it can
    /// stand in any place of a query.
    pub fn condition(&self) -> Condition {
        if self.is_nothing() {
            return sql::never();
        }
        let trashed = Expr::col(("ticket", "trashed")).eq(Expr::cust(if self.trash { "1" } else { "0" }));
        let reached = Condition::all().add(trashed);
        if self.is_everything() { reached } else { reached.add(self.reached()) }
    }

    fn reached(&self) -> Condition {
        // The number stands in the text: an index of what is confidential serves only then.
        let confidential = |is: &'static str| Expr::col(("ticket", "confidential")).eq(Expr::cust(is));
        let common = Condition::all().add(confidential("0")).add(self.common());
        let (who, eyes) = (&self.scope.who, self.scope.who.eyes());
        if eyes.is_empty() {
            return common;
        }
        let mut reached = Condition::any().add(common);
        if !who.persons.is_empty() {
            let mut named = Condition::all().add(confidential("1"));
            if let Tenants::Some(tenants) = self.tenants() {
                named = named.add(sql::in_tenants("ticket", &tenants));
            }
            for ids in [&who.persons, &who.witness].into_iter().filter(|persons| !persons.is_empty()).filter_map(|persons| naming(persons))
            {
                named = named.add(Expr::col(("ticket", "id")).in_subquery(ids));
            }
            reached = reached.add(named);
        }
        let about = sql::one_of("ticket_person", "person_id", &eyes).add(Expr::col(("ticket_person", "role")).eq("about"));
        let about = sql::ids("ticket_person", "ticket_id", about);
        Condition::all().add(reached).add(Expr::col(("ticket", "id")).not_in_subquery(about))
    }

    /// What is reached of the tickets that are not confidential.
    fn common(&self) -> Condition {
        let who = &self.scope.who;
        let own =
            || {
                let direct = ["requester_id", "beneficiary_id", "assignee_id", "created_by"];
                direct
                    .into_iter()
                    .fold(Condition::any(), |any, column| any.add(sql::one_of("ticket", column, &who.persons)))
                    .add(sql::tied("ticket_person", "ticket_id", ("ticket", "id"), "person_id", &who.persons))
            };
        let team = || {
            Condition::any()
                .add(sql::one_of("ticket", "team_id", &who.teams))
                .add(sql::one_of("ticket", "owner_team_id", &who.teams))
                .add(sql::tied("ticket_team", "ticket_id", ("ticket", "id"), "team_id", &who.teams))
        };
        let organisation = || sql::below(who, "ticket", "organisation_id");
        self.scope.condition("ticket", Circles { own: &own, team: &team, organisation: &organisation })
    }

    /// The condition as a test of each row. SQLite would else drive a list by an index of the scope and
    /// sort all that is reached, where the index of the order would end after one page.
    pub fn test(&self, dialect: Dialect) -> Condition {
        match dialect {
            Dialect::Sqlite if !self.is_everything() => {
                let tested = CaseStatement::new().case(self.condition(), Expr::cust("1")).finally(Expr::cust("0"));
                Condition::all().add(Expr::Case(Box::new(tested)).eq(Expr::cust("1")))
            }
            Dialect::Sqlite | Dialect::Postgres => self.condition(),
        }
    }

    /// The ids of what is reached and perhaps more, some twice, each part by an index of its own; nothing
    /// when no part would be smaller than all tickets, or when nothing is reached. Never enough to show a
    /// ticket: [`Self::test`] stands beside it.
    pub fn candidates(&self) -> Option<SelectStatement> {
        let (scope, who) = (&self.scope, &self.scope.who);
        let l = &scope.levels;
        let mut parts = Vec::new();
        match &l.all {
            Tenants::All => return None,
            Tenants::Some(tenants) if tenants.is_empty() => {}
            Tenants::Some(tenants) => parts.push(sql::ids("ticket", "id", sql::in_tenants("ticket", tenants))),
        }
        let organisation = !l.organisation.is_empty();
        let team = organisation || !l.team.is_empty();
        if (team || !l.own.is_empty()) && !who.persons.is_empty() {
            let direct = ["requester_id", "beneficiary_id", "assignee_id", "created_by"];
            parts.extend(direct.map(|column| sql::ids("ticket", "id", sql::one_of("ticket", column, &who.persons))));
            parts.push(sql::ids("ticket_person", "ticket_id", sql::one_of("ticket_person", "person_id", &who.persons)));
        }
        if team && !who.teams.is_empty() {
            let direct = ["team_id", "owner_team_id"];
            parts.extend(direct.map(|column| sql::ids("ticket", "id", sql::one_of("ticket", column, &who.teams))));
            parts.push(sql::ids("ticket_team", "ticket_id", sql::one_of("ticket_team", "team_id", &who.teams)));
        }
        if organisation && !who.organisations.is_empty() {
            parts.push(sql::ids("ticket", "id", sql::within_organisations(who, "ticket", "organisation_id")));
        }
        sql::union(parts)
    }
}

/// The ids of confidential tickets that name one of these, and perhaps of others: small, by indexes, and
/// asked once for a whole list.
fn naming(persons: &[PersonId]) -> Option<SelectStatement> {
    let mut parts: Vec<SelectStatement> = Vec::new();
    for column in NAMED {
        let confidential = Expr::col(("ticket", "confidential")).eq(Expr::cust("1"));
        parts.push(sql::ids("ticket", "id", Condition::all().add(confidential).add(sql::one_of("ticket", column, persons))));
    }
    parts.push(sql::ids("ticket_person", "ticket_id", sql::one_of("ticket_person", "person_id", persons)));
    sql::union(parts)
}
