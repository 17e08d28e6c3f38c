//! The table of settings. The page `docs/reference/configuration.md` is made from it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use web_kit::{Network, PublicUrl};

use super::table::setting_table;
use super::values::{Bytes, Count, DatabaseUrl, Level, LogFormat, Secret, Token};
use crate::backup::scheduled::Schedule;

setting_table! {
    "Data" for Every {
        data "data": PathBuf = "spoc-data",
            "The folder of this desk: database, files, keys and backups. Made when it does not exist.";
        database_url "database_url": Option<Secret<DatabaseUrl>> = "",
            "PostgreSQL 15 or later, for more than one node. Without it the database is SQLite in the data folder.";
        database_readers "database.readers": Count = "4",
            "Connections that read at the same time.";
        database_writers "database.writers": Count = "4",
            "Connections that write at the same time on PostgreSQL; SQLite has one writer.";
        database_queue "database.queue": Count = "4096",
            "Writes that may wait for their turn; one more is answered with 503.";
    }
    "Address and TLS" for Server {
        listen "listen": Vec<SocketAddr> = "127.0.0.1:8080",
            "Where to listen. Beyond this machine it needs a certificate, self_signed or behind_proxy.";
        public_url "public_url": Option<PublicUrl> = "",
            "The address people type, the only source of links in mails and answers. Default: the listening address.";
        tls_cert "tls_cert": Option<PathBuf> = "",
            "The certificate with its chain, in PEM.";
        tls_key "tls_key": Option<PathBuf> = "",
            "The private key of the certificate, in PEM. Only its owner and group may read the file.";
        self_signed "self_signed": bool = "false",
            "Make a certificate and keep it in the data folder: encrypted, but browsers warn until it is trusted.";
        behind_proxy "behind_proxy": bool = "false",
            "A reverse proxy in front ends TLS; needs public_url.";
        trusted_proxies "trusted_proxies": Vec<Network> = "127.0.0.0/8, ::1/128",
            "The addresses whose X-Forwarded-For and X-Forwarded-Proto are believed when behind_proxy is set.";
    }
    "Logs" for Every {
        log_format "log.format": LogFormat = "text",
            "One line of text for people, or one JSON object for machines, per event; on standard error.";
        log_level "log.level": Level = "info",
            "What is logged: a level, or levels by module such as info,db=debug.";
    }
    "Numbers" for Server {
        metrics_token "metrics_token": Option<Secret<Token>> = "",
            "Who bears it may read /metrics from other machines; programs on this machine always may.";
    }
    "Limits" for Server {
        limits_upload "limits.upload": Bytes = "100 MiB",
            "The largest single attachment.";
        limits_body "limits.body": Bytes = "2 MiB",
            "The largest body of any other request.";
        limits_connections "limits.connections": Count = "20000",
            "Open connections at the same time.";
        limits_connections_per_address "limits.connections_per_address": Count = "100",
            "Open connections from one address (IPv6: one /64 network) at the same time; trusted proxies are exempt.";
        limits_anonymous "limits.anonymous_per_second": Count = "20",
            "Requests from one address by somebody who is not signed in, in a second; fifteen times as many may come at once.";
        limits_person "limits.person_per_second": Count = "50",
            "Requests of one person, by pages and programs together, in a second; twelve times as many may come at once.";
        drain "limits.drain": Duration = "25s",
            "How long running requests may take to finish after SIGTERM.";
    }
    "Backups" for Server {
        backup_schedule "backup.schedule": Option<Schedule> = "daily 02:30",
            "When the desk makes a backup by itself, in UTC. Set it to nothing and it never does.";
        backup_folder "backup.folder": Option<PathBuf> = "",
            "Where these backups are written, best on another disk. Default: the folder `backups` of the data folder.";
        backup_daily "backup.keep_daily": Count = "7",
            "Days whose newest backup is kept.";
        backup_weekly "backup.keep_weekly": Count = "4",
            "Weeks whose newest backup is kept.";
        backup_monthly "backup.keep_monthly": Count = "3",
            "Months whose newest backup is kept.";
    }
    "Sessions" for Server {
        session_idle "session.idle": Duration = "12h",
            "A session ends when it was not used for this long.";
        session_absolute "session.absolute": Duration = "7d",
            "A session ends after this long even if it is used.";
    }
}
