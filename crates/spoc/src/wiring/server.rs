//! From the settings to a listening server.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use web_kit::server::{Config as Listening, Limits, Server, Tls};
use web_kit::{PublicUrl, Trusted};

use super::self_signed;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::folder::DataFolder;

/// Opens the addresses; nothing is answered yet.
///
/// # Errors
/// An address is busy or not ours, or there is no usable certificate.
pub fn bind(config: &Config, folder: &DataFolder) -> Result<Server, Failure> {
    let limits = Limits {
        connections: config.limits_connections.size(),
        connections_per_address: config.limits_connections_per_address.size(),
        drain: config.drain,
        ..Limits::default()
    };
    let trusted = if config.behind_proxy { Trusted::new(config.trusted_proxies.clone()) } else { Trusted::nobody() };
    let listening =
        Listening { listen: config.listen.clone(), tls: tls(config, folder)?, behind_proxy: config.behind_proxy, trusted, limits };
    Ok(Server::bind(listening)?)
}

fn tls(config: &Config, folder: &DataFolder) -> Result<Option<Tls>, Failure> {
    let (certificate, key) = match (&config.tls_cert, &config.tls_key) {
        (Some(certificate), Some(key)) => (certificate.clone(), key.clone()),
        _ if config.self_signed => self_signed::files(config, folder)?,
        _ => return Ok(None),
    };
    let tls = Tls::from_files(&certificate, &key).map_err(|error| Failure::new(exit::CONFIGURATION, error.to_string()))?;
    Ok(Some(tls))
}

/// The address people type, as far as the settings alone say it: for links that a command prints.
///
/// # Errors
/// The settings name no address.
pub fn configured_url(config: &Config) -> Result<PublicUrl, Failure> {
    let nowhere = || Failure::new(exit::CONFIGURATION, "listen names no address; set public_url");
    match &config.public_url {
        Some(url) => Ok(url.clone()),
        None => url_of(config, *config.listen.first().ok_or_else(nowhere)?).ok_or_else(nowhere),
    }
}

/// The address people type: as configured, else where the server listens.
///
/// # Errors
/// The server listens nowhere.
pub fn public_url(config: &Config, server: &Server) -> Result<PublicUrl, Failure> {
    if let Some(url) = &config.public_url {
        return Ok(url.clone());
    }
    let nowhere = || Failure::new(exit::ADDRESS, "the server listens nowhere");
    url_of(config, server.addresses().into_iter().next().ok_or_else(nowhere)?).ok_or_else(nowhere)
}

fn url_of(config: &Config, mut address: SocketAddr) -> Option<PublicUrl> {
    if address.ip().is_unspecified() {
        // Every address of this machine: the one that works here for certain.
        address.set_ip(if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    let scheme = if config.encrypted() { "https" } else { "http" };
    format!("{scheme}://{address}").parse().ok()
}
