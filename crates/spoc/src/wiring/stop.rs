//! The signals that end a server or interrupt long work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio_util::sync::CancellationToken;

use crate::exit::{self, Failure};

/// Cancelled by the first SIGTERM or Ctrl-C; the second one ends the process at once. To be called
/// inside of the runtime.
///
/// # Errors
/// The signals cannot be listened for.
pub fn on_signal() -> Result<CancellationToken, Failure> {
    let stop = CancellationToken::new();
    let token = stop.clone();
    let mut signals = Signals::listen().map_err(|error| Failure::new(exit::FAILED, format!("signals: {error}")))?;
    tokio::spawn(async move {
        signals.next().await;
        tracing::info!("stopping: no new connections, open requests may finish");
        token.cancel();
        signals.next().await;
        std::process::exit(i32::from(exit::INTERRUPTED.code));
    });
    Ok(stop)
}

/// Set by the first SIGTERM or Ctrl-C, for long work on plain threads that looks at it between two
/// steps; the second signal ends the process at once.
///
/// # Errors
/// The signals cannot be listened for.
pub fn flag() -> Result<Arc<AtomicBool>, Failure> {
    let failed = |error: std::io::Error| Failure::new(exit::FAILED, format!("signals: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let mut signals = {
        let _inside = runtime.enter();
        Signals::listen().map_err(failed)?
    };
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    let wait = move || {
        runtime.block_on(async {
            signals.next().await;
            set.store(true, Ordering::Relaxed);
            signals.next().await;
        });
        std::process::exit(i32::from(exit::INTERRUPTED.code));
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(wait).map_err(failed)?;
    Ok(flag)
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }
    async fn next(&mut self) {
        // Without a handler Ctrl-C ends the process anyway.
        let _ = tokio::signal::ctrl_c().await;
    }
}
