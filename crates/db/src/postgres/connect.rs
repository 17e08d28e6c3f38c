//! Connecting, with the session settings that the promises rest on.

use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};

use super::PgConn;
use crate::OpenError;
use crate::error::{Fault, of_postgres};

/// Opens a connection; to be called on a thread that may block.
pub(crate) fn connect(url: &str, statement_timeout: Option<Duration>) -> Result<PgConn, OpenError> {
    let mut config = Config::from_str(url).map_err(|e| OpenError::BadUrl(e.to_string()))?;
    config.application_name("spoc");
    config.connect_timeout(Duration::from_secs(5));
    config.keepalives_idle(Duration::from_secs(30));
    let client = if plain(&config) {
        config.connect(NoTls)
    } else {
        // The default, `prefer`, would go on in plain text with a server that has no TLS.
        config.ssl_mode(SslMode::Require).connect(tls()?)
    };
    let mut client = client.map_err(|e| OpenError::Failed(of_postgres(&e)))?;
    session(&mut client, statement_timeout).map_err(|e| OpenError::Failed(of_postgres(&e)))?;
    Ok(PgConn::new(client))
}

/// A client of its own for a plain thread: for backup and restore, which move whole tables.
///
/// # Errors
/// The server cannot be reached or does not let us in.
pub fn postgres_client(url: &str) -> Result<Client, OpenError> {
    connect(url, None).map(|conn| conn.client)
}

fn session(client: &mut Client, statement_timeout: Option<Duration>) -> Result<(), postgres::Error> {
    let millis = statement_timeout.map_or(0, |t| t.as_millis());
    client.batch_execute(&format!(
        "SET statement_timeout = {millis}; SET lock_timeout = 3000; SET idle_in_transaction_session_timeout = 30000; \
         SET synchronous_commit = on; SET timezone = 'UTC'; SET client_min_messages = warning"
    ))
}

/// Without TLS only on this machine or when the URL says so.
fn plain(config: &Config) -> bool {
    let named = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        Host::Unix(_) => true,
    });
    // `hostaddr` is where the connection goes, whatever `host` says.
    let local = named && config.get_hostaddrs().iter().all(IpAddr::is_loopback);
    config.get_ssl_mode() == SslMode::Disable || (local && config.get_ssl_mode() != SslMode::Require)
}

fn tls() -> Result<tokio_postgres_rustls::MakeRustlsConnect, OpenError> {
    let mut roots = rustls::RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    for certificate in found.certs {
        roots.add(certificate).map_err(|e| OpenError::Failed(Fault::Unavailable(e.to_string())))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| OpenError::Failed(Fault::Unavailable(e.to_string())))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(tokio_postgres_rustls::MakeRustlsConnect::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_for_this_machine_or_on_request() {
        let plain = |url: &str| plain(&Config::from_str(url).expect("a URL"));
        for here in ["//localhost", "//127.0.0.1", "//[::1]", "///d?host=/run/postgresql", "//elsewhere.example/d?sslmode=disable"] {
            assert!(plain(&format!("postgres:{here}")), "{here}");
        }
        for there in [
            "//elsewhere.example",
            "//elsewhere.example/d?sslmode=prefer",
            "//localhost,elsewhere.example",
            "//localhost/d?hostaddr=198.51.100.7",
            "///d?hostaddr=198.51.100.7",
            "//localhost/d?sslmode=require",
        ] {
            assert!(!plain(&format!("postgres:{there}")), "{there}");
        }
    }
}
