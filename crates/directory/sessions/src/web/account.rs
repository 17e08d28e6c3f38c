//! `/desk/people/{id}/log-in`: the log-in of somebody else.

use std::sync::Arc;

use axum::extract::State;
use db::Tx;
use kernel::PersonId;
use party::AddressKind;
use serde::Deserialize;
use ui::{Flash, FormErrors};
use web_kit::{App, Fail, Form, Path, Query, Result, Side, Viewer, html, see_other};

use super::{Desk, comes_back, refused, unkept, words};
use crate::actions::manage::{self, Frame};
use crate::actions::reset_password;
use crate::views::account::AccountPage;
use crate::views::me::session_line;
use crate::{Secret, Sessions, store};

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The step before, told once.
    #[serde(default)]
    done: String,
}

/// What the form says.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    login: String,
}

/// # Errors
/// The person is out of reach.
pub async fn show(State(app): State<App>, desk: Desk, viewer: Viewer, Path(id): Path<PersonId>, Query(asked): Query<Asked>) -> Result {
    let mut page = page(&app, &desk, &viewer, id).await?;
    let message = match asked.done.as_str() {
        "renamed" => Some(i18n::key!("sessions-account-renamed")),
        "signed-out" => Some(i18n::key!("sessions-account-signed-out")),
        "shut-out" => Some(i18n::key!("sessions-account-is-out")),
        "let-in" => Some(i18n::key!("sessions-account-is-in")),
        _ => None,
    };
    page.chrome.flash = message.map(|key| Flash { kind: "ok", text: viewer.t.msg(key).into_owned(), undo: None });
    html(askama::Template::render(&page))
}

/// Makes the log-in, or renames it.
///
/// # Errors
/// What cannot be told on the form.
pub async fn send(State(app): State<App>, desk: Desk, viewer: Viewer, Path(id): Path<PersonId>, Form(typed): Form<Typed>) -> Result {
    let (secret, login) = (Secret::new(&*desk.entropy), typed.login.clone());
    let digest = secret.digest();
    let made = act(&app, &desk, &viewer, id, "account.save", move |tx, frame| {
        if manage::of_person(tx, frame.actor, frame.person)?.1.is_some() {
            manage::rename(tx, frame, &login).map(|()| false)
        } else {
            manage::make(tx, frame, &login, digest).map(|_| true)
        }
    });
    match made.await {
        Ok(true) => shown_once(&app, &desk, &viewer, id, &secret).await,
        Ok(false) => Ok(see_other(&at(id, "renamed"))),
        Err(error) if comes_back(&error) => {
            let mut page = page(&app, &desk, &viewer, id).await?;
            page.errors = words(&viewer.t, &error);
            page.login = typed.login;
            refused(html(askama::Template::render(&page)), error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

/// A link to choose a password, shown once.
///
/// # Errors
/// There is no log-in, or it is shut out.
pub async fn link(State(app): State<App>, desk: Desk, viewer: Viewer, Path(id): Path<PersonId>) -> Result {
    let secret = Secret::new(&*desk.entropy);
    let digest = secret.digest();
    act(&app, &desk, &viewer, id, "account.link", move |tx, frame| manage::offer_link(tx, frame, digest)).await?;
    shown_once(&app, &desk, &viewer, id, &secret).await
}

/// # Errors
/// There is no log-in.
pub async fn sign_out(State(app): State<App>, desk: Desk, viewer: Viewer, Path(id): Path<PersonId>) -> Result {
    act(&app, &desk, &viewer, id, "account.sign_out", manage::end_sessions).await?;
    Ok(see_other(&at(id, "signed-out")))
}

/// # Errors
/// It is the last administrator's.
pub async fn shut_out(State(app): State<App>, desk: Desk, viewer: Viewer, Path(id): Path<PersonId>) -> Result {
    act(&app, &desk, &viewer, id, "account.shut_out", |tx, frame| manage::set_active(tx, frame, false)).await?;
    Ok(see_other(&at(id, "shut-out")))
}

/// # Errors
/// There is no log-in.
pub async fn let_in(State(app): State<App>, desk: Desk, viewer: Viewer, Path(id): Path<PersonId>) -> Result {
    act(&app, &desk, &viewer, id, "account.let_in", |tx, frame| manage::set_active(tx, frame, true)).await?;
    Ok(see_other(&at(id, "let-in")))
}

fn at(id: PersonId, done: &str) -> String {
    format!("/desk/people/{id}/log-in?done={done}")
}

/// Runs an action on the log-in of somebody, also on a nearly full disk.
pub(crate) async fn act<T: Send + 'static>(
    app: &App,
    desk: &Sessions,
    viewer: &Viewer,
    person: PersonId,
    name: &'static str,
    action: impl Fn(&mut Tx<'_>, Frame<'_>) -> kernel::Result<T> + Send + 'static,
) -> kernel::Result<T> {
    let (actor, act) = (Arc::clone(&viewer.actor), viewer.act(app)?);
    desk.db.write_reserved(name, move |tx| action(tx, Frame { actor: &actor, act: &act, person })).await
}

async fn shown_once(app: &App, desk: &Sessions, viewer: &Viewer, id: PersonId, secret: &Secret) -> Result {
    let mut page = page(app, desk, viewer, id).await?;
    page.link = app.web.public_url.link(&reset_password::path(secret));
    Ok(unkept(html(askama::Template::render(&page))?))
}

async fn page(app: &App, desk: &Sessions, viewer: &Viewer, id: PersonId) -> kernel::Result<AccountPage> {
    let (actor, now) = (Arc::clone(&viewer.actor), desk.clock.now());
    let found = desk.db.read_bounded("account.of_person", move |rd| {
        let (person, account) = manage::of_person(rd, &actor, id)?;
        let sessions = match &account {
            Some(account) => store::session::of_account(rd, account.id, now)?,
            None => Vec::new(),
        };
        let mail = party::store::address::of_person(rd, person.id)?.into_iter().find(|a| a.kind == AddressKind::Email && a.main);
        Ok((person, account, sessions, mail.map(|mail| mail.value)))
    });
    let (person, account, sessions, mail) = found.await?;
    let t = &viewer.t;
    Ok(AccountPage {
        chrome: viewer.chrome(app, Side::Console, t.with("sessions-account-title", &[("name", person.name.as_str().into())])),
        errors: FormErrors::new(),
        person: person.id,
        name: person.name,
        known: account.is_some(),
        active: account.as_ref().is_none_or(|account| account.active),
        login: account.map(|account| account.login).or(mail).unwrap_or_default(),
        sessions: sessions.into_iter().map(|session| session_line(t, session, None, now)).collect(),
        link: String::new(),
        t: t.clone(),
    })
}
