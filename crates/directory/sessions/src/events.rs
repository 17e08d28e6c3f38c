//! What happens to an account, for the log that administrators read.

use access::store::seeing::SeeingId;
use db::Tx;
use events::{Act, Draft, Visibility, append};
use kernel::{AccountId, PersonId, Result, Time, TokenId};
use serde::{Deserialize, Serialize};

use crate::session::SessionId;

/// The object name of accounts in the log.
pub const OBJECT: &str = "account";

/// By which way a password came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordBy {
    /// Its owner, who knew the one before.
    Owner,
    /// A link for one use.
    Link,
    /// The set-up of the desk.
    SetUp,
}

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum AccountEvent {
    SignedIn {
        session: SessionId,
    },
    SignedOut {
        session: SessionId,
    },
    /// Wrong passwords within a minute, counted together so that a flood does not fill the log.
    Failed {
        attempts: i64,
    },
    /// A link to choose a password was made.
    ResetOffered,
    PasswordSet {
        by: PasswordBy,
    },
    SessionsEnded {
        count: u64,
    },
    TokenCreated {
        token: TokenId,
        scopes: Vec<String>,
        expires_at: Time,
    },
    TokenRevoked {
        token: TokenId,
    },
    TokensRevoked {
        count: u64,
    },
    ShutOut,
    LetIn,
    /// A log-in was made for a person.
    Made,
    /// It has another name to sign in by.
    Renamed,
    /// Its person looks at the desk as another one does, changing nothing. Why stands beside, in words.
    SeeingBegan {
        seeing: SeeingId,
        person: PersonId,
        until: Time,
    },
    SeeingEnded {
        seeing: SeeingId,
        person: PersonId,
    },
}

impl AccountEvent {
    /// The kind in the log.
    pub const fn kind(&self) -> &'static str {
        match self {
            AccountEvent::SignedIn { .. } => "account.signed_in",
            AccountEvent::SignedOut { .. } => "account.signed_out",
            AccountEvent::Failed { .. } => "account.failed",
            AccountEvent::ResetOffered => "account.reset_offered",
            AccountEvent::PasswordSet { .. } => "account.password_set",
            AccountEvent::SessionsEnded { .. } => "account.sessions_ended",
            AccountEvent::TokenCreated { .. } => "account.token_created",
            AccountEvent::TokenRevoked { .. } => "account.token_revoked",
            AccountEvent::TokensRevoked { .. } => "account.tokens_revoked",
            AccountEvent::ShutOut => "account.shut_out",
            AccountEvent::LetIn => "account.let_in",
            AccountEvent::Made => "account.made",
            AccountEvent::Renamed => "account.renamed",
            AccountEvent::SeeingBegan { .. } => "account.seeing_began",
            AccountEvent::SeeingEnded { .. } => "account.seeing_ended",
        }
    }
}

/// What somebody does here to people and places; kinds and payloads are those of the pages that
/// administer them.
pub(crate) mod directory {
    use super::{Act, Draft, Result, Serialize, Tx, Visibility, append};
    use kernel::{OrganisationId, PersonId, TeamId};
    use party::TenantId;

    #[derive(Serialize)]
    struct Nothing {}
    #[derive(Serialize)]
    struct Fields<'a> {
        fields: &'a [&'static str],
    }
    #[derive(Serialize)]
    struct Granted {
        role: &'static str,
        tenant: TenantId,
    }
    #[derive(Serialize)]
    struct Member {
        person: PersonId,
    }

    fn write<P: Serialize>(
        tx: &mut Tx<'_>,
        act: &Act,
        tenant: TenantId,
        of: (&'static str, i64),
        kind: &'static str,
        payload: &P,
    ) -> Result<()> {
        let visibility = Visibility::Administrative;
        append(tx, act, &Draft { tenant: tenant.raw(), object: of.0, object_id: of.1, kind, visibility, payload }).map(drop)
    }

    pub fn person_created(tx: &mut Tx<'_>, act: &Act, tenant: TenantId, id: PersonId) -> Result<()> {
        write(tx, act, tenant, ("person", id.raw()), "person.created", &Nothing {})
    }
    /// The fields that have other values now.
    pub fn person_changed(tx: &mut Tx<'_>, act: &Act, tenant: TenantId, id: PersonId, fields: &[&'static str]) -> Result<()> {
        write(tx, act, tenant, ("person", id.raw()), "person.changed", &Fields { fields })
    }
    /// In `place` the person now holds the role.
    pub fn role_granted(tx: &mut Tx<'_>, act: &Act, tenant: TenantId, id: PersonId, role: &'static str, place: TenantId) -> Result<()> {
        write(tx, act, tenant, ("person", id.raw()), "person.role_granted", &Granted { role, tenant: place })
    }
    pub fn organisation_created(tx: &mut Tx<'_>, act: &Act, id: OrganisationId) -> Result<()> {
        write(tx, act, id, ("organisation", id.raw()), "organisation.created", &Nothing {})
    }
    pub fn team_created(tx: &mut Tx<'_>, act: &Act, tenant: TenantId, id: TeamId, first: PersonId) -> Result<()> {
        write(tx, act, tenant, ("team", id.raw()), "team.created", &Nothing {})?;
        write(tx, act, tenant, ("team", id.raw()), "team.member_added", &Member { person: first })
    }
}

/// Writes it down, in the transaction of the change.
pub(crate) fn record(tx: &mut Tx<'_>, act: &Act, account: AccountId, event: &AccountEvent) -> Result<()> {
    let tenant = crate::store::tenant_of(tx, account)?;
    let draft = Draft {
        tenant: tenant.raw(),
        object: OBJECT,
        object_id: account.raw(),
        kind: event.kind(),
        visibility: Visibility::Administrative,
        payload: event,
    };
    append(tx, act, &draft).map(drop)
}
