//! How many passwords may be tried. Kept in memory: it forgets at a restart and locks nobody out for
//! good. Tries that succeed do not count, and a try that one limit refuses takes nothing from the
//! others: whoever attacks one account does not use up what the neighbours of the same address have.

use std::net::IpAddr;

use kernel::{Error, ErrorKind, Result, Time, fold};
use sha2::{Digest as _, Sha256};
use web_kit::{RateLimiter, Verdict};

use crate::Digest;

/// Wrong tries of one account from one place: ten at once, then six a minute.
const PAIR: (u32, i64) = (10, 10 * Time::SECOND);
/// Wrong tries of one account from everywhere, but from browsers it has signed in with before.
const ACCOUNT: (u32, i64) = (50, 6 * Time::SECOND);
/// Wrong tries of all accounts from one network; an office may share one address.
const NETWORK: (u32, i64) = (100, 2 * Time::SECOND);

/// A log-in as typed, known or not: twelve bytes that stand for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Login([u8; 12]);

/// An address as attackers own them: IPv6 is given out by /64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Network(u128);

/// Where a try comes from within one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Network(Network),
    Browser(Digest),
}

/// One try at a password.
#[derive(Debug, Clone, Copy)]
pub struct Try<'a> {
    pub login: &'a str,
    pub ip: IpAddr,
    /// The browser has signed in to this very account before.
    pub browser: Option<Digest>,
}

/// The buckets of one process.
#[derive(Debug)]
pub struct Throttle {
    pairs: RateLimiter<(Login, Place)>,
    accounts: RateLimiter<Login>,
    networks: RateLimiter<Network>,
}

impl Default for Throttle {
    fn default() -> Self {
        Self {
            pairs: RateLimiter::every(PAIR.0, PAIR.1),
            accounts: RateLimiter::every(ACCOUNT.0, ACCOUNT.1),
            networks: RateLimiter::every(NETWORK.0, NETWORK.1),
        }
    }
}

impl Throttle {
    /// Counts a try before its password is looked at.
    ///
    /// # Errors
    /// `TooMany`, with the seconds to wait; the same whether the account exists or not.
    pub fn admit(&self, tried: &Try<'_>, now: Time) -> Result<()> {
        let (login, network, pair) = tried.keys();
        refuse(self.pairs.take(pair, now))?;
        if tried.browser.is_some() {
            return Ok(());
        }
        refuse(self.accounts.take(login, now)).inspect_err(|_| self.pairs.give_back(&pair, now))?;
        refuse(self.networks.take(network, now)).inspect_err(|_| {
            self.pairs.give_back(&pair, now);
            self.accounts.give_back(&login, now);
        })
    }

    /// The try was right: it does not count.
    pub fn succeeded(&self, tried: &Try<'_>, now: Time) {
        let (login, network, pair) = tried.keys();
        self.pairs.give_back(&pair, now);
        if tried.browser.is_none() {
            self.accounts.give_back(&login, now);
            self.networks.give_back(&network, now);
        }
    }
}

impl Try<'_> {
    fn keys(&self) -> (Login, Network, (Login, Place)) {
        let login = Login::of(self.login);
        let network = Network::of(self.ip);
        (login, network, (login, self.browser.map_or(Place::Network(network), Place::Browser)))
    }
}

impl Login {
    fn of(typed: &str) -> Self {
        let digest = Sha256::digest(fold(typed).as_bytes());
        Self(std::array::from_fn(|n| digest.get(n).copied().unwrap_or_default()))
    }
}

impl Network {
    fn of(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(ip) => Self(ip.to_ipv6_mapped().to_bits()),
            IpAddr::V6(ip) => Self(ip.to_bits() >> 64 << 64),
        }
    }
}

fn refuse(verdict: Verdict) -> Result<()> {
    if verdict.allowed {
        return Ok(());
    }
    Err(Error::new(ErrorKind::TooMany, "error-login-wait").retry_after(verdict.retry_after))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_767_225_600_000_000);

    fn tried<'a>(login: &'a str, ip: &str) -> Try<'a> {
        Try { login, ip: ip.parse().unwrap(), browser: None }
    }

    fn refused_after(throttle: &Throttle, tried: &Try<'_>) -> usize {
        (0..1_000).take_while(|_| throttle.admit(tried, NOW).is_ok()).count()
    }

    #[test]
    fn guesses_at_one_account_run_out_and_come_back() {
        let throttle = Throttle::default();
        assert_eq!(refused_after(&throttle, &tried("olga", "203.0.113.9")), 10);
        assert_eq!(refused_after(&throttle, &tried("ÓLGA ", "203.0.113.9")), 0, "the same account however it is written");
        let error = throttle.admit(&tried("olga", "203.0.113.9"), NOW).unwrap_err();
        assert_eq!((error.kind(), error.retry_seconds()), (ErrorKind::TooMany, Some(10)));
        assert!(throttle.admit(&tried("olga", "203.0.113.9"), NOW.plus(10 * Time::SECOND)).is_ok(), "nobody is locked out for good");
    }

    #[test]
    fn an_attack_on_one_account_leaves_the_neighbours_alone() {
        let throttle = Throttle::default();
        for _ in 0..10_000 {
            let _ = throttle.admit(&tried("olga", "203.0.113.9"), NOW);
        }
        assert!(throttle.admit(&tried("boris", "203.0.113.9"), NOW).is_ok(), "the same office");
        assert!(throttle.admit(&tried("olga", "198.51.100.7"), NOW).is_ok(), "the owner elsewhere");
    }

    #[test]
    fn an_attack_from_many_addresses_stops_and_the_owners_browser_gets_in() {
        let throttle = Throttle::default();
        let admitted =
            (0..60_000_u32).filter(|n| throttle.admit(&tried("olga", &format!("10.{}.{}.1", n >> 8, n & 255)), NOW).is_ok()).count();
        assert_eq!(admitted, 50);
        let browser = crate::Secret::new(&kernel::SystemEntropy).digest();
        assert!(throttle.admit(&Try { browser: Some(browser), ..tried("olga", "198.51.100.7") }, NOW).is_ok());
    }

    #[test]
    fn many_accounts_from_one_network_stop_too() {
        let throttle = Throttle::default();
        let names: Vec<String> = (0..500).map(|n| format!("person{n}")).collect();
        let from = |n: usize| format!("2001:db8::{n:x}");
        let admitted = names.iter().enumerate().filter(|(n, name)| throttle.admit(&tried(name, &from(*n)), NOW).is_ok()).count();
        assert_eq!(admitted, 100, "a /64 is one place");
        assert!(throttle.admit(&tried("person1", "2001:db8:1::1"), NOW).is_ok());
    }

    #[test]
    fn right_passwords_do_not_count() {
        let throttle = Throttle::default();
        for _ in 0..1_000 {
            throttle.admit(&tried("olga", "203.0.113.9"), NOW).unwrap();
            throttle.succeeded(&tried("olga", "203.0.113.9"), NOW);
        }
    }
}
