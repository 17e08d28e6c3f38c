//! Where the server listens and how long it waits. Nothing here is read from files or variables:
//! the binary fills it in.

use std::net::SocketAddr;
use std::time::Duration;

use super::Tls;

/// How the server is reached.
#[derive(Debug)]
pub struct Config {
    /// Every address to listen on; port 0 takes any free one.
    pub listen: Vec<SocketAddr>,
    pub tls: Option<Tls>,
    /// Plain HTTP beyond loopback is meant: a proxy in front ends TLS.
    pub behind_proxy: bool,
    /// Who may set `X-Forwarded-For` and `X-Forwarded-Proto`.
    pub trusted: crate::Trusted,
    pub limits: Limits,
}

impl Config {
    /// Plain HTTP on one address, with the delivered limits.
    pub fn plain(listen: SocketAddr) -> Self {
        Self { listen: vec![listen], tls: None, behind_proxy: false, trusted: crate::Trusted::nobody(), limits: Limits::default() }
    }

    /// The first address that would send passwords in the clear.
    pub(super) fn exposed(&self) -> Option<SocketAddr> {
        let safe = self.tls.is_some() || self.behind_proxy;
        self.listen.iter().copied().find(|address| !safe && !address.ip().is_loopback())
    }
}

/// Times and numbers that keep a hostile client from holding the server.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at a time, of everybody.
    pub connections: usize,
    /// Connections at a time of one address (IPv6: of one /64 network). Trusted proxies are exempt.
    pub connections_per_address: usize,
    pub handshake: Duration,
    /// From the accepted connection to its first byte.
    pub first_byte: Duration,
    /// From the first byte of a request to the end of its header.
    pub header: Duration,
    /// Between two requests of one connection.
    pub idle: Duration,
    /// How long a client may take no byte of an answer.
    pub write_stall: Duration,
    /// From the signal to stop until open requests are cut off.
    pub drain: Duration,
    /// Bytes of a request's header.
    pub header_bytes: usize,
    /// Lines of a request's header.
    pub header_lines: usize,
    /// Open streams of one HTTP/2 connection.
    pub streams: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 20_000,
            connections_per_address: 100,
            handshake: Duration::from_secs(5),
            first_byte: Duration::from_secs(10),
            header: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            write_stall: Duration::from_secs(30),
            drain: Duration::from_secs(25),
            header_bytes: 32 * 1024,
            header_lines: 100,
            streams: 100,
        }
    }
}
