//! Fixed choices of a ticket, stored and sent as their key.

db::choice! {
    /// What a state means to service levels, lists and reports. Open are the first four.
    Category {
        New "new",
        Active "active",
        /// For the requester.
        Waiting "waiting",
        /// For others.
        Held "held",
        Resolved "resolved",
        Closed "closed",
        Cancelled "cancelled",
    }
}

impl Category {
    pub const fn is_open(self) -> bool {
        matches!(self, Category::New | Category::Active | Category::Waiting | Category::Held)
    }
}

db::choice! {
    /// How a ticket or a message reached the desk.
    Channel {
        Portal "portal",
        Phone "phone",
        Email "email",
        Chat "chat",
        WalkIn "walk_in",
        Api "api",
        Agent "agent",
        Import "import",
        System "system",
    }
}

db::choice! {
    /// What sort of message it is.
    MessageKind {
        /// What the requester wrote first.
        Description "description",
        Reply "reply",
        Note "note",
        Call "call",
    }
}

db::choice! {
    /// Of a call.
    Direction {
        In "in",
        Out "out",
    }
}

db::choice! {
    /// What somebody beside requester and assignee is to a ticket.
    Involvement {
        Coworker "coworker",
        Watcher "watcher",
        /// May see it although it is confidential.
        Named "named",
        /// It complains of them: they never see it and are never told.
        About "about",
    }
}

db::choice! {
    /// What one ticket is to another. Parent and child are a column of the ticket, not a link.
    LinkKind {
        Duplicate "duplicate",
        Relates "relates",
        Blocks "blocks",
        CausedBy "caused_by",
    }
}

db::choice! {
    /// Why a ticket was given to somebody else.
    HandoverReason {
        /// The requester wished it.
        Wish "wish",
        /// The two do not get on.
        Conflict "conflict",
        /// Others know more about it.
        Skill "skill",
        Absence "absence",
        Load "load",
        WrongTeam "wrong_team",
        Other "other",
    }
}

db::choice! {
    /// What a rating is about.
    RatingReason {
        /// How long it took.
        Time "time",
        /// What was done.
        Result "result",
        /// How it was explained.
        Words "words",
        /// How people were with them.
        Manner "manner",
        /// How much they had to do themselves.
        Effort "effort",
    }
}
