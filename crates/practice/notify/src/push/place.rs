//! Where a browser lets itself be pushed to, and where we go: only to push services that are known or that an
//! administrator named, by HTTPS, and never into the network of the desk.

use std::net::{IpAddr, Ipv6Addr};

use http::Uri;
use kernel::{Error, Result};

/// The push services of the browsers; a name with a point at its start stands for all below it.
const KNOWN: [&str; 5] =
    ["fcm.googleapis.com", "updates.push.services.mozilla.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com"];
/// The longest address of a browser.
const LONGEST: usize = 1000;

/// An address at a push service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub uri: Uri,
    pub host: String,
    pub port: u16,
    /// Plain HTTP to this machine: in tests alone.
    pub plain: bool,
}

/// What else may be reached.
#[derive(Debug, Clone, Default)]
pub struct Allowed {
    /// Push services that an administrator named.
    pub hosts: Vec<String>,
    /// A push service on this machine, without encryption: for tests.
    pub loopback: bool,
}

impl Allowed {
    /// Reads an address that a browser gave.
    ///
    /// # Errors
    /// Invalid: it is no address at a push service that may be reached.
    pub fn place(&self, endpoint: &str) -> Result<Place> {
        let refused = || Error::invalid("endpoint", "error-push-endpoint");
        if endpoint.len() > LONGEST {
            return Err(refused());
        }
        let uri: Uri = endpoint.parse().map_err(|_| refused())?;
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or_else(refused)?;
        let host = authority.host().to_ascii_lowercase();
        let port = authority.port_u16();
        match uri.scheme_str() {
            Some("https") if port.is_none_or(|port| port == 443) && self.knows(&host) => Ok(Place { port: 443, host, plain: false, uri }),
            Some("http") if self.loopback && host == "127.0.0.1" => Ok(Place { port: port.unwrap_or(80), host, plain: true, uri }),
            _ => Err(refused()),
        }
    }

    fn knows(&self, host: &str) -> bool {
        let named = |name: &str| if name.starts_with('.') { host.len() > name.len() && host.ends_with(name) } else { host == name };
        KNOWN.into_iter().any(named) || self.hosts.iter().any(|name| named(name))
    }

    /// Whether an address to which a name leads may be gone to.
    pub fn may(&self, ip: IpAddr) -> bool {
        (self.loopback && ip.is_loopback()) || is_public(ip)
    }
}

impl Place {
    /// Scheme and host, as the signed word names them.
    pub fn origin(&self) -> String {
        match (self.plain, self.port) {
            (true, port) => format!("http://{}:{port}", self.host),
            (false, _) => format!("https://{}", self.host),
        }
    }
}

/// Whether an address is one of the open network.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let reserved = a == 0 || a >= 240 || (a == 192 && b == 0 && c == 0) || (a == 198 && (18..20).contains(&b));
            !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_multicast() || ip.is_documentation() || shared || reserved)
        }
        IpAddr::V6(ip) => match embedded(ip) {
            Some(inside) => is_public(inside),
            // Global unicast, without documentation.
            None => ip.segments()[0] & 0xe000 == 0x2000 && !(ip.segments()[0] == 0x2001 && ip.segments()[1] == 0xdb8),
        },
    }
}

/// The IPv4 address that an IPv6 address stands for, by mapping, translation or a tunnel.
fn embedded(ip: Ipv6Addr) -> Option<IpAddr> {
    let [a, b, c, ..] = ip.segments();
    let last = || IpAddr::from([ip.octets()[12], ip.octets()[13], ip.octets()[14], ip.octets()[15]]);
    match (a, b) {
        (0x64, 0xff9b) => Some(last()),
        (0x2002, _) => Some(IpAddr::from([(b >> 8) as u8, (b & 0xff) as u8, (c >> 8) as u8, (c & 0xff) as u8])),
        (0x2001, 0) => Some(IpAddr::from([127, 0, 0, 1])),
        _ => ip.to_ipv4_mapped().map(IpAddr::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_push_services_are_reached() {
        let allowed = Allowed::default();
        for fine in [
            "https://fcm.googleapis.com/fcm/send/abc",
            "https://updates.push.services.mozilla.com/wpush/v2/x",
            "https://web.push.apple.com/Q",
            "https://wns2-db5p.notify.windows.com/w/?token=x",
            "https://FCM.googleapis.com:443/x",
        ] {
            assert!(allowed.place(fine).is_ok(), "{fine}");
        }
        for foul in [
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com@evil.example/x",
            "https://evil.example/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://evilpush.apple.com/x",
            "https://.push.apple.com/x",
            "https://127.0.0.1/x",
            "http://127.0.0.1/x",
            "https://[::1]/x",
            "file:///etc/passwd",
            "/x",
            "",
        ] {
            assert!(allowed.place(foul).is_err(), "{foul}");
        }
        let own = Allowed { hosts: vec!["push.ria.example".into(), ".ours.example".into()], loopback: false };
        assert!(own.place("https://push.ria.example/x").is_ok() && own.place("https://a.ours.example/x").is_ok());
        assert!(own.place("https://ria.example/x").is_err() && own.place("https://ours.example/x").is_err());
    }

    #[test]
    fn no_name_leads_into_our_network() {
        let allowed = Allowed::default();
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:0:4136:e378::",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(!allowed.may(inside.parse().expect("an address")), "{inside}");
        }
        for outside in ["142.250.184.10", "2a00:1450:4003:80e::200a"] {
            assert!(allowed.may(outside.parse().expect("an address")), "{outside}");
        }
    }
}
