//! Sign in by password.

use std::net::IpAddr;
use std::sync::Arc;

use access::load_account;
use db::Tx;
use events::Act;
use kernel::{AccountId, Error, ErrorKind, Lang, PersonId, Result, Time};
use party::{Account, PasswordHash, store::account};

use crate::events::{AccountEvent, record};
use crate::password::{Password, Standing};
use crate::session::SessionId;
use crate::store::session::Browser;
use crate::throttle::Try;
use crate::{Digest, Secret, Sessions, store};

/// What a log-in form and its request say.
#[derive(Debug, Clone)]
pub struct LogIn {
    pub login: String,
    pub password: Password,
    pub ip: IpAddr,
    pub user_agent: String,
    /// The cookie of a browser that has signed in before.
    pub browser: Option<Secret>,
    /// The session the browser has now; it ends, so that nobody can plant one.
    pub before: Option<Secret>,
}

/// A session that has begun, with the secrets for its cookies.
#[derive(Debug, Clone)]
pub struct Begun {
    pub session: SessionId,
    pub account: AccountId,
    pub person: PersonId,
    /// The person's own language, if they chose one.
    pub lang: Option<Lang>,
    pub secret: Secret,
    pub browser: Secret,
    /// How the person likes the pages.
    pub preferences: Vec<(String, String)>,
}

/// Signs in.
///
/// # Errors
/// `Invalid` for every wrong pair of log-in and password, whichever is wrong; `TooMany` after too many
/// of them; `Busy` when more people sign in than the machine can check.
pub async fn log_in(desk: &Sessions, form: LogIn) -> Result<Begun> {
    let now = desk.clock.now();
    let (found, browser) = find(desk, &form, now).await?;
    let tried = Try { login: &form.login, ip: form.ip, browser };
    desk.throttle.admit(&tried, now)?;
    // Who has no password or is shut out is told as much as who does not exist, and as late.
    let able = found.as_ref().filter(|account| account.active);
    let standing = if browser.is_some() { Standing::Known } else { Standing::Stranger };
    let verdict = desk.hasher.verify(&form.password, able.and_then(|account| account.password.as_ref()), standing).await?;
    match found {
        Some(account) if verdict.matches => {
            desk.throttle.succeeded(&tried, now);
            let renewed = if verdict.outdated { Some(desk.hasher.hash(&form.password, &*desk.entropy).await?) } else { None };
            begin(desk, form, account, renewed).await
        }
        other => {
            if let Some(account) = &other {
                // Written later: an answer that waited for the disk would tell that there is such an account.
                desk.seen.failure(account.id);
            }
            tracing::info!(client = %form.ip, account = other.map(|account| account.id.raw()), "a log-in was refused");
            Err(wrong())
        }
    }
}

/// The account of the log-in, and the browser if that very account has used it before.
async fn find(desk: &Sessions, form: &LogIn, now: Time) -> Result<(Option<Account>, Option<Digest>)> {
    let (login, browser) = (form.login.clone(), form.browser.as_ref().map(Secret::digest));
    let read = desk.db.read_bounded("log_in.find", move |rd| {
        let found = account::by_login(rd, &login)?;
        // Asked for strangers as well: the same statements for everybody.
        let owner = found.as_ref().map_or(AccountId::new(0), |account| account.id);
        let known = match browser {
            Some(browser) => store::device::knows(rd, owner, browser, now)?,
            None => false,
        };
        Ok((found, browser.filter(|_| known)))
    });
    read.await
}

/// One answer for whatever was wrong.
fn wrong() -> Error {
    Error::new(ErrorKind::Invalid, "error-login-failed")
}

async fn begin(desk: &Sessions, form: LogIn, account: Account, renewed: Option<PasswordHash>) -> Result<Begun> {
    let (secret, browser) = (Secret::new(&*desk.entropy), Secret::new(&*desk.entropy));
    let begin = Begin {
        account: account.id,
        verified: account.password,
        renewed,
        secret: secret.digest(),
        before: form.before.as_ref().map(Secret::digest),
        browser_before: form.browser.as_ref().map(Secret::digest),
        browser: browser.digest(),
        from: Browser { user_agent: crate::session::agent(&form.user_agent), ip: form.ip.to_canonical().to_string() },
        idle: desk.lifetimes,
        act: desk.act("log_in"),
    };
    let started = desk.db.write_reserved("log_in", move |tx| begin.run(tx)).await?;
    let Started { session, person, lang, preferences } = started;
    Ok(Begun { session, account: account.id, person, lang, secret, browser, preferences })
}

/// The start of a session, everything drawn before.
struct Begin {
    account: AccountId,
    /// The hash that matched.
    verified: Option<PasswordHash>,
    renewed: Option<PasswordHash>,
    secret: Digest,
    before: Option<Digest>,
    browser_before: Option<Digest>,
    browser: Digest,
    from: Browser,
    idle: crate::Lifetimes,
    act: Act,
}

/// What was found when it began.
struct Started {
    session: SessionId,
    person: PersonId,
    lang: Option<Lang>,
    preferences: Vec<(String, String)>,
}

impl Begin {
    fn run(&self, tx: &mut Tx<'_>) -> Result<Started> {
        let now = self.act.now;
        // Since the comparison the account may have been shut out or got another password.
        let account = account::get(tx, self.account)?;
        if !account.active || account.password != self.verified {
            return Err(wrong());
        }
        let actor = load_account(tx, self.account, now)
            .map_err(|error| if error.kind() == ErrorKind::Unauthenticated { wrong() } else { error })?;
        let person = actor.require_person()?;
        if let Some(before) = self.before {
            store::session::end_by_secret(tx, before)?;
        }
        if let Some(renewed) = &self.renewed {
            account::set_password(tx, self.account, Some(renewed), now)?;
        }
        let session = store::session::insert(tx, self.account, self.secret, &self.from, &self.idle, now)?;
        store::device::remember(tx, self.account, self.browser_before, self.browser, now)?;
        account::signed_in(tx, self.account, now)?;
        let act = Act::person(person, now, Arc::clone(&self.act.entropy));
        record(tx, &act, self.account, &AccountEvent::SignedIn { session })?;
        let lang = party::store::person::get(tx, person)?.lang;
        Ok(Started { session, person, lang, preferences: store::preference::of_person(tx, person)? })
    }
}
