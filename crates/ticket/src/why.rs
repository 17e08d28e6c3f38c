//! "Why can X see this?": the rights of somebody on a ticket, in words.

use access::{Clause, Reason, Verb, Why, load_actor};
use db::Rd;
use i18n::{Arg, T};
use kernel::{ErrorKind, Lang, PersonId, Result, TicketId};
use party::{Names, Person, SHARED, Wanted};

use crate::{Frame, facts_of, permit};

/// What decides whether somebody sees a ticket.
#[derive(Debug, Clone)]
pub struct Explained {
    pub person: Person,
    /// None: they are shut out, so that nothing is granted.
    pub why: Option<Why>,
    /// The names of the roles that grant it, by language, in the order of the reasons.
    roles: Vec<std::collections::BTreeMap<Lang, String>>,
    names: Names,
}

/// Asks why a person sees a ticket or does not.
///
/// # Errors
/// Not found when ticket or person may not be seen; forbidden without the right to ask.
pub fn explain(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId, person: PersonId) -> Result<Explained> {
    let ticket = permit::see(rd, frame, id)?;
    permit::may(rd, frame, &ticket, Verb::TicketExplain)?;
    let person = permit::person(rd, frame, person)?;
    let facts = facts_of(rd, &ticket)?;
    let actor = match load_actor(rd, person.id, frame.act.now) {
        Ok(actor) => actor,
        Err(error) if error.kind() == ErrorKind::Unauthenticated => {
            return Ok(Explained { person, why: None, roles: Vec::new(), names: Names::default() });
        }
        Err(error) => return Err(error),
    };
    let why = actor.explain(Verb::TicketSee, &facts);
    let mut wanted = Wanted::default();
    for reason in &why.reasons {
        wanted.organisation((reason.tenant != SHARED).then_some(reason.tenant));
        for clause in &reason.clauses {
            match clause {
                Clause::Team(team) | Clause::TeamInvolved(team) => wanted.team(*team),
                Clause::Organisation(organisation) => wanted.organisation(*organisation),
                _ => &mut wanted,
            };
        }
    }
    let held = |reason: &Reason| actor.grants.iter().find(|g| g.key == reason.role && g.tenant == reason.tenant);
    let roles = why.reasons.iter().map(|reason| held(reason).map(|g| g.role.names.clone()).unwrap_or_default()).collect();
    Ok(Explained { person, roles, names: wanted.load(rd)?, why: Some(why) })
}

impl Explained {
    pub fn is_granted(&self) -> bool {
        self.why.as_ref().is_some_and(Why::is_granted)
    }

    /// The answer, and what it rests on, a sentence each.
    pub fn words(&self, t: &T) -> Vec<String> {
        let name = [("name", Arg::Text(self.person.name.as_str().into()))];
        let mut lines = vec![t.with(if self.is_granted() { "why-yes" } else { "why-no" }, &name)];
        let Some(why) = &self.why else {
            lines.push(t.msg("why-shut-out").into_owned());
            return lines;
        };
        if why.about {
            lines.push(t.msg("why-about").into_owned());
        } else if why.confidential {
            lines.push(t.msg("why-confidential").into_owned());
        } else if why.reasons.is_empty() {
            lines.push(t.msg("why-no-role").into_owned());
        }
        for (reason, names) in why.reasons.iter().zip(&self.roles) {
            let role = names.get(&t.lang()).or_else(|| names.get(&Lang::En)).map_or(reason.role.as_str(), String::as_str);
            let place = if reason.tenant == SHARED {
                t.msg("why-everywhere").into_owned()
            } else {
                self.names.organisation(reason.tenant).to_owned()
            };
            let reach = t.msg(&format!("access-reach-{}", reason.reach.key())).into_owned();
            for clause in &reason.clauses {
                let clause = self.clause(t, clause);
                lines.push(t.with(
                    "why-reason",
                    &[
                        ("clause", Arg::Text(clause.as_str().into())),
                        ("role", Arg::Text(role.into())),
                        ("place", Arg::Text(place.as_str().into())),
                        ("reach", Arg::Text(reach.as_str().into())),
                    ],
                ));
            }
        }
        lines
    }

    fn clause(&self, t: &T, clause: &Clause) -> String {
        let named = |key: &str, name: &str| t.with(key, &[("name", Arg::Text(name.into()))]);
        match clause {
            Clause::Requester => t.msg("why-requester").into_owned(),
            Clause::Beneficiary => t.msg("why-beneficiary").into_owned(),
            Clause::Assignee => t.msg("why-assignee").into_owned(),
            Clause::Creator => t.msg("why-creator").into_owned(),
            Clause::Involved => t.msg("why-involved").into_owned(),
            Clause::Team(team) => named("why-team", self.names.team(*team)),
            Clause::TeamInvolved(team) => named("why-team-involved", self.names.team(*team)),
            Clause::Organisation(organisation) => named("why-organisation", self.names.organisation(*organisation)),
            Clause::Tenant => t.msg("why-tenant").into_owned(),
        }
    }
}

/// The key of a clause, for programs.
pub const fn clause_key(clause: &Clause) -> &'static str {
    match clause {
        Clause::Requester => "requester",
        Clause::Beneficiary => "beneficiary",
        Clause::Assignee => "assignee",
        Clause::Creator => "creator",
        Clause::Involved => "involved",
        Clause::Team(_) => "team",
        Clause::TeamInvolved(_) => "team_involved",
        Clause::Organisation(_) => "organisation",
        Clause::Tenant => "tenant",
    }
}
