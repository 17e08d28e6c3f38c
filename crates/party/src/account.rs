//! What a person signs in with.

use kernel::{AccountId, PersonId, Result, Time};

/// A password as its hash in PHC form. It has no `Serialize` and shows nothing when printed.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    pub fn new(phc: impl Into<String>) -> Self {
        Self(phc.into())
    }
    /// The hash, for the one place that verifies it.
    pub fn phc(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

impl db::FromColumn for PasswordHash {
    const TYPE: db::ColumnType = db::ColumnType::Text;
    fn from_column(row: &db::RawRow<'_>, index: usize) -> Result<Self> {
        String::from_column(row, index).map(Self)
    }
}

db::row! {
    /// An account as stored.
    pub struct Account {
        pub id: AccountId,
        pub person: PersonId,
        pub login: String,
        pub password: Option<PasswordHash>,
        pub active: bool,
        /// Failed attempts since the last success.
        pub failed_count: i64,
        pub last_login_at: Option<Time>,
        pub version: i64,
    }
}
