//! Signed heads: what the newest link was at a moment, by the key of the data folder. Who keeps one
//! elsewhere can prove later that nothing before it was changed or cut off.

use db::{Rd, Tx, params, sql};
use kernel::{Error, Result, Time};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Digest, digest_of};

/// The secret key that signs heads.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    /// From 32 random bytes, which are the key.
    ///
    /// # Errors
    /// Never for 32 bytes.
    pub fn of_seed(seed: &[u8; 32]) -> Result<Self> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(Self).map_err(|error| Error::internal(error.to_string()))
    }

    /// A secret of its own for another purpose: nobody without the key can make it.
    pub fn secret(&self, purpose: &str) -> Digest {
        let mut said = b"spoc secret 1\n".to_vec();
        said.extend(purpose.as_bytes());
        Sha256::digest(self.0.sign(&said).as_ref()).into()
    }

    /// The public half, as heads carry it.
    pub fn public_key(&self) -> Digest {
        let mut key = [0; 32];
        key.copy_from_slice(self.0.public_key().as_ref());
        key
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer")
    }
}

/// A signed link; bytes are written in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// How many links there were.
    pub place: i64,
    /// The number of the newest event.
    pub seq: i64,
    #[serde(with = "hex")]
    pub link: Vec<u8>,
    /// RFC 3339.
    #[serde(with = "moment")]
    pub signed_at: Time,
    #[serde(with = "hex")]
    pub public_key: Vec<u8>,
    #[serde(with = "hex")]
    pub signature: Vec<u8>,
}

impl Head {
    /// Whether its signature is that of its key; whose key it is, the caller decides.
    pub fn is_signed(&self) -> bool {
        let said = said(self.place, self.seq, &self.link, self.signed_at);
        UnparsedPublicKey::new(&ED25519, &self.public_key).verify(&said, &self.signature).is_ok()
    }
}

fn said(place: i64, seq: i64, link: &[u8], signed_at: Time) -> Vec<u8> {
    let mut said = b"spoc chain head 1\n".to_vec();
    for number in [place, seq, signed_at.0] {
        said.extend(number.to_be_bytes());
    }
    said.extend(link);
    said
}

db::row! {
    struct Kept { place: i64, seq: i64, link: Vec<u8>, signed_at: Time, public_key: Vec<u8>, signature: Vec<u8> }
}

/// The place, event and digest of the newest link.
///
/// # Errors
/// The database refuses.
pub fn newest(rd: &mut Rd<'_>) -> Result<Option<(i64, i64, Digest)>> {
    let found = rd.first(sql!((i64, i64, Vec<u8>), "SELECT place, seq, link FROM chain ORDER BY place DESC LIMIT 1"), &[])?;
    found.map(|(place, seq, link)| Ok((place, seq, digest_of(link)?))).transpose()
}

/// Signs a link; keeps nothing.
pub fn sign(signer: &Signer, (place, seq, link): (i64, i64, Digest), now: Time) -> Head {
    let signature = signer.0.sign(&said(place, seq, &link, now)).as_ref().to_vec();
    Head { place, seq, link: link.to_vec(), signed_at: now, public_key: signer.public_key().to_vec(), signature }
}

/// Keeps a signed head; one that this key has signed already is left as it is.
///
/// # Errors
/// The database refuses.
pub fn keep(tx: &mut Tx<'_>, head: &Head) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO chain_head (place, seq, link, signed_at, public_key, signature) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (place, public_key) DO NOTHING"
        ),
        &params![head.place, head.seq, &head.link[..], head.signed_at, &head.public_key[..], &head.signature[..]],
    )?;
    Ok(())
}

/// Kept heads below a place, the newest first.
///
/// # Errors
/// The database refuses.
pub fn heads(rd: &mut Rd<'_>, below: i64, limit: i64) -> Result<Vec<Head>> {
    let rows = rd.all(
        sql!(
            Kept,
            "SELECT place, seq, link, signed_at, public_key, signature FROM chain_head WHERE place < $1 ORDER BY place DESC, public_key LIMIT $2"
        ),
        &params![below, limit],
    )?;
    let head = |row: Kept| Head {
        place: row.place,
        seq: row.seq,
        link: row.link,
        signed_at: row.signed_at,
        public_key: row.public_key,
        signature: row.signature,
    };
    Ok(rows.into_iter().map(head).collect())
}

/// A moment as RFC 3339.
mod moment {
    use kernel::Time;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    pub fn serialize<S: Serializer>(moment: &Time, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&moment.to_rfc3339())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Time, D::Error> {
        Time::from_rfc3339(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// Bytes as hexadecimal digits.
mod hex {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        let digits = text.as_bytes().chunks(2);
        let byte = |pair: &[u8]| std::str::from_utf8(pair).ok().filter(|p| p.len() == 2).and_then(|p| u8::from_str_radix(p, 16).ok());
        digits.map(|pair| byte(pair).ok_or_else(|| D::Error::custom("no hexadecimal digits"))).collect()
    }
}
