//! `/admin/secrets`: what the desk does about secrets that somebody writes.

use access::Verb;
use askama::Template;
use i18n::T;
use kernel::Error;
use party::SHARED;
use ticket::rules::secrets::{SecretKind, SecretPolicy, SecretRule};
use ticket::timeline::secret_label;
use ui::{Choice, Chrome, FormErrors};
use web_kit::{Query, Result, page};

use super::{Admin, Told, Typed, comes_back, errors, refused, saved, told};
use crate::actions::secrets as action;

#[derive(Template)]
#[template(path = "forms/secrets.html", blocks = ["main"])]
struct SecretsPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    version: String,
    rows: Vec<(&'static str, String, Vec<Choice>)>,
    may_edit: bool,
}

/// # Errors
/// The database does not answer.
pub async fn show(admin: Admin, Query(asked): Query<Told>) -> Result {
    admin.require(Verb::SettingsSee)?;
    form(&admin, None, FormErrors::new(), &asked.done).await
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(admin: Admin, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    let sent = typed.clone();
    let changed =
        admin.act("secrets.change", move |tx, frame| action::save(tx, frame, &read(&sent)?, sent.number("version")?).map(|_| ())).await;
    match changed {
        Ok(()) => Ok(saved("/admin/secrets")),
        Err(error) if comes_back(&error) => {
            let said = errors(&admin.viewer.t, &error);
            refused(form(&admin, read(&typed).ok(), said, "").await, error)
        }
        Err(error) => Err(error.into()),
    }
}

fn read(typed: &Typed) -> kernel::Result<SecretPolicy> {
    let mut policy = SecretPolicy::default();
    for kind in SecretKind::ALL {
        let rule = SecretRule::from_key(typed.text(kind.key())).ok_or_else(|| Error::invalid(kind.key(), "error-choice"))?;
        *policy.of_mut(*kind) = rule;
    }
    Ok(policy)
}

fn rule_label(rule: SecretRule) -> &'static str {
    match rule {
        SecretRule::Mask => i18n::key!("forms-secrets-mask"),
        SecretRule::Warn => i18n::key!("forms-secrets-warn"),
        SecretRule::Off => i18n::key!("forms-secrets-off"),
    }
}

async fn form(admin: &Admin, typed: Option<SecretPolicy>, errors: FormErrors, done: &str) -> Result {
    let (stored, version) = admin.read("secrets", |rd, _| action::get(rd)).await?;
    let (t, policy) = (admin.viewer.t.clone(), typed.unwrap_or(stored));
    let choices = |kind: SecretKind| {
        let choice = |rule: &SecretRule| Choice::new(rule.key(), t.msg(rule_label(*rule)), *rule == policy.of(kind));
        SecretRule::ALL.iter().map(choice).collect()
    };
    let rows = SecretKind::ALL.iter().map(|kind| (kind.key(), t.msg(secret_label(*kind)).into_owned(), choices(*kind))).collect();
    let mut chrome = admin.chrome(t.msg("forms-secrets"));
    chrome.flash = told(&t, done);
    let may_edit = admin.viewer.actor.may(Verb::SettingsEdit, SHARED);
    let made = SecretsPage { chrome, errors, version: version.to_string(), rows, may_edit, t };
    page!(admin.viewer, made, as_main)
}
