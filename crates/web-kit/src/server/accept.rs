//! Listening and accepting.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use std::{fmt, io};

use axum::Router;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::config::Config;
use super::connection::{self, Shared};
use super::slots::Slots;

/// Why the server does not listen; each says what to do.
#[derive(Debug)]
pub enum BindError {
    /// The address would carry passwords in the clear.
    NotEncrypted(SocketAddr),
    Busy(SocketAddr),
    NotPermitted(SocketAddr),
    NotHere(SocketAddr),
    Other(SocketAddr, io::Error),
    Nowhere,
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEncrypted(at) => {
                write!(f, "{at} is reachable from other machines without TLS: give a certificate, --self-signed or --behind-proxy")
            }
            Self::Busy(at) => write!(f, "{at} is in use by another program: stop it or choose another port with --listen"),
            Self::NotPermitted(at) => {
                write!(f, "{at} may not be opened by this user: choose a port above 1023 or grant CAP_NET_BIND_SERVICE")
            }
            Self::NotHere(at) => write!(f, "{at} is no address of this machine: choose another with --listen"),
            Self::Other(at, error) => write!(f, "{at} cannot be opened: {error}"),
            Self::Nowhere => f.write_str("no address to listen on: give one with --listen"),
        }
    }
}

impl std::error::Error for BindError {}

/// A server that listens and does not yet answer.
#[derive(Debug)]
pub struct Server {
    config: Config,
    listeners: Vec<TcpListener>,
}

impl Server {
    /// Opens every address, so that a busy port is known before anything else begins.
    ///
    /// # Errors
    /// An address is busy, not of this machine, or open to others without TLS.
    pub fn bind(config: Config) -> Result<Self, BindError> {
        if let Some(address) = config.exposed() {
            return Err(BindError::NotEncrypted(address));
        }
        if config.listen.is_empty() {
            return Err(BindError::Nowhere);
        }
        let listeners = config.listen.iter().map(|address| listen(*address)).collect::<Result<_, _>>()?;
        Ok(Self { config, listeners })
    }

    /// Where it listens, with the ports that the system chose.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.listeners.iter().filter_map(|listener| listener.local_addr().ok()).collect()
    }

    /// Answers until `stop` is cancelled and the drain is over.
    pub async fn serve(self, app: Router, stop: CancellationToken) {
        let limits = Arc::new(self.config.limits);
        let tasks = TaskTracker::new();
        let door = Arc::new(Door {
            free: Arc::new(Semaphore::new(limits.connections.min(Semaphore::MAX_PERMITS))),
            slots: Slots::new(limits.connections_per_address),
            tasks: tasks.clone(),
            shared: Arc::new(Shared {
                app,
                tls: self.config.tls,
                trusted: self.config.trusted,
                limits: Arc::clone(&limits),
                stop: stop.clone(),
            }),
        });
        let mut loops: JoinSet<()> = self.listeners.into_iter().map(|listener| Arc::clone(&door).admit(listener)).collect();
        stop.cancelled().await;
        // The listeners close first: a client that comes now is refused and can go to another node.
        loops.shutdown().await;
        tasks.close();
        tasks.wait().await;
    }
}

fn listen(address: SocketAddr) -> Result<TcpListener, BindError> {
    let open = || -> io::Result<TcpListener> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // A restart must not wait for connections of the process before it.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(1_024)
    };
    open().map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => BindError::Busy(address),
        io::ErrorKind::PermissionDenied => BindError::NotPermitted(address),
        io::ErrorKind::AddrNotAvailable => BindError::NotHere(address),
        _ => BindError::Other(address, error),
    })
}

/// Lets connections in, as many as there are places.
struct Door {
    free: Arc<Semaphore>,
    slots: Slots,
    tasks: TaskTracker,
    shared: Arc<Shared>,
}

impl Door {
    async fn admit(self: Arc<Self>, listener: TcpListener) {
        let mut trouble = Trouble::default();
        loop {
            // The semaphore is never closed; without a place nobody is accepted.
            let Ok(place) = Arc::clone(&self.free).acquire_owned().await else { return };
            let (socket, peer) = match listener.accept().await {
                Ok(accepted) => accepted,
                Err(error) => {
                    trouble.wait(&error).await;
                    continue;
                }
            };
            trouble.over();
            let Some(slot) = self.slot(peer) else {
                tracing::debug!(%peer, "too many connections of one address");
                continue;
            };
            prepare(&socket);
            let shared = Arc::clone(&self.shared);
            self.tasks.spawn(async move {
                connection::serve(shared, socket, peer).await;
                drop((place, slot));
            });
        }
    }

    fn slot(&self, peer: SocketAddr) -> Option<super::slots::Slot> {
        if self.shared.trusted.has(peer.ip()) {
            return Some(self.slots.free());
        }
        self.slots.take(peer.ip())
    }
}

fn prepare(socket: &TcpStream) {
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "nodelay");
    }
}

/// Errors of accept: without file handles the loop must wait, or it spins.
#[derive(Default)]
struct Trouble {
    pause: Option<Duration>,
    said: Option<Instant>,
}

impl Trouble {
    const LEAST: Duration = Duration::from_millis(20);
    const MOST: Duration = Duration::from_secs(1);

    async fn wait(&mut self, error: &io::Error) {
        if matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::Interrupted) {
            return;
        }
        if self.said.is_none_or(|said| said.elapsed() >= Duration::from_secs(1)) {
            tracing::error!(%error, "no connection can be accepted");
            self.said = Some(Instant::now());
        }
        let pause = self.pause.map_or(Self::LEAST, |last| (last * 2).min(Self::MOST));
        self.pause = Some(pause);
        tokio::time::sleep(pause).await;
    }

    fn over(&mut self) {
        self.pause = None;
    }
}
