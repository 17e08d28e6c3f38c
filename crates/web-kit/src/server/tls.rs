//! TLS of the listener: from PEM files, or signed by itself for a first try.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// A certificate with its key, ready to accept connections.
#[derive(Clone)]
pub struct Tls(pub(super) TlsAcceptor);

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never the key.
        f.write_str("Tls")
    }
}

/// Why there is no TLS.
#[derive(Debug)]
pub enum TlsError {
    /// A file cannot be read or holds no PEM of its kind.
    File(String, rustls::pki_types::pem::Error),
    /// The two do not fit each other, or the key is of an unknown kind.
    Pair(rustls::Error),
    /// No certificate could be made.
    SelfSigned(rcgen::Error),
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "{path}: {error}; give a PEM file"),
            Self::Pair(error) => write!(f, "certificate and key: {error}; give the key that belongs to the certificate"),
            Self::SelfSigned(error) => write!(f, "no certificate could be made: {error}"),
        }
    }
}

impl std::error::Error for TlsError {}

impl Tls {
    /// From a file with the certificate and its chain, and one with its key.
    ///
    /// # Errors
    /// A file cannot be read, or the two do not belong together.
    pub fn from_files(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let file = |path: &Path| {
            let name = path.display().to_string();
            move |error| TlsError::File(name, error)
        };
        let chain =
            CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(file(certificate))?;
        let key = PrivateKeyDer::from_pem_file(key).map_err(file(key))?;
        Self::from_parts(chain, key)
    }

    /// A certificate of our own for `names` (host names and addresses). Browsers warn of it.
    ///
    /// # Errors
    /// A name is no DNS name.
    pub fn self_signed(names: Vec<String>) -> Result<Self, TlsError> {
        let made = rcgen::generate_simple_self_signed(names).map_err(TlsError::SelfSigned)?;
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der())
            .map_err(|text| TlsError::Pair(rustls::Error::General(text.to_owned())))?;
        Self::from_parts(vec![made.cert.der().clone()], key)
    }

    fn from_parts(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<Self, TlsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(TlsError::Pair)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }
}
