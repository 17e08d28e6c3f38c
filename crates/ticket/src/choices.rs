//! Fixed choices of a ticket, stored and sent as their key.

macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident $key:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $key)] $variant),* }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant),*];
            /// The key as stored; never translated.
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key),* }
            }
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some($name::$variant),)* _ => None }
            }
        }
        impl db::FromColumn for $name {
            const TYPE: db::ColumnType = db::ColumnType::Text;
            fn from_column(row: &db::RawRow<'_>, index: usize) -> kernel::Result<Self> {
                let key = String::from_column(row, index)?;
                Self::from_key(&key).ok_or_else(|| kernel::Error::internal(format!("{key:?} is no {}", stringify!($name))))
            }
        }
        impl From<$name> for db::Value<'_> {
            fn from(choice: $name) -> Self {
                db::Value::from(choice.key())
            }
        }
    };
}

choice! {
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

choice! {
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

choice! {
    /// What sort of message it is.
    MessageKind {
        /// What the requester wrote first.
        Description "description",
        Reply "reply",
        Note "note",
        Call "call",
    }
}

choice! {
    /// Of a call.
    Direction {
        In "in",
        Out "out",
    }
}

choice! {
    /// What somebody beside requester and assignee is to a ticket.
    Involvement {
        Coworker "coworker",
        Watcher "watcher",
    }
}

choice! {
    /// What one ticket is to another. Parent and child are a column of the ticket, not a link.
    LinkKind {
        Duplicate "duplicate",
        Relates "relates",
        Blocks "blocks",
        CausedBy "caused_by",
    }
}
