//! Who acts: a person, a token of a person, the desk itself or an import.

use std::collections::BTreeSet;
use std::sync::Arc;

use kernel::{AccountId, BatchId, Error, ErrorKind, Lang, PersonId, Result, Time, TokenId};
use party::{SHARED, TenantId, Tenants};

use crate::scope::{Levels, Scope};
use crate::{
    LocationScope, Object, OrganisationScope, PersonScope, Reach, Role, ServiceScope, TeamScope, TicketScope, TokenScope, Verb, Who,
};

/// By which door the actor came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActorKind {
    Person,
    /// Only verbs within the scopes of the token.
    Token {
        id: TokenId,
        scopes: BTreeSet<TokenScope>,
    },
    /// The desk itself: may do everything.
    System,
    /// An import: may do everything.
    Import {
        batch: BatchId,
    },
}

/// A role held in a tenant.
#[derive(Debug, Clone)]
pub struct Grant {
    pub key: String,
    /// [`SHARED`]: every tenant of the installation.
    pub tenant: TenantId,
    pub role: Arc<Role>,
}

/// Who acts, with everything that decides about rights; made once per request.
#[derive(Debug, Clone)]
pub struct Actor {
    pub kind: ActorKind,
    /// None: the desk itself or an import.
    pub person: Option<PersonId>,
    pub account: Option<AccountId>,
    pub name: String,
    /// Where the person is at home.
    pub tenant: TenantId,
    /// The person's own choice, else that of the organisation.
    pub lang: Lang,
    /// An IANA name: the person's, the location's, the organisation's, else UTC.
    pub time_zone: String,
    pub grants: Vec<Grant>,
    /// What the person is part of: persons merged into them, teams, organisations.
    pub who: Arc<Who>,
    /// Somebody else looks at the desk as this person does, and may change nothing.
    pub looker: Option<Arc<Looker>>,
}

/// Who looks at the desk as somebody else does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looker {
    pub person: PersonId,
    pub name: String,
    pub until: Time,
}

impl Actor {
    /// The desk itself.
    pub fn system() -> Self {
        Self::machine(ActorKind::System)
    }
    pub fn import(batch: BatchId) -> Self {
        Self::machine(ActorKind::Import { batch })
    }
    fn machine(kind: ActorKind) -> Self {
        Self {
            kind,
            person: None,
            account: None,
            name: String::new(),
            tenant: SHARED,
            lang: Lang::default(),
            time_zone: "UTC".to_owned(),
            grants: Vec::new(),
            who: Arc::new(Who::default()),
            looker: None,
        }
    }
    /// The same person by a token: only the verbs within its scopes remain.
    #[must_use]
    pub fn with_token(mut self, id: TokenId, scopes: BTreeSet<TokenScope>) -> Self {
        self.kind = ActorKind::Token { id, scopes };
        self
    }

    /// The same person as somebody else sees the desk through them: what is confidential shows only when it
    /// names both, and what is about the other one does not show.
    #[must_use]
    pub fn seen_by(mut self, other: &Actor, person: PersonId, until: Time) -> Self {
        self.who = Arc::new(Who { witness: other.who.persons.clone(), ..(*self.who).clone() });
        self.looker = Some(Arc::new(Looker { person, name: other.name.clone(), until }));
        self.account = None;
        self
    }

    /// That nothing that reads reaches further for another actor than for this one, whatever its reach is there:
    /// only who reads all of a tenant covers what somebody reads of it, and knows each field that they know.
    ///
    /// # Errors
    /// Forbidden, naming the first verb by which the other one reads more.
    pub fn require_reads_all_of(&self, other: &Actor) -> Result<()> {
        for tenant in other.grants.iter().map(|grant| grant.tenant).collect::<BTreeSet<TenantId>>() {
            let more =
                |verb: &&Verb| verb.reads() && other.reach(**verb, tenant) > Reach::None && self.reach(**verb, tenant) < verb.furthest();
            if let Some(verb) = Verb::ALL.iter().find(more) {
                return Err(Error::new(ErrorKind::Forbidden, "error-see-as-above").arg("verb", verb));
            }
            if Object::ALL.iter().any(|object| !self.hidden_in(*object, tenant).is_subset(&other.hidden_in(*object, tenant))) {
                return Err(Error::new(ErrorKind::Forbidden, "error-see-as-above"));
            }
        }
        Ok(())
    }

    /// The person who acts.
    ///
    /// # Errors
    /// Forbidden when no person stands behind it.
    pub fn require_person(&self) -> Result<PersonId> {
        self.person.ok_or_else(Error::forbidden)
    }
    pub fn is_machine(&self) -> bool {
        matches!(self.kind, ActorKind::System | ActorKind::Import { .. })
    }
    pub(crate) fn token_allows(&self, verb: Verb) -> bool {
        match &self.kind {
            ActorKind::Token { scopes, .. } => scopes.contains(&TokenScope::of(verb)),
            _ => true,
        }
    }

