//! The catalogue of what can be done, by object. A verb exists once some code, or the graph of some kind
//! of ticket, asks for it; a few stand here a little earlier, so that delivered roles have them when
//! their pages come: merge, log_time, approve, delete and export of tickets, see_as, settings, imports
//! by page, and reports.

use crate::Reach;

macro_rules! verbs {
    ($($(#[$ometa:meta])* $object:ident $okey:literal [$($reach:ident)*] { $($(#[$vmeta:meta])* $verb:ident $vkey:literal $mode:ident,)* })*) => {
        /// What a verb is done to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Object { $($(#[$ometa])* $object),* }

        impl Object {
            pub const ALL: &[Object] = &[$(Object::$object),*];

            /// The key as stored and in message keys.
            pub const fn key(self) -> &'static str {
                match self { $(Object::$object => $okey),* }
            }
            /// The reaches that make a difference for this object, beside none.
            pub const fn reaches(self) -> &'static [Reach] {
                match self { $(Object::$object => &[$(Reach::$reach),*]),* }
            }
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($okey => Some(Object::$object),)* _ => None }
            }
            /// Its verbs, in the order in which people read them.
            pub const fn verbs(self) -> &'static [Verb] {
                match self { $(Object::$object => &[$(Verb::$verb),*]),* }
            }
        }

        /// Something that can be done to an object.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Verb { $($($(#[$vmeta])* $verb),*),* }

        impl Verb {
            pub const ALL: &[Verb] = &[$($(Verb::$verb),*),*];
            pub(crate) const COUNT: usize = Self::ALL.len();

            /// Such as `ticket.see`: the key in roles, transitions and rules.
            pub const fn key(self) -> &'static str {
                match self { $($(Verb::$verb => concat!($okey, ".", $vkey)),*),* }
            }
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($(concat!($okey, ".", $vkey) => Some(Verb::$verb),)*)* _ => None }
            }
            pub const fn object(self) -> Object {
                match self { $($(Verb::$verb => Object::$object),*),* }
            }
            /// Whether it changes nothing: a token that may only read has it.
            pub const fn reads(self) -> bool {
                match self { $($(Verb::$verb => matches!(Mode::$mode, Mode::Read)),*),* }
            }
        }
    };
}

enum Mode {
    Read,
    Write,
}

verbs! {
    Ticket "ticket" [Own Team Organisation All] {
        TicketSee "see" Read,
        /// Notes, and whatever else the requester does not read.
        TicketSeeInternal "see_internal" Read,
        /// Its reach is over persons: for whom one may register.
        TicketCreate "create" Write,
        TicketEdit "edit" Write,
        /// Move it between states of work.
        TicketWork "work" Write,
        /// Make oneself the assignee.
        TicketTake "take" Write,
        /// Give it to a team or a person; no right to see follows from it.
        TicketAssign "assign" Write,
        TicketNote "note" Write,
        TicketReply "reply" Write,
        /// Go on with it as its requester: answer a question, say that it is still broken.
        TicketFollow "follow" Write,
        TicketSolve "solve" Write,
        TicketClose "close" Write,
        TicketReopen "reopen" Write,
        TicketCancel "cancel" Write,
        TicketLink "link" Write,
        TicketMerge "merge" Write,
        /// Add and remove co-workers and watchers.
        TicketWatch "watch" Write,
        TicketLogTime "log_time" Write,
        TicketApprove "approve" Write,
        /// Move it to the trash, and bring it back from there.
        TicketDelete "delete" Write,
        /// Remove for good what is in the trash.
        TicketPurge "purge" Write,
        TicketExport "export" Read,
        /// Make a ticket visible to the people named on it only, name them, and lift it again.
        TicketConfide "confide" Write,
        /// Be named on a confidential ticket that one does not see, with a reason that is told.
        TicketUnseal "unseal" Write,
        /// Take a part of what was written, or a file, away for good.
        TicketRedact "redact" Write,
        /// Read what was masked, with a reason that is told.
        TicketReveal "reveal" Write,
        /// Ask why somebody sees a ticket, or does not.
        TicketExplain "explain" Read,
    }
    Person "person" [Own Team Organisation All] {
        PersonSee "see" Read,
        PersonCreate "create" Write,
        PersonEdit "edit" Write,
        /// Log-in, password, sessions of others.
        PersonAccount "account" Write,
        PersonMerge "merge" Write,
        PersonDisable "disable" Write,
        /// Take the list of people as a file.
        PersonExport "export" Read,
        /// Take away for good what is known of them and what they wrote.
        PersonErase "erase" Write,
        /// Look at the desk as somebody else does, without changing anything.
        PersonSeeAs "see_as" Read,
    }
    Organisation "organisation" [Own Organisation All] {
        OrganisationSee "see" Read,
        /// In tenant 0: new tenants.
        OrganisationCreate "create" Write,
        OrganisationEdit "edit" Write,
    }
    Team "team" [Team All] {
        TeamSee "see" Read,
        TeamEdit "edit" Write,
    }
    Service "service" [Own Team All] {
        ServiceSee "see" Read,
        ServiceEdit "edit" Write,
    }
    Location "location" [All] {
        LocationSee "see" Read,
        LocationEdit "edit" Write,
    }
    Role "role" [All] {
        RoleSee "see" Read,
        RoleEdit "edit" Write,
        RoleGrant "grant" Write,
    }
    Settings "settings" [All] {
        SettingsSee "see" Read,
        SettingsEdit "edit" Write,
    }
    View "view" [All] {
        /// Give a saved view to a team or to everybody.
        ViewShare "share" Write,
    }
    Token "token" [Own All] {
        /// Make tokens of one's own; with all: see and revoke those of others.
        TokenManage "manage" Write,
    }
    Import "import" [All] {
        ImportRun "run" Write,
    }
    Report "report" [All] {
        ReportSee "see" Read,
    }
    Audit "audit" [All] {
        AuditSee "see" Read,
    }
    /// Jobs, health, logs and backups of the installation; in tenant 0 only.
    System "system" [All] {
        SystemSee "see" Read,
        SystemRun "run" Write,
    }
}

impl Verb {
    /// The furthest reach that makes a difference.
    pub(crate) fn furthest(self) -> Reach {
        self.object().reaches().iter().copied().max().unwrap_or_default()
    }
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

impl std::fmt::Display for Verb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_back_to_their_verbs() {
        for verb in Verb::ALL {
            assert_eq!(Verb::from_key(verb.key()), Some(*verb));
            assert!(verb.object().verbs().contains(verb));
            assert_eq!(Verb::ALL[verb.index()], *verb);
        }
        assert_eq!(Verb::TicketSeeInternal.key(), "ticket.see_internal");
        assert_eq!(Verb::from_key("ticket.fly"), None);
    }
}
