//! What settings mean together; concerns the server only.

use super::error::{ConfigError, Place};
use super::permissions;
use super::settings::Config;

impl Config {
    /// Checks the settings of the server against each other and the files they name.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn check(&self) -> Result<(), ConfigError> {
        self.certificate_is_whole()?;
        self.one_way_of_tls()?;
        self.beyond_this_machine()?;
        self.addresses_agree()?;
        if self.session_idle > self.session_absolute {
            return Err(together("session.idle is longer than session.absolute; a session would never end by idleness"));
        }
        if self.limits_body.0 > self.limits_upload.0 {
            return Err(together("limits.body is larger than limits.upload; attachments are the largest bodies"));
        }
        Ok(())
    }

    fn certificate_is_whole(&self) -> Result<(), ConfigError> {
        match (&self.tls_cert, &self.tls_key) {
            (Some(_), None) => Err(together("tls_cert is set without tls_key; name the file of the private key too")),
            (None, Some(_)) => Err(together("tls_key is set without tls_cert; name the file of the certificate too")),
            (Some(cert), Some(key)) => {
                permissions::private(key).map_err(|message| together(format!("tls_key: {message}")))?;
                web_kit::server::Tls::from_files(cert, key).map_err(|error| together(error.to_string()))?;
                Ok(())
            }
            (None, None) => Ok(()),
        }
    }

    fn one_way_of_tls(&self) -> Result<(), ConfigError> {
        let ways: Vec<&str> =
            [("tls_cert", self.tls_cert.is_some()), ("self_signed", self.self_signed), ("behind_proxy", self.behind_proxy)]
                .into_iter()
                .filter_map(|(name, used)| used.then_some(name))
                .collect();
        if ways.len() > 1 {
            return Err(together(format!("{} are set together; choose one", ways.join(" and "))));
        }
        Ok(())
    }

    fn beyond_this_machine(&self) -> Result<(), ConfigError> {
        if self.listen.is_empty() {
            return Err(together("listen names no address"));
        }
        let exposed = self.listen.iter().find(|address| !address.ip().is_loopback());
        match exposed {
            Some(address) if !self.encrypted() && !self.behind_proxy => Err(together(format!(
                "listen {address} is reachable from other machines without encryption; set tls_cert and tls_key, --self-signed or --behind-proxy"
            ))),
            _ => Ok(()),
        }
    }

    fn addresses_agree(&self) -> Result<(), ConfigError> {
        if self.behind_proxy && self.public_url.is_none() {
            return Err(together("behind_proxy needs public_url: the address of the proxy as people type it"));
        }
        if let Some(public) = &self.public_url
            && self.encrypted()
            && !public.secure()
        {
            return Err(together(format!("public_url {public} is not https although the desk serves TLS")));
        }
        if self.behind_proxy && self.trusted_proxies.is_empty() {
            return Err(together("behind_proxy needs trusted_proxies: the address the proxy connects from"));
        }
        Ok(())
    }

    /// Whether this process serves TLS itself.
    pub fn encrypted(&self) -> bool {
        self.tls_cert.is_some() || self.self_signed
    }
}

fn together(message: impl Into<String>) -> ConfigError {
    ConfigError::new(Place::Together, message)
}
