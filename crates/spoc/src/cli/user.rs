//! `spoc user`: log-ins from the command line.

use std::io::Read as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use kernel::ErrorKind;
use sessions::Secret;
use sessions::actions::reset_password;

use super::load;
use crate::config::{Config, ServerFlags};
use crate::exit::{self, Failure};
use crate::user::{self, NewUser};
use crate::wiring::storage::{self, Storage};
use crate::wiring::{migrations, server};

/// Add, list and shut out log-ins, and make links to choose a password
///
/// Runs beside the server on PostgreSQL; on SQLite the server must be stopped first.
#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add a person who can sign in; prints a link that works once, to choose a password
    Add {
        /// What the person signs in with, usually the mail address
        login: String,
        /// The person's name
        #[arg(long)]
        name: String,
        /// Name or number of the organisation; needed when there is more than one
        #[arg(long)]
        organisation: Option<String>,
        /// Key of a role, such as operator or administrator; may be repeated
        #[arg(long = "role")]
        roles: Vec<String>,
        /// Read the password from standard input instead of printing a link
        #[arg(long)]
        password_stdin: bool,
        #[command(flatten)]
        settings: ServerFlags,
    },
    /// List everybody who can sign in: log-in, name, roles, last log-in
    List {
        #[command(flatten)]
        settings: ServerFlags,
    },
    /// Print a link that works once, to choose a new password
    Reset {
        login: String,
        #[command(flatten)]
        settings: ServerFlags,
    },
    /// Shut a log-in out: its sessions, links and tokens end at once
    Disable {
        login: String,
        #[command(flatten)]
        settings: ServerFlags,
    },
    /// Let a log-in in again that was shut out
    Enable {
        login: String,
        #[command(flatten)]
        settings: ServerFlags,
    },
}

impl User {
    pub fn run(self, file: Option<PathBuf>) -> Result<(), Failure> {
        match self.what {
            What::Add { login, name, organisation, roles, password_stdin, settings } => {
                let (config, storage) = open(file, settings)?;
                let password = if password_stdin { Some(from_stdin()?) } else { None };
                add(&config, &storage, &NewUser { login, name, organisation, roles }, password.as_deref())
            }
            What::List { settings } => list(&open(file, settings)?.1),
            What::Reset { login, settings } => {
                let (config, storage) = open(file, settings)?;
                let secret = user::reset(&storage.db, &login).map_err(|error| about(&login, error))?;
                tell_link(&config, &secret)
            }
            What::Disable { login, settings } => {
                let (_, storage) = open(file, settings)?;
                user::set_active(&storage.db, &login, false).map_err(|error| about(&login, error))?;
                println!("{login} is shut out.");
                Ok(())
            }
            What::Enable { login, settings } => {
                let (_, storage) = open(file, settings)?;
                user::set_active(&storage.db, &login, true).map_err(|error| about(&login, error))?;
                println!("{login} can sign in again.");
                Ok(())
            }
        }
    }
}

fn open(file: Option<PathBuf>, settings: ServerFlags) -> Result<(Config, Storage), Failure> {
    let (config, _) = load(file, settings.0)?;
    let storage = storage::open_to_change(&config)?;
    migrations::require(&storage)?;
    Ok((config, storage))
}

fn add(config: &Config, storage: &Storage, new: &NewUser, password: Option<&str>) -> Result<(), Failure> {
    if user::find(&storage.db, &new.login)?.is_some() {
        return Err(Failure::new(exit::FAILED, format!("{} can sign in already; `spoc user reset` makes a new link", new.login)));
    }
    user::add(&storage.db, new).map_err(|error| match error.fields().first().map(|field| field.field.as_ref()) {
        Some("organisation") => which_organisation(storage),
        _ if error.kind() == ErrorKind::NotFound => Failure::new(exit::FAILED, format!("there is no such role: {}", new.roles.join(", "))),
        _ => Failure::from(error),
    })?;
    match password {
        Some(password) => match user::set_password(&storage.db, &new.login, password) {
            Ok(()) => {
                println!("{} can sign in.", new.login);
                Ok(())
            }
            Err(error) => {
                let why = Failure::from(error);
                Err(Failure::new(
                    exit::FAILED,
                    format!("{} is added, but without a password: {why}; choose one with `spoc user reset`", new.login),
                ))
            }
        },
        None => tell_link(config, &user::reset(&storage.db, &new.login)?),
    }
}

fn which_organisation(storage: &Storage) -> Failure {
    match storage.db.read_wait("user.tenants", party::store::organisation::tenants) {
        Ok(tenants) if tenants.is_empty() => {
            Failure::new(exit::FAILED, "the desk is not set up yet; start it and open the link that it prints")
        }
        Ok(tenants) => {
            let names: Vec<String> = tenants.iter().take(10).map(|it| format!("{} ({})", it.name, it.id)).collect();
            Failure::new(exit::FAILED, format!("name an organisation with --organisation: {}", names.join(", ")))
        }
        Err(error) => Failure::from(error),
    }
}

fn list(storage: &Storage) -> Result<(), Failure> {
    user::list(&storage.db, |line| {
        let last = line.last_login.map_or_else(|| "never".to_owned(), |time| time.to_rfc3339());
        let state = if line.active { "" } else { "\tshut out" };
        println!("{}\t{}\t{}\t{last}{state}", line.login, line.name, line.roles.join(","));
    })?;
    Ok(())
}

fn tell_link(config: &Config, secret: &Secret) -> Result<(), Failure> {
    let link = server::configured_url(config)?.link(&reset_password::path(secret));
    println!("This link works once, for 30 minutes: {link}");
    Ok(())
}

fn about(login: &str, error: kernel::Error) -> Failure {
    if error.kind() == ErrorKind::NotFound {
        return Failure::new(exit::FAILED, format!("nobody signs in as {login}; `spoc user list` shows who does"));
    }
    Failure::from(error)
}

fn from_stdin() -> Result<String, Failure> {
    let mut text = String::new();
    let read = std::io::stdin().take(4096).read_to_string(&mut text);
    read.map_err(|error| Failure::new(exit::FAILED, format!("the password cannot be read: {error}")))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
