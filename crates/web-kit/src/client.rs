//! Who is at the other end of a request, when a proxy may stand between.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use axum::extract::{FromRequestParts, Request};
use http::request::Parts;
use http::{HeaderMap, HeaderName};

/// A network such as `10.0.0.0/8`; an address alone is a network of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u32,
}

/// The text is no network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkError(String);

impl std::fmt::Display for NetworkError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is no network: write an address or one with its length, such as 10.0.0.0/8", self.0)
    }
}

impl std::error::Error for NetworkError {}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let wrong = || NetworkError(text.to_owned());
        let (address, prefix) = match text.trim().split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse().map_err(|_| wrong())?)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(longest);
        if prefix > longest {
            return Err(wrong());
        }
        Ok(Self { address, prefix })
    }
}

impl Network {
    fn has(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - self.prefix).unwrap_or(0);
                u32::from(own) & mask == u32::from(other) & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - self.prefix).unwrap_or(0);
                u128::from(own) & mask == u128::from(other) & mask
            }
            _ => false,
        }
    }
}

/// The proxies whose word about the client counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trusted(Vec<Network>);

impl Trusted {
    pub fn nobody() -> Self {
        Self::default()
    }

    pub fn new(networks: Vec<Network>) -> Self {
        Self(networks)
    }

    pub fn has(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.has(address))
    }
}

/// The other end of a request; in its extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The address of the client itself.
    pub ip: IpAddr,
    /// The client speaks HTTPS, to us or to the proxy.
    pub secure: bool,
    /// A program on this machine, with no proxy between.
    pub local: bool,
}

const FORWARDED: [HeaderName; 6] = [
    HeaderName::from_static("forwarded"),
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-port"),
    HeaderName::from_static("x-real-ip"),
];

impl Client {
    /// Whoever sent a request. One that came by no connection of ours is a stranger.
    pub fn of_request(request: &Request) -> Self {
        request.extensions().get::<Self>().copied().unwrap_or(Self::STRANGER)
    }

    const STRANGER: Self = Self { ip: IpAddr::V4(Ipv4Addr::UNSPECIFIED), secure: false, local: false };

    /// Reads what a trusted proxy says, and takes the headers away, so that nobody below can believe
    /// an untrusted one.
    pub(crate) fn of(peer: SocketAddr, tls: bool, headers: &mut HeaderMap, trusted: &Trusted) -> Self {
        let peer = peer.ip().to_canonical();
        let proxied = FORWARDED.iter().any(|name| headers.contains_key(name));
        let mut client = Self { ip: peer, secure: tls, local: peer.is_loopback() && !proxied };
        if proxied && trusted.has(peer) {
            client.ip = forwarded_for(peer, headers, trusted);
            if let Some(proto) = list(headers, "x-forwarded-proto").next_back() {
                client.secure = proto.eq_ignore_ascii_case("https");
            }
        }
        for name in FORWARDED {
            headers.remove(name);
        }
        client
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or(Self::STRANGER))
    }
}

/// The last address in the chain that no trusted proxy vouches for: those left of it are hearsay.
fn forwarded_for(peer: IpAddr, headers: &HeaderMap, trusted: &Trusted) -> IpAddr {
    let mut client = peer;
    for hop in list(headers, "x-forwarded-for").rev() {
        let Some(address) = address(hop) else { break };
        client = address;
        if !trusted.has(address) {
            break;
        }
    }
    client
}

/// The members of a list header, over all its lines, in order.
fn list<'a>(headers: &'a HeaderMap, name: &str) -> impl DoubleEndedIterator<Item = &'a str> {
    let lines: Vec<&str> = headers.get_all(name).iter().map(|line| line.to_str().unwrap_or_default()).collect();
    lines.into_iter().flat_map(|line| line.split(',')).map(str::trim)
}

/// An address with or without a port, as proxies write it.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let parsed = bare.parse::<IpAddr>().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    parsed.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, lines: &[(&'static str, &str)]) -> Client {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().unwrap());
        }
        let trusted = Trusted::new(vec!["10.0.0.0/8".parse().unwrap(), "2001:db8::/32".parse().unwrap()]);
        let client = Client::of(SocketAddr::new(peer.parse().unwrap(), 1), false, &mut headers, &trusted);
        assert!(headers.is_empty(), "no forwarding header stays");
        client
    }

    #[test]
    fn only_a_trusted_proxy_names_the_client() {
        let lines = [("x-forwarded-for", "203.0.113.9"), ("x-forwarded-proto", "https")];
        let client = seen("10.1.2.3", &lines);
        assert_eq!((client.ip.to_string().as_str(), client.secure), ("203.0.113.9", true));
        let client = seen("192.0.2.1", &lines);
        assert_eq!((client.ip.to_string().as_str(), client.secure), ("192.0.2.1", false));
        assert_eq!(seen("::ffff:10.1.2.3", &lines).ip.to_string(), "203.0.113.9");
    }

    #[test]
    fn the_client_cannot_put_an_address_before_its_own() {
        let chain = [("x-forwarded-for", "127.0.0.1, 198.51.100.7"), ("x-forwarded-for", "10.9.9.9")];
        assert_eq!(seen("10.1.2.3", &chain).ip.to_string(), "198.51.100.7");
        assert_eq!(seen("10.1.2.3", &[("x-forwarded-for", "<script>")]).ip.to_string(), "10.1.2.3");
        assert_eq!(seen("10.1.2.3", &[("x-forwarded-for", "[2001:dead::1]:443")]).ip.to_string(), "2001:dead::1");
        assert!(!seen("10.1.2.3", &[("x-forwarded-proto", "https, http")]).secure);
    }

    #[test]
    fn local_means_no_proxy_between() {
        assert!(seen("127.0.0.1", &[]).local);
        assert!(!seen("127.0.0.1", &[("x-real-ip", "203.0.113.9")]).local);
        assert!(!seen("192.0.2.1", &[]).local);
    }

    #[test]
    fn networks_are_read_or_refused() {
        assert!("10.0.0.0/8".parse::<Network>().unwrap().has("10.255.0.1".parse().unwrap()));
        assert!("0.0.0.0/0".parse::<Network>().unwrap().has("8.8.8.8".parse().unwrap()));
        assert!(!"::/0".parse::<Network>().unwrap().has("8.8.8.8".parse().unwrap()));
        for wrong in ["", "10.0.0.0/33", "ten", "10.0.0.0/", "::/129"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }
}
