//! What somebody does with their browsers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::Tx;
use kernel::{Error, Result};
use ticket::Frame;

use super::place::Allowed;
use super::seal::BrowserKeys;
use super::store::{self, BrowserId};

/// Browsers of one person.
const MOST: usize = 20;
const DEVICE: usize = 100;

/// A browser as it says itself.
#[derive(Debug, Clone)]
pub struct NewBrowser {
    pub endpoint: String,
    /// Base64url, as the browser gives them.
    pub public: String,
    pub auth: String,
    /// What a person calls it.
    pub device: String,
}

/// Keeps a browser; one that is there already is another one's no longer.
///
/// # Errors
/// Invalid: it is at no push service that may be reached, its keys are none, there are too many.
pub fn add(tx: &mut Tx<'_>, frame: Frame<'_>, allowed: &Allowed, new: &NewBrowser) -> Result<BrowserId> {
    let person = frame.person()?;
    allowed.place(&new.endpoint)?;
    let keys = keys(new)?;
    let device = new.device.trim();
    if device.chars().count() > DEVICE {
        return Err(Error::invalid("device", "error-too-long").field_arg("max", DEVICE));
    }
    if store::of_person(tx, person)?.iter().filter(|known| known.endpoint != new.endpoint).count() >= MOST {
        return Err(Error::invalid("endpoint", "error-push-many").field_arg("max", MOST));
    }
    store::put(tx, person, &new.endpoint, &keys, device, frame.act.now)
}

fn keys(new: &NewBrowser) -> Result<BrowserKeys> {
    let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text.trim().trim_end_matches('='));
    let (Ok(public), Ok(auth)) = (decoded(&new.public), decoded(&new.auth)) else {
        return Err(Error::invalid("endpoint", "error-push-endpoint"));
    };
    if public.len() != 65 || public.first() != Some(&4) || auth.len() != 16 {
        return Err(Error::invalid("endpoint", "error-push-endpoint"));
    }
    Ok(BrowserKeys { public, auth })
}

/// Takes one away.
///
/// # Errors
/// Not found.
pub fn remove(tx: &mut Tx<'_>, frame: Frame<'_>, id: BrowserId) -> Result<()> {
    if store::remove(tx, frame.person()?, id)? { Ok(()) } else { Err(Error::not_found()) }
}
