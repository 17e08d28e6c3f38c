//! Which persons a verb reaches: oneself, those of the same team, colleagues, everybody.

use db::Rd;
use kernel::{Error, PersonId, Result, TeamId};
use party::{Person, TenantId, Within};
use sea_query::{Condition, Expr, ExprTrait};

use super::{Below, Circles, Place, Scope, sql};

/// What decides about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFacts {
    pub id: PersonId,
    pub tenant: TenantId,
    /// Where the person is a member now.
    pub organisations: Vec<Place>,
    pub teams: Vec<TeamId>,
}

/// The persons that a verb reaches, for one actor.
#[derive(Debug, Clone)]
pub struct PersonScope(pub(crate) Scope);

impl PersonScope {
    pub fn is_nothing(&self) -> bool {
        self.0.is_nothing()
    }

    /// Whether the person with these facts is reached.
    pub fn sees(&self, p: &PersonFacts) -> bool {
        let who = &self.0.who;
        let own = || who.persons.contains(&p.id);
        let team = || p.teams.iter().any(|t| who.teams.contains(t));
        let organisation = || p.organisations.iter().any(|place| who.covering(place).is_some());
        self.0.sees(p.tenant, &Circles { own: &own, team: &team, organisation: &organisation })
    }

    /// The same as SQL over `person`.
    pub fn condition(&self) -> Condition {
        let who = &self.0.who;
        let own = || sql::one_of("person", "id", &who.persons);
        let team = || sql::tied("team_member", "person_id", ("person", "id"), "team_id", &who.teams);
        let organisation = || self.colleague();
        self.0.condition("person", Circles { own: &own, team: &team, organisation: &organisation })
    }

    fn colleague(&self) -> Condition {
        let who = &self.0.who;
        if who.organisations.is_empty() {
            return sql::never();
        }
        let mut rows = sql::exists("membership");
        rows.and_where(Expr::col(("membership", "person_id")).equals(("person", "id")))
            .and_where(Expr::col(("membership", "from_at")).lte(who.at.0))
            .and_where(Expr::col(("membership", "to_at")).gt(who.at.0));
        match &who.below {
            Below::Ids(_) => rows.cond_where(sql::below(who, "membership", "organisation_id")),
            Below::Paths => rows
                .inner_join("organisation", Expr::col(("organisation", "id")).equals(("membership", "organisation_id")))
                .cond_where(sql::paths(who, "organisation")),
        };
        Condition::all().add(Expr::exists(rows))
    }

    /// The bounds of a list of persons.
    pub fn within(&self) -> Within {
        Within { tenants: self.0.tenants(), condition: self.condition() }
    }

    /// The person of an id, or the one they were merged into, when the scope reaches them.
    ///
    /// # Errors
    /// `NotFound` when there is no such person or none that may be seen: the same answer.
    pub fn get(&self, rd: &mut Rd<'_>, id: PersonId) -> Result<Person> {
        let person = party::store::person::resolve(rd, id)?;
        if self.reaches(rd, person.id)? { Ok(person) } else { Err(Error::not_found()) }
    }

    /// Whether the scope reaches a person.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn reaches(&self, rd: &mut Rd<'_>, id: PersonId) -> Result<bool> {
        super::reaches(rd, "person", id.raw(), &self.0, || self.condition())
    }
}
