//! The one server that all test processes of this user share: the first one starts it, the watchdog
//! ends it some seconds after the last one.

use std::path::PathBuf;
use std::sync::OnceLock;

use crate::cluster::{Cluster, Durability, is_watched, open_lock, start_fresh, watch};
use crate::programs::{Programs, uid};

/// Seconds without any test process after which the server stops: longer than the pause between
/// two test programs of one run.
const GRACE: u32 = 20;

/// The shared server; starts it when there is none.
pub fn shared_cluster() -> &'static Cluster {
    static SHARED: OnceLock<Cluster> = OnceLock::new();
    SHARED.get_or_init(join)
}

/// The folder of lock files, templates and the server's data.
pub(crate) fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("spoc-test-{}", uid()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}

fn join() -> Cluster {
    let folder = folder().join("postgres");
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let gate = open_lock(&folder.join("gate"));
    gate.lock().expect("a lock");
    let user = open_lock(&folder.join("users"));
    user.lock_shared().expect("a lock");
    let programs = Programs::find();
    let ready = folder.join("ready");
    let running = std::fs::read_to_string(&ready).ok().and_then(|port| port.parse().ok()).filter(|_| is_watched(&folder));
    let port = running.unwrap_or_else(|| {
        let port = start_fresh(&programs, &folder, Durability::None);
        watch(&programs, &folder, GRACE);
        std::fs::write(&ready, port.to_string()).expect("the port is written down");
        port
    });
    Cluster::adopt(programs, folder, port, user)
}
