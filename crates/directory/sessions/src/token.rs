//! API tokens: keys of programs that act for a person.

use kernel::{AccountId, Error, PersonId, Result, Time, TokenId};

use crate::{Scopes, Secret};

/// What stands before the secret, so that scanners of source code recognise a leaked one.
const PREFIX: &str = "spoc_";

/// Live tokens that one account may have.
pub const MAX_LIVE: usize = 50;

db::row! {
    /// A token as its owner sees it.
    pub struct ApiToken {
        pub id: TokenId,
        pub account: AccountId,
        pub name: String,
        pub scopes: Scopes,
        pub created_at: Time,
        pub expires_at: Time,
        pub last_used_at: Option<Time>,
    }
}

db::row! {
    /// What a valid token leads to.
    pub struct LiveToken {
        pub id: TokenId,
        pub account: AccountId,
        pub person: PersonId,
        pub scopes: Scopes,
        pub expires_at: Time,
        pub last_used_at: Option<Time>,
    }
}

/// The text that a program sends.
pub fn written(secret: &Secret) -> String {
    format!("{PREFIX}{}", secret.reveal())
}

/// Reads that text.
pub fn read(text: &str) -> Option<Secret> {
    text.strip_prefix(PREFIX).and_then(Secret::parse)
}

/// What is wanted of a new token.
#[derive(Debug, Clone)]
pub struct NewToken {
    pub name: String,
    pub scopes: Scopes,
    pub expires_at: Time,
}

impl NewToken {
    /// # Errors
    /// The name is missing or too long, or the end is not ahead or too far away.
    pub fn check(&self, now: Time) -> Result<()> {
        let length = self.name.trim().chars().count();
        if length == 0 {
            return Err(Error::invalid("name", "error-required"));
        }
        if length > 100 {
            return Err(Error::invalid("name", "error-too-long").field_arg("max", 100));
        }
        let latest = now.plus(crate::lifetimes::TOKEN_DAYS * Time::DAY);
        if self.expires_at <= now || self.expires_at > latest {
            return Err(Error::invalid("expires_at", "error-token-expiry").field_arg("days", crate::lifetimes::TOKEN_DAYS));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::SystemEntropy;

    #[test]
    fn only_our_own_tokens_are_read() {
        let secret = Secret::new(&SystemEntropy);
        let text = written(&secret);
        assert_eq!(read(&text).map(|s| s.digest()), Some(secret.digest()));
        for wrong in ["", "spoc_", secret.reveal(), &text.to_uppercase(), &format!("{text} ")] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_token_has_a_name_and_an_end() {
        let now = Time::from_seconds(1_000_000);
        let token =
            |name: &str, days: i64| NewToken { name: name.into(), scopes: Scopes::default(), expires_at: now.plus(days * Time::DAY) };
        assert!(token("backup", 90).check(now).is_ok());
        assert!(token("backup", 366).check(now).is_ok());
        for (name, days) in [(" ", 90), ("backup", 0), ("backup", -1), ("backup", 367)] {
            assert!(token(name, days).check(now).is_err(), "{name} {days}");
        }
        assert!(token(&"x".repeat(101), 90).check(now).is_err());
    }
}
