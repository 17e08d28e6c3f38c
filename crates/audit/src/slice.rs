//! The pages and endpoints of this slice.

use std::sync::Arc;

use access::Verb;
use api_kit::{Door, Slice, routes};
use axum::Extension;
use events::chain::Signer;
use i18n::key;
use web_kit::{NavEntry, Side};

use crate::api::backups::Said;
use crate::{api, web};

/// What this slice gives to the desk; `signer` is the key of its data folder, `schedule` that of its
/// backups in its own words.
pub fn slice(signer: Arc<Signer>, schedule: Option<String>) -> Slice {
    // Backups are the whole installation's: the page itself asks for that.
    let mut slice = Slice::new("audit")
        .get("/admin/system/audit", Door::Verb(Verb::AuditSee), web::log::show)
        .get("/admin/system/audit.jsonl", Door::Verb(Verb::AuditSee), web::log::download)
        .get("/admin/system/settings", Door::Verb(Verb::SettingsSee), web::settings::list)
        .get("/admin/system/settings/{id}", Door::Verb(Verb::SettingsSee), web::settings::show)
        .post("/admin/system/settings/{id}/revert", Door::Verb(Verb::SettingsEdit), web::settings::take_back)
        .get("/admin/system/backups", Door::SignedIn, web::backups::show)
        .post("/admin/system/backups", Door::SignedIn, web::backups::make)
        .api(routes!(api::chain::show))
        .api(routes!(api::chain::heads))
        .api(routes!(api::log::list))
        .api(routes!(api::log::export))
        .api(routes!(api::settings::list))
        .api(routes!(api::settings::versions))
        .api(routes!(api::settings::take_back))
        .api(routes!(api::backups::list, api::backups::make))
        .nav(NavEntry {
            side: Side::Console,
            icon: "history",
            label: key!("audit-log"),
            href: web::LOG,
            key: "g u",
            verb: Some(Verb::AuditSee),
        });
    let said = Arc::new(Said(schedule));
    slice.pages = slice.pages.layer(Extension(Arc::clone(&said)));
    slice.api = slice.api.layer(Extension(signer)).layer(Extension(said));
    slice
}

#[cfg(test)]
mod tests {
    use i18n::T;
    use kernel::Lang;

    use crate::web::log::{OBJECTS, words};

    /// Some of what the other crates write into the log, at least one of each object.
    #[test]
    fn what_can_happen_has_words_in_every_language() {
        let kinds = [
            "account.signed_in",
            "account.tokens_revoked",
            "backup.made",
            "job.retried",
            "location.moved",
            "organisation.moved",
            "person.membership_began",
            "person.role_granted",
            "purge.done",
            "role.changed",
            "service.created",
            "setting.changed",
            "team.member_added",
            "view.deleted",
        ];
        for lang in Lang::ALL {
            let t = T::utc(lang);
            for kind in kinds {
                assert_ne!(words(&t, kind), kind, "{lang}");
            }
            for object in OBJECTS {
                assert!(t.has(&format!("audit-object-{object}")), "{lang} {object}");
            }
        }
    }
}
