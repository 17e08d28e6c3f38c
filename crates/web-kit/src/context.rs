//! What is known of one request while it is served.

use std::sync::{Arc, OnceLock};

use axum::extract::{FromRequestParts, Request};
use http::request::Parts;
use i18n::T;
use kernel::{Entropy, Lang, PersonId};

use crate::Verdict;

/// One request; in its extensions, shared by the guard, the extractors and the handlers.
#[derive(Debug)]
pub struct Context {
    id: String,
    accepted: Option<Lang>,
    reader: OnceLock<T>,
    person: OnceLock<PersonId>,
    rate: OnceLock<Verdict>,
}

/// Crockford's digits: no I, L, O, U, so that a code can be read out by phone.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Context {
    pub(crate) fn new(entropy: &dyn Entropy, accepted: Option<Lang>) -> Arc<Self> {
        let mut bytes = [0_u8; 12];
        entropy.fill(&mut bytes);
        let digit = |byte: u8| DIGITS.get(usize::from(byte % 32)).copied().map_or('0', char::from);
        Arc::new(Self {
            id: bytes.into_iter().map(digit).collect(),
            accepted,
            reader: OnceLock::new(),
            person: OnceLock::new(),
            rate: OnceLock::new(),
        })
    }

    /// The context of a request that came through the guard.
    pub fn of(request: &Request) -> Option<Arc<Context>> {
        request.extensions().get::<Arc<Context>>().cloned()
    }

    /// Twelve letters and digits: in the log, in `X-Request-Id`, and the code of a fault.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The language that the browser asks for.
    pub fn accepted(&self) -> Option<Lang> {
        self.accepted
    }

    /// The reader's language and zone, once somebody knows them.
    pub fn reader(&self) -> Option<&T> {
        self.reader.get()
    }

    /// Sets the reader; the first one stays.
    pub fn set_reader(&self, reader: T) {
        self.reader.get_or_init(|| reader);
    }

    /// Who asks, for the log.
    pub fn set_person(&self, person: PersonId) {
        self.person.get_or_init(|| person);
    }

    pub(crate) fn person(&self) -> Option<PersonId> {
        self.person.get().copied()
    }

    /// What the limiter said, for the headers of the answer; the first word stays.
    pub fn set_rate(&self, verdict: Verdict) {
        self.rate.get_or_init(|| verdict);
    }

    pub(crate) fn rate(&self) -> Option<&Verdict> {
        self.rate.get()
    }
}

/// The context as an argument of a handler.
#[derive(Debug, Clone)]
pub struct Ctx(pub Arc<Context>);

impl<S: Sync> FromRequestParts<S> for Ctx {
    type Rejection = crate::Fail;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, crate::Fail> {
        let context = parts.extensions.get::<Arc<Context>>().cloned();
        context.map(Ctx).ok_or_else(|| kernel::Error::internal("the route stands outside the guard").into())
    }
}
