//! Why somebody is told.

db::choice! {
    /// Why somebody is told, the strongest first: of several for one event this is the one they read.
    Reason {
        Mentioned "mentioned",
        /// On a confidential ticket, which they see from then on.
        Named "named",
        Assigned "assigned",
        /// Given to them or their team by somebody who had it.
        HandedOver "handed_over",
        Coworker "coworker",
        Team "team",
        Reopened "reopened",
        Solved "solved",
        Cancelled "cancelled",
        Confirmed "confirmed",
        Message "message",
        Merged "merged",
        /// They follow it from then on, by somebody else's wish.
        Watching "watching",
    }
}

impl Reason {
    /// Whether it is meant for this person, so that also a muted ticket tells it.
    pub const fn is_direct(self) -> bool {
        matches!(self, Reason::Mentioned | Reason::Named | Reason::Assigned | Reason::Coworker)
    }

    /// The key of its words.
    pub const fn label(self) -> &'static str {
        match self {
            Reason::Mentioned => i18n::key!("notify-reason-mentioned"),
            Reason::Named => i18n::key!("notify-reason-named"),
            Reason::Assigned => i18n::key!("notify-reason-assigned"),
            Reason::HandedOver => i18n::key!("notify-reason-handed-over"),
            Reason::Coworker => i18n::key!("notify-reason-coworker"),
            Reason::Team => i18n::key!("notify-reason-team"),
            Reason::Reopened => i18n::key!("notify-reason-reopened"),
            Reason::Solved => i18n::key!("notify-reason-solved"),
            Reason::Cancelled => i18n::key!("notify-reason-cancelled"),
            Reason::Confirmed => i18n::key!("notify-reason-confirmed"),
            Reason::Message => i18n::key!("notify-reason-message"),
            Reason::Merged => i18n::key!("notify-reason-merged"),
            Reason::Watching => i18n::key!("notify-reason-watching"),
        }
    }

    /// A name of `web/icons.txt`.
    pub const fn icon(self) -> &'static str {
        match self {
            Reason::Mentioned => "at-sign",
            Reason::Named => "lock",
            Reason::Assigned => "user-check",
            Reason::HandedOver | Reason::Team => "users",
            Reason::Coworker => "user-plus",
            Reason::Reopened => "rotate-ccw",
            Reason::Solved => "circle-check",
            Reason::Cancelled => "ban",
            Reason::Confirmed => "thumbs-up",
            Reason::Message => "message-square",
            Reason::Merged => "git-merge",
            Reason::Watching => "eye",
        }
    }
}
