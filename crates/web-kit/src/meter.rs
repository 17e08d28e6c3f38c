//! The body of a request, counted and timed: at most so many bytes, at least so many a second.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use tokio::time::{Duration, Instant, Sleep, sleep_until};

use crate::server::Pulse;

/// What a body may be.
#[derive(Debug, Clone)]
pub struct BodyLimits {
    /// Bytes of forms and JSON.
    pub usual: u64,
    /// Bytes where [`upload_body`] stands.
    pub upload: u64,
    /// The least bytes a second, over the time we wait for them.
    pub rate: u64,
    /// How far a client may fall behind that rate.
    pub patience: Duration,
}

impl Default for BodyLimits {
    fn default() -> Self {
        Self { usual: 2 * 1024 * 1024, upload: 100 * 1024 * 1024, rate: 1024, patience: Duration::from_secs(10) }
    }
}

/// How reading the body ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Fate {
    Open = 0,
    Complete = 1,
    TooLarge = 2,
    TooSlow = 3,
    Broken = 4,
}

/// The count of one request's body; in the request's extensions.
#[derive(Debug)]
pub(crate) struct Meter {
    limit: AtomicU64,
    upload: u64,
    fate: AtomicU8,
}

impl Meter {
    pub(crate) fn limit(&self) -> u64 {
        self.limit.load(Ordering::Acquire)
    }

    pub(crate) fn fate(&self) -> Fate {
        match self.fate.load(Ordering::Acquire) {
            0 => Fate::Open,
            1 => Fate::Complete,
            2 => Fate::TooLarge,
            3 => Fate::TooSlow,
            _ => Fate::Broken,
        }
    }

    fn end(&self, fate: Fate) {
        self.fate.store(fate as u8, Ordering::Release);
    }
}

/// Lets a route take uploads: `.route_layer(axum::middleware::from_fn(web_kit::upload_body))`.
pub async fn upload_body(request: Request, next: Next) -> Response {
    if let Some(meter) = request.extensions().get::<Arc<Meter>>() {
        meter.limit.store(meter.upload, Ordering::Release);
    }
    next.run(request).await
}

/// Puts the counter around the body of a request.
pub(crate) fn metered(request: &mut Request, limits: &BodyLimits) -> Arc<Meter> {
    let meter = Arc::new(Meter { limit: AtomicU64::new(limits.usual), upload: limits.upload, fate: AtomicU8::new(Fate::Complete as u8) });
    request.extensions_mut().insert(Arc::clone(&meter));
    if request.body().is_end_stream() {
        return meter;
    }
    meter.end(Fate::Open);
    let pulse = request.extensions().get::<Arc<Pulse>>().cloned();
    let body = std::mem::take(request.body_mut());
    *request.body_mut() = Body::new(Metered { body, seen: 0, credit: Credit::new(limits), meter: Arc::clone(&meter), pulse });
    meter
}

/// A body was cut off by a limit.
#[derive(Debug)]
struct Cut(Fate);

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 == Fate::TooLarge { "the body is too large" } else { "the body came too slowly" })
    }
}

impl std::error::Error for Cut {}

struct Metered {
    body: Body,
    seen: u64,
    credit: Credit,
    meter: Arc<Meter>,
    pulse: Option<Arc<Pulse>>,
}

impl Metered {
    fn cut(&self, fate: Fate) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.meter.end(fate);
        Poll::Ready(Some(Err(axum::Error::new(Cut(fate)))))
    }
}

impl http_body::Body for Metered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = self.get_mut();
        // Said before anything is read: a client that waits for "100 Continue" sends nothing then.
        if this.seen.saturating_add(this.body.size_hint().lower()) > this.meter.limit() {
            return this.cut(Fate::TooLarge);
        }
        let frame = match Pin::new(&mut this.body).poll_frame(cx) {
            Poll::Ready(frame) => frame,
            Poll::Pending => {
                ready!(this.credit.spent(cx));
                return this.cut(Fate::TooSlow);
            }
        };
        match frame {
            None => {
                this.meter.end(Fate::Complete);
                Poll::Ready(None)
            }
            Some(Err(error)) => {
                this.meter.end(Fate::Broken);
                Poll::Ready(Some(Err(error)))
            }
            Some(Ok(frame)) => {
                let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
                this.seen += bytes;
                if this.seen > this.meter.limit() {
                    return this.cut(Fate::TooLarge);
                }
                this.credit.earn(bytes);
                if this.body.is_end_stream() {
                    this.meter.end(Fate::Complete);
                }
                Poll::Ready(Some(Ok(frame)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Metered {
    fn drop(&mut self) {
        if let (Some(pulse), false) = (&self.pulse, self.meter.fate() == Fate::Complete) {
            pulse.leave_unread();
        }
    }
}

/// Time that a client has left: bytes earn it, waiting spends it, and it never exceeds the patience.
/// Time in which nobody asks for the body does not count.
struct Credit {
    left: Duration,
    patience: Duration,
    rate: u64,
    waiting: Option<Instant>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Credit {
    fn new(limits: &BodyLimits) -> Self {
        Self { left: limits.patience, patience: limits.patience, rate: limits.rate.max(1), waiting: None, sleep: None }
    }

    fn earn(&mut self, bytes: u64) {
        if let Some(since) = self.waiting.take() {
            self.left = self.left.saturating_sub(since.elapsed());
        }
        let earned = Duration::from_micros(bytes.saturating_mul(1_000_000) / self.rate);
        self.left = self.left.saturating_add(earned).min(self.patience);
    }

    fn spent(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let since = *self.waiting.get_or_insert_with(Instant::now);
        let deadline = since + self.left;
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if sleep.deadline() != deadline {
            sleep.as_mut().reset(deadline);
        }
        sleep.as_mut().poll(cx)
    }
}
