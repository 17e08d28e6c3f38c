//! The log-ins of the demo, and the setting from which the first page shows them.

use std::sync::Arc;

use db::Db;
use kernel::{Lang, Result};
use party::PasswordHash;
use party::store::account;
use serde::{Deserialize, Serialize};

use super::Ground;
use super::ids::Ids;

/// Kind and key of the setting that holds the log-ins as a list of [`Shown`].
pub const SHOWN: (&str, &str) = ("demo", "log_ins");

/// A log-in as the first page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Key of the role.
    pub role: String,
    pub login: String,
    pub password: String,
    pub name: String,
    pub title: String,
    pub organisation: String,
    pub lang: Lang,
}

/// Makes the accounts and the setting.
pub(super) async fn open(db: &Db, ground: &Arc<Ground>, ids: &Ids, hash: impl Fn(&str) -> Result<PasswordHash>) -> Result<Vec<Shown>> {
    let plan = &ground.plan;
    let mut shown = Vec::with_capacity(plan.company.accounts.len());
    for it in &plan.company.accounts {
        let (person, login, now) = (ids.person(it.person), it.login.clone(), ground.founded());
        let hash = hash(&it.password)?;
        db.write_bulk("demo.account", move |tx| {
            let id = account::insert(tx, person, &login, now)?;
            account::set_password(tx, id, Some(&hash), now)
        })
        .await?;
        let who = plan.company.person(it.person);
        shown.push(Shown {
            role: it.role.key().to_owned(),
            login: it.login.clone(),
            password: it.password.clone(),
            name: who.name(),
            title: who.title.clone(),
            organisation: plan.company.organisation(who.organisation).name.get(plan.names).to_owned(),
            lang: who.lang,
        });
    }
    let (list, act) = (shown.clone(), ground.act(None, plan.now));
    db.write_bulk("demo.shown", move |tx| settings::put(tx, &act, 0, SHOWN.0, SHOWN.1, 0, &list)).await?;
    Ok(shown)
}
