//! Which tickets a verb reaches.

use db::Dialect;
use kernel::{PersonId, TeamId};
use party::{TenantId, Tenants};
use sea_query::{CaseStatement, Condition, Expr, ExprTrait, SelectStatement};

use super::{Circles, Place, Scope, sql};

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
    /// Co-workers and watchers.
    pub persons: Vec<PersonId>,
    /// Teams that work along or watch.
    pub teams: Vec<TeamId>,
}

impl TicketFacts {
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
            teams: Vec::new(),
        }
    }
}

/// The tickets that a verb reaches, for one actor.
#[derive(Debug, Clone)]
pub struct TicketScope(pub(crate) Scope);

impl TicketScope {
    /// Whether no ticket at all is reached.
    pub fn is_nothing(&self) -> bool {
        self.0.is_nothing()
    }
    /// Whether every ticket of every tenant is reached: a query needs no condition.
    pub fn is_everything(&self) -> bool {
        self.0.is_everything()
    }
    /// The tenants in which some ticket may be reached.
    pub fn tenants(&self) -> Tenants {
        self.0.tenants()
    }

    /// Whether the ticket with these facts is reached.
    pub fn sees(&self, t: &TicketFacts) -> bool {
        let who = &self.0.who;
        let own = || {
            [t.requester, t.beneficiary, t.assignee, t.created_by].into_iter().any(|p| who.is(p))
                || t.persons.iter().any(|p| who.persons.contains(p))
        };
        let team = || who.in_team(t.team) || who.in_team(t.owner_team) || t.teams.iter().any(|team| who.teams.contains(team));
        let organisation = || t.organisation.as_ref().is_some_and(|place| who.covering(place).is_some());
        self.0.sees(t.tenant, &Circles { own: &own, team: &team, organisation: &organisation })
    }

    /// The same as SQL over `ticket`, `ticket_person` and `ticket_team`. Never empty, so that it can
    /// stand in any place of a query.
    pub fn condition(&self) -> Condition {
        let who = &self.0.who;
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
        self.0.condition("ticket", Circles { own: &own, team: &team, organisation: &organisation })
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
        let (scope, who) = (&self.0, &self.0.who);
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
