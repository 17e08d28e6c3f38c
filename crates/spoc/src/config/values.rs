//! The types of settings: how each is written, and what is said when it is written otherwise.

mod url;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use web_kit::Network;

use super::resolve::Given;
use crate::backup::scheduled::Schedule;

pub use url::DatabaseUrl;

/// The kind of a setting that may stand alone as a flag.
pub const SWITCH: &str = "true or false";

/// Something a setting can be.
pub trait Value: Sized {
    /// What a value looks like, in the words of the reference page.
    const KIND: &'static str;
    const SECRET: bool = false;
    /// Reads the text.
    ///
    /// # Errors
    /// What is wrong with it; for a secret without the text itself.
    fn read(given: &Given) -> Result<Self, String>;
}

/// The usual sentence about a value that is not what it should be.
fn expected<T: Value>(given: &Given) -> String {
    format!("\"{}\" is not {}", given.text, T::KIND)
}

impl<T: Value> Value for Option<T> {
    const KIND: &'static str = T::KIND;
    const SECRET: bool = T::SECRET;
    fn read(given: &Given) -> Result<Self, String> {
        if given.text.trim().is_empty() { Ok(None) } else { T::read(given).map(Some) }
    }
}

impl<T: Value> Value for Vec<T> {
    const KIND: &'static str = T::KIND;
    fn read(given: &Given) -> Result<Self, String> {
        let parts = given.text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| T::read(&Given { text: part.to_owned(), ..given.clone() })).collect()
    }
}

impl Value for bool {
    const KIND: &'static str = SWITCH;
    fn read(given: &Given) -> Result<Self, String> {
        given.text.trim().parse().map_err(|_| expected::<Self>(given))
    }
}

impl Value for Network {
    const KIND: &'static str = "addresses or networks separated by commas, such as 10.0.0.0/8, ::1";
    fn read(given: &Given) -> Result<Self, String> {
        given.text.parse().map_err(|_| expected::<Self>(given))
    }
}

impl Value for PathBuf {
    const KIND: &'static str = "a path";
    /// A path in the file is relative to the file, any other to the current folder.
    fn read(given: &Given) -> Result<Self, String> {
        let path = PathBuf::from(&given.text);
        if given.text.trim().is_empty() {
            return Err("a path is needed here".into());
        }
        Ok(match &given.base {
            Some(base) => base.join(path),
            None => path,
        })
    }
}

impl Value for SocketAddr {
    const KIND: &'static str = "IP addresses with ports separated by commas, such as 127.0.0.1:8080, [::]:443";
    fn read(given: &Given) -> Result<Self, String> {
        let text = given.text.trim();
        let text = text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
        text.parse().map_err(|_| expected::<Self>(given))
    }
}

/// A whole number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(pub u32);

impl Count {
    /// The number for counting things in memory.
    pub fn size(self) -> usize {
        self.0 as usize
    }
}

impl Value for Count {
    const KIND: &'static str = "a whole number from 1 to 1000000";
    fn read(given: &Given) -> Result<Self, String> {
        match given.text.trim().parse() {
            Ok(number @ 1..=1_000_000) => Ok(Self(number)),
            _ => Err(expected::<Self>(given)),
        }
    }
}

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes(pub u64);

impl Value for Bytes {
    const KIND: &'static str = "a size such as 512 KiB, 100 MiB or 2 GiB";
    fn read(given: &Given) -> Result<Self, String> {
        let (number, unit) = split_unit(&given.text);
        let factor: u64 = match unit {
            "B" => 1,
            "KiB" => 1 << 10,
            "MiB" => 1 << 20,
            "GiB" => 1 << 30,
            _ => return Err(expected::<Self>(given)),
        };
        let bytes = u64::from_str(number).ok().and_then(|number| number.checked_mul(factor));
        bytes.filter(|bytes| (1..=1 << 40).contains(bytes)).map(Self).ok_or_else(|| expected::<Self>(given))
    }
}

impl Value for Duration {
    const KIND: &'static str = "a length of time such as 30s, 15m, 12h or 30d";
    fn read(given: &Given) -> Result<Self, String> {
        let (number, unit) = split_unit(&given.text);
        let seconds: u64 = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            "d" => 86_400,
            _ => return Err(expected::<Self>(given)),
        };
        let length = u64::from_str(number).ok().and_then(|number| number.checked_mul(seconds));
        let ten_years = 3650 * 86_400;
        length.filter(|length| (1..=ten_years).contains(length)).map(Self::from_secs).ok_or_else(|| expected::<Self>(given))
    }
}

impl Value for Schedule {
    const KIND: &'static str = "hourly, daily 02:30 or weekly sun 02:30";
    fn read(given: &Given) -> Result<Self, String> {
        given.text.parse().map_err(|()| expected::<Self>(given))
    }
}

fn split_unit(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

/// How logs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl Value for LogFormat {
    const KIND: &'static str = "text or json";
    fn read(given: &Given) -> Result<Self, String> {
        match given.text.trim() {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(expected::<Self>(given)),
        }
    }
}

/// What is logged, as a filter of `tracing-subscriber`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level(pub String);

impl Value for Level {
    const KIND: &'static str = "error, warn, info, debug or trace, also by module";
    fn read(given: &Given) -> Result<Self, String> {
        let known = |part: &str| {
            let level = part.rsplit('=').next().unwrap_or_default();
            tracing_subscriber::filter::LevelFilter::from_str(level).is_ok() && !level.is_empty()
        };
        let fine = given.text.split(',').all(|part| known(part.trim())) && tracing_subscriber::EnvFilter::try_new(&given.text).is_ok();
        if fine { Ok(Self(given.text.trim().to_owned())) } else { Err(expected::<Self>(given)) }
    }
}

/// What somebody must know to be let in.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for Token {
    const KIND: &'static str = "at least 24 letters, digits and signs that nobody can guess";
    fn read(given: &Given) -> Result<Self, String> {
        let text = given.text.trim();
        let fine = text.len() >= 24 && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fine { Ok(Self(text.to_owned())) } else { Err(format!("this is not {}", Self::KIND)) }
    }
}

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// The value, for the one place that needs it.
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

impl<T: Value> Value for Secret<T> {
    const KIND: &'static str = T::KIND;
    const SECRET: bool = true;
    fn read(given: &Given) -> Result<Self, String> {
        T::read(given).map(Self)
    }
}
