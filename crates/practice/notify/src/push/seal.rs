//! What push services are given: a message that only the browser reads (RFC 8291, `aes128gcm` of RFC 8188), and
//! by whom it comes (VAPID, RFC 8292).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Entropy, Error, Result, Time};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

/// The keys of a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserKeys {
    /// An uncompressed point of P-256, 65 bytes.
    pub public: Vec<u8>,
    /// 16 bytes.
    pub auth: Vec<u8>,
}

/// Bytes of one record; a message is one.
const RECORD: u32 = 4096;
/// The longest message that fits into one.
pub const LONGEST: usize = 3000;
/// How long a signed word holds.
const SIGNED: i64 = 12 * Time::HOUR;

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn failed<E>(_: E) -> Error {
    Error::internal("a message for a browser could not be encrypted")
}

fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> Result<[u8; N]> {
    let mut out = [0; N];
    let prk = Salt::new(HKDF_SHA256, salt).extract(secret);
    prk.expand(info, Length(N)).map_err(failed)?.fill(&mut out).map_err(failed)?;
    Ok(out)
}

/// The body of a push message.
///
/// # Errors
/// The browser's key is no point of the curve; the text is too long.
pub fn encrypt(keys: &BrowserKeys, text: &[u8], entropy: &dyn Entropy) -> Result<Vec<u8>> {
    if text.len() > LONGEST {
        return Err(Error::internal("a message for a browser is too long"));
    }
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).map_err(failed)?;
    let public = own.compute_public_key().map_err(failed)?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, &keys.public);
    let shared = agree_ephemeral(own, &theirs, <[u8]>::to_vec).map_err(failed)?;
    let secret: [u8; 32] = derive(&keys.auth, &shared, &[b"WebPush: info\0", &keys.public, public.as_ref()])?;
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    let key: [u8; 16] = derive(&salt, &secret, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce: [u8; NONCE_LEN] = derive(&salt, &secret, &[b"Content-Encoding: nonce\0"])?;
    let mut sealed = text.to_vec();
    // The mark of the last record.
    sealed.push(2);
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).map_err(failed)?);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed).map_err(failed)?;
    let mut body = salt.to_vec();
    body.extend(RECORD.to_be_bytes());
    body.push(u8::try_from(public.as_ref().len()).map_err(failed)?);
    body.extend(public.as_ref());
    body.extend(sealed);
    Ok(body)
}

/// The key by which push services know a desk.
pub struct Vapid(EcdsaKeyPair);

impl Vapid {
    /// A new key as it is kept.
    ///
    /// # Errors
    /// The machine gives no randomness.
    pub fn generate() -> Result<Vec<u8>> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).map_err(failed)?;
        Ok(made.as_ref().to_vec())
    }

    /// The key that was kept.
    ///
    /// # Errors
    /// It is none.
    pub fn read(kept: &[u8]) -> Result<Self> {
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, kept, &SystemRandom::new());
        key.map(Self).map_err(|error| Error::internal(format!("the key for push is none: {error}")))
    }

    /// The public half, as a browser takes it.
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().as_ref())
    }

    /// The `Authorization` of a message to a push service; `origin` is that of the service, `contact` the address of
    /// the desk.
    ///
    /// # Errors
    /// The machine gives no randomness.
    pub fn authorization(&self, origin: &str, contact: &str, now: Time) -> Result<String> {
        let expires = now.plus(SIGNED).micros() / Time::SECOND;
        let claims = serde_json::json!({"aud": origin, "exp": expires, "sub": contact}).to_string();
        let said = format!("{}.{}", URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"ES256"}"#), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.0.sign(&SystemRandom::new(), said.as_bytes()).map_err(failed)?;
        Ok(format!("vapid t={said}.{}, k={}", URL_SAFE_NO_PAD.encode(signature.as_ref()), self.public()))
    }
}
