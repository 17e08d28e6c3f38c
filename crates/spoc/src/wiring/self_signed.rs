//! The certificate of `--self-signed`: made once and kept, so that a browser that was told to trust
//! it still does after a restart.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::exit::{self, Failure};
use crate::folder::DataFolder;

/// The files of the certificate and its key, made when they are not there.
///
/// # Errors
/// They cannot be made or written.
pub fn files(config: &Config, folder: &DataFolder) -> Result<(PathBuf, PathBuf), Failure> {
    let (certificate, key) = (folder.path().join("self-signed.crt"), folder.path().join("self-signed.key"));
    if !certificate.is_file() || !key.is_file() {
        let made = rcgen::generate_simple_self_signed(names(config))
            .map_err(|error| Failure::new(exit::CONFIGURATION, format!("self_signed: no certificate can be made: {error}")))?;
        write(&key, &made.signing_key.serialize_pem(), 0o600)?;
        write(&certificate, &made.cert.pem(), 0o644)?;
    }
    Ok((certificate, key))
}

/// The host of the public address, the addresses of this machine and its usual name.
fn names(config: &Config) -> Vec<String> {
    let host = config.public_url.as_ref().and_then(|url| url.origin().parse::<axum::http::Uri>().ok());
    let public = host.and_then(|uri| uri.host().map(|host| host.trim_matches(['[', ']']).to_owned()));
    let listening = config.listen.iter().map(|address| address.ip()).filter(|ip| !ip.is_unspecified()).map(|ip| ip.to_string());
    let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into_iter().chain(public).chain(listening).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn write(path: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Failure::new(exit::FOLDER, format!("{} cannot be written: {error}", path.display())))
}
