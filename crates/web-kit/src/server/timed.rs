//! A socket that gives up on silence: hyper's own timers do not cover the first byte, idle HTTP/2
//! connections or a client that takes no byte of its answer.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Duration, Instant, Sleep, sleep_until};

use super::Limits;
use super::pulse::Pulse;

/// How long and how much is still read after an answer whose request was not read to its end:
/// closing at once would make the system reset the connection, and the client lose the answer.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_BYTES: usize = 4 * 1024 * 1024;

pub(super) struct Timed<S> {
    socket: S,
    pulse: Arc<Pulse>,
    limits: Arc<Limits>,
    reading: Timer,
    writing: Timer,
    closing: Option<Closing>,
}

struct Closing {
    until: Instant,
    left: usize,
}

impl<S> Timed<S> {
    pub(super) fn new(socket: S, pulse: Arc<Pulse>, limits: Arc<Limits>) -> Self {
        Self { socket, pulse, limits, reading: Timer::default(), writing: Timer::default(), closing: None }
    }
}

/// One timer, made when it is first needed.
#[derive(Default)]
struct Timer {
    sleep: Option<Pin<Box<Sleep>>>,
    armed: bool,
}

impl Timer {
    /// Whether `deadline` has passed; wakes the task when it does.
    fn passed(&mut self, deadline: Instant, cx: &mut Context<'_>) -> bool {
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if sleep.deadline() != deadline {
            sleep.as_mut().reset(deadline);
        }
        self.armed = true;
        sleep.as_mut().poll(cx).is_ready()
    }

    fn stop(&mut self) {
        self.armed = false;
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        if let Poll::Ready(done) = Pin::new(&mut this.socket).poll_read(cx, buf) {
            if buf.filled().len() > before {
                this.pulse.bytes();
            }
            return Poll::Ready(done);
        }
        match this.pulse.deadline(&this.limits) {
            Some(deadline) if this.reading.passed(deadline, cx) => {
                Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "nothing came in time")))
            }
            _ => Poll::Pending,
        }
    }
}

impl<S: AsyncWrite + Unpin> Timed<S> {
    /// Passes on what a write said, and ends a write that makes no progress.
    fn progress<T>(&mut self, said: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if said.is_ready() {
            self.writing.stop();
            return said;
        }
        let deadline = match &self.writing.sleep {
            Some(sleep) if self.writing.armed => sleep.deadline(),
            _ => Instant::now() + self.limits.write_stall,
        };
        if self.writing.passed(deadline, cx) {
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "nothing was taken in time")));
        }
        Poll::Pending
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let said = Pin::new(&mut this.socket).poll_write(cx, buf);
        this.progress(said, cx)
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, bufs: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let said = Pin::new(&mut this.socket).poll_write_vectored(cx, bufs);
        this.progress(said, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let said = Pin::new(&mut this.socket).poll_flush(cx);
        this.progress(said, cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.closing.is_none() {
            let said = Pin::new(&mut this.socket).poll_shutdown(cx);
            ready!(this.progress(said, cx))?;
            if !this.pulse.was_left_unread() {
                return Poll::Ready(Ok(()));
            }
            this.closing = Some(Closing { until: Instant::now() + LINGER, left: LINGER_BYTES });
        }
        this.discard(cx)
    }
}

impl<S: AsyncRead + Unpin> Timed<S> {
    /// Reads what the client still sends, up to a bound.
    fn discard(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(closing) = &mut self.closing else { return Poll::Ready(Ok(())) };
        let mut waste = [0_u8; 8 * 1024];
        loop {
            if closing.left == 0 || self.reading.passed(closing.until, cx) {
                return Poll::Ready(Ok(()));
            }
            let mut buf = ReadBuf::new(&mut waste);
            match Pin::new(&mut self.socket).poll_read(cx, &mut buf) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Err(_)) => return Poll::Ready(Ok(())),
                Poll::Ready(Ok(())) if buf.filled().is_empty() => return Poll::Ready(Ok(())),
                Poll::Ready(Ok(())) => closing.left = closing.left.saturating_sub(buf.filled().len()),
            }
        }
    }
}
