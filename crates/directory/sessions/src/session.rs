//! A session: one browser in which an account is signed in.

use kernel::{AccountId, Id, PersonId, Time};

/// The kind of record; its counter comes with the migration of this slice.
#[derive(Debug)]
pub enum SessionKind {}
impl kernel::Kind for SessionKind {
    const NAME: &'static str = "session";
}
/// The public number of a session; the secret is in the cookie only.
pub type SessionId = Id<SessionKind>;

db::row! {
    /// A session as its owner sees it.
    pub struct Session {
        pub id: SessionId,
        pub account: AccountId,
        pub created_at: Time,
        pub last_seen_at: Time,
        pub idle_expires_at: Time,
        pub expires_at: Time,
        pub user_agent: String,
        pub ip: String,
    }
}

db::row! {
    /// What a valid cookie leads to.
    pub struct Live {
        pub id: SessionId,
        pub account: AccountId,
        pub person: PersonId,
        pub last_seen_at: Time,
        pub expires_at: Time,
        /// Whose desk it shows, and until when.
        pub seeing: Option<PersonId>,
        pub seeing_until: Option<Time>,
    }
}

/// Characters of a browser's description that are kept.
const AGENT: usize = 200;

/// What a browser says of itself, shortened.
pub fn agent(header: &str) -> String {
    header.chars().filter(|c| !c.is_control()).take(AGENT).collect()
}

/// The browser and the system that a description names, as far as they are known: "Firefox, Windows".
pub fn device(agent: &str) -> Option<String> {
    // The order matters: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
    let browsers = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("YaBrowser/", "Yandex"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let named = |table: &[(&str, &'static str)]| table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let parts: Vec<&str> = [named(&browsers), named(&systems)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_by_browser_and_system() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(device(edge).as_deref(), Some("Edge, Windows"));
        assert_eq!(device("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36").as_deref(), Some("Chrome, Android"));
        assert_eq!(device("curl/8.1").as_deref(), Some("curl"));
        assert_eq!(device("robot"), None);
        assert_eq!(agent(&format!("a\n{}", "b".repeat(900))).len(), AGENT);
    }
}