    /// How far a verb goes in a tenant; [`SHARED`] asks for what the operator shares and for the
    /// installation itself, which only a grant for all tenants reaches.
    pub fn reach(&self, verb: Verb, tenant: TenantId) -> Reach {
        if self.is_machine() {
            return Reach::All;
        }
        if !self.token_allows(verb) {
            return Reach::None;
        }
        let here = self.grants.iter().filter(|g| g.tenant == SHARED || g.tenant == tenant);
        here.map(|g| g.role.reach(verb)).max().unwrap_or_default()
    }
    /// Whether the verb is granted in a tenant with any reach: for verbs that are all or nothing, and
    /// for showing or hiding a button.
    pub fn may(&self, verb: Verb, tenant: TenantId) -> bool {
        self.reach(verb, tenant) > Reach::None
    }
    /// # Errors
    /// Forbidden when the verb is not granted for all of the tenant.
    pub fn require(&self, verb: Verb, tenant: TenantId) -> Result<()> {
        if self.reach(verb, tenant) == Reach::All { Ok(()) } else { Err(Error::forbidden()) }
    }
    /// That nobody gives away more than they have: every verb of the role is held as far, there.
    ///
    /// # Errors
    /// Forbidden, naming the first verb that is too high.
    pub fn require_covers(&self, role: &Role, tenant: TenantId) -> Result<()> {
        match Verb::ALL.iter().find(|verb| role.reach(**verb) > self.reach(**verb, tenant)) {
            None => Ok(()),
            Some(verb) => Err(Error::new(ErrorKind::Forbidden, "error-role-exceeds").arg("verb", verb)),
        }
    }
    /// Whether the verb is granted in some tenant: for navigation.
    pub fn may_anywhere(&self, verb: Verb) -> bool {
        self.is_machine() || (self.token_allows(verb) && self.grants.iter().any(|g| g.role.reach(verb) > Reach::None))
    }
    /// The tenants in which the verb reaches everything.
    pub fn tenants(&self, verb: Verb) -> Tenants {
        self.levels(verb).all
    }

    /// Works for the desk, beyond asking for oneself: decides between console and portal.
    pub fn is_staff(&self) -> bool {
        self.may_anywhere(Verb::TicketSeeInternal)
    }

    /// The fields of an object that are hidden in a tenant: a field is hidden only when every role
    /// that grants seeing the object there hides it. Nothing is hidden from the desk itself, and
    /// where the object is not seen at all there is nothing to hide.
    pub fn hidden_in(&self, object: Object, tenant: TenantId) -> BTreeSet<&str> {
        let Some(&see) = object.verbs().first() else { return BTreeSet::new() };
        let mut seeing = self.grants.iter().filter(|g| (g.tenant == SHARED || g.tenant == tenant) && g.role.reach(see) > Reach::None);
        let Some(first) = seeing.next() else { return BTreeSet::new() };
        let mut hidden: BTreeSet<&str> = first.role.hidden(object).collect();
        for grant in seeing {
            hidden.retain(|field| grant.role.hides(object, field));
        }
        hidden
    }
    /// The fields hidden in any of the tenants that the actor sees: what a list, a filter, a sort or
    /// a facet over several tenants must leave out.
    pub fn hidden(&self, object: Object) -> BTreeSet<&str> {
        let tenants: BTreeSet<TenantId> = self.grants.iter().map(|g| g.tenant).collect();
        tenants.into_iter().flat_map(|tenant| self.hidden_in(object, tenant)).collect()
    }

    pub fn tickets(&self, verb: Verb) -> TicketScope {
        TicketScope::of(self.scope(verb))
    }
    pub fn persons(&self, verb: Verb) -> PersonScope {
        PersonScope(self.scope(verb))
    }
    pub fn organisations(&self, verb: Verb) -> OrganisationScope {
        OrganisationScope(self.scope(verb))
    }
    pub fn teams(&self, verb: Verb) -> TeamScope {
        TeamScope(self.scope(verb))
    }
    pub fn services(&self, verb: Verb) -> ServiceScope {
        ServiceScope(self.scope(verb))
    }
    pub fn locations(&self, verb: Verb) -> LocationScope {
        LocationScope(self.scope(verb))
    }

    fn scope(&self, verb: Verb) -> Scope {
        Scope { levels: self.levels(verb), who: Arc::clone(&self.who), reads: verb.reads(), machine: self.is_machine() }
    }
    fn levels(&self, verb: Verb) -> Levels {
        if self.is_machine() {
            return Levels { all: Tenants::All, ..Levels::default() };
        }
        let mut levels = Levels::default();
        if !self.token_allows(verb) {
            return levels;
        }
        let tenants: BTreeSet<TenantId> = self.grants.iter().map(|g| g.tenant).collect();
        let everywhere = self.reach(verb, SHARED);
        for tenant in tenants {
            let reach = self.reach(verb, tenant);
            if tenant == SHARED {
                levels.put_all(reach);
            } else if reach > everywhere {
                levels.put(reach, tenant);
            }
        }
        levels
    }
}
