//! The key by which push services know this desk: made when it is first needed, and kept in the database so that
//! every node and every backup has it, sealed with the key of the data folder.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{Db, Rd};
use kernel::{Clock, Entropy, Error, Result};
use ticket::sealing::Sealer;

use super::seal::Vapid;
use super::store;

/// To what the sealed key belongs.
const PLACE: &str = "push key";

/// What opens the key.
#[derive(Clone)]
pub struct Keeper {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    sealer: Arc<Sealer>,
}

impl Keeper {
    /// # Errors
    /// Never for 32 bytes.
    pub fn new(db: Db, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>, secret: &[u8; 32]) -> Result<Self> {
        Ok(Self { db, clock, entropy, sealer: Arc::new(Sealer::new(secret)?) })
    }

    fn open(&self, sealed: &[u8]) -> Option<Vapid> {
        let text = self.sealer.open(PLACE, sealed)?;
        Vapid::read(&STANDARD.decode(text).ok()?).ok()
    }

    /// The key, if it was made and opens.
    ///
    /// # Errors
    /// The database refuses.
    pub fn known(&self, rd: &mut Rd<'_>) -> Result<Option<Vapid>> {
        Ok(store::key(rd)?.and_then(|sealed| self.open(&sealed)))
    }

    /// The key, made now if there is none.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn key(&self) -> Result<Vapid> {
        let kept = self.db.read_bounded("push.key", store::key).await?;
        if let Some(key) = kept.as_deref().and_then(|sealed| self.open(sealed)) {
            return Ok(key);
        }
        let made = self.sealer.seal(&*self.entropy, PLACE, &STANDARD.encode(Vapid::generate()?))?;
        let now = self.clock.now();
        self.db.write("push.key", move |tx| store::put_key(tx, kept.as_deref(), &made, now)).await?;
        // That of another node, if it was faster.
        let kept = self.db.read_bounded("push.key", store::key).await?;
        kept.and_then(|sealed| self.open(&sealed)).ok_or_else(|| Error::internal("the key for push does not open"))
    }
}
