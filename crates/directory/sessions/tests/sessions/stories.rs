//! Signing in and out, told with one cast, on both databases.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::desk::{Desk, NOW, PASSWORD, Someone, form, login, secret, template};
use events::{Act, Cause};
use kernel::{ErrorKind, Result, SystemEntropy, Time};
use party::store::{account, person};
use sessions::actions::change_password::{ChangePassword, change_password};
use sessions::actions::create_token::create_token;
use sessions::actions::log_in::log_in;
use sessions::actions::log_out::log_out;
use sessions::actions::reset_password::{look_at, offer, reset_password};
use sessions::actions::revoke_token::revoke_token;
use sessions::actions::save_profile::{Profile, save_profile};
use sessions::actions::{end_sessions, set_up};
use sessions::password::Password;
use sessions::token::NewToken;
use sessions::{Scopes, Secret, store};

const CAST: &[(&str, &str)] = &[("olga", access::SYSTEM), ("boris", "operator"), ("carla", access::FALLBACK)];

fn code<T: std::fmt::Debug>(result: Result<T>) -> (ErrorKind, &'static str) {
    let error = result.unwrap_err();
    (error.kind(), error.fields().first().map_or(error.code(), |field| field.code))
}

async fn reset_link(desk: &Desk, of: Someone) -> Secret {
    let (link, now) = (secret(), desk.sessions.clock.now());
    let digest = link.digest();
    let act = Act::system(now, Cause::Page, Arc::new(SystemEntropy));
    desk.write(move |tx| offer(tx, &act, of.account, digest)).await.unwrap();
    link
}

fn wanted(scopes: &[&str], days: i64, desk: &Desk) -> NewToken {
    NewToken {
        name: "Monitoring".to_owned(),
        scopes: Scopes::parse(scopes.iter().copied()).unwrap(),
        expires_at: desk.sessions.clock.now().plus(days * Time::DAY),
    }
}

fn setup_form() -> set_up::SetUp {
    set_up::SetUp {
        organisation: "Ría Industries".into(),
        name: "Olga Petrova".into(),
        email: "olga@ria.example".into(),
        password: Password::typed(PASSWORD),
        lang: kernel::Lang::Ru,
        time_zone: "Europe/Madrid".into(),
        team: "Service desk".into(),
        ip: [192, 0, 2, 7].into(),
        user_agent: String::new(),
    }
}

testkit::both! {
    template: template();

    fn every_statement_fits_the_database(db: TestDb) {
        let ours = |problem: &String| problem.contains("directory/sessions");
        let problems: Vec<String> = db::prepare_all(&db.db()).unwrap().into_iter().filter(ours).collect();
        assert!(problems.is_empty(), "{problems:#?}");
        assert!(db::registered().filter(|statement| statement.place.contains("directory/sessions")).count() > 25);
    }

    async fn an_empty_desk_is_set_up_once(db: TestDb) {
        let desk = Desk::new(db.db());
        let offered = |desk: &Desk| {
            let db = desk.db.clone();
            tokio::task::spawn_blocking(move || set_up::offer(&db, &SystemEntropy, NOW).unwrap())
        };
        let first = offered(&desk).await.unwrap().unwrap();
        let second = offered(&desk).await.unwrap().unwrap();
        assert!(set_up::look_at(&desk.sessions, first.digest()).await.is_err(), "the newer link replaces the older");
        assert_eq!(code(set_up::set_up(&desk.sessions, secret().digest(), setup_form()).await), (ErrorKind::Malformed, "error-setup-link"));
        let weak = set_up::SetUp { password: Password::typed("RíaIndustries1"), time_zone: "Mars/Base".into(), name: " ".into(), ..setup_form() };
        let error = set_up::set_up(&desk.sessions, second.digest(), weak).await.unwrap_err();
        let fields: Vec<&str> = error.fields().iter().map(|field| &*field.field).collect();
        assert_eq!(fields, ["name", "time_zone", "password"], "all at once");
        let address = set_up::SetUp { email: "olga".into(), ..setup_form() };
        assert_eq!(set_up::set_up(&desk.sessions, second.digest(), address).await.unwrap_err().fields()[0].field, "email");

        let begun = set_up::set_up(&desk.sessions, second.digest(), setup_form()).await.unwrap();
        let olga = desk.who(&begun).await.unwrap();
        assert!(olga.actor.is_staff() && olga.actor.may(access::Verb::SystemRun, party::SHARED));
        assert_eq!((olga.actor.lang, olga.actor.time_zone.as_str()), (kernel::Lang::Ru, "Europe/Madrid"));
        assert_eq!(olga.actor.who.teams.len(), 1);
        let (person, team) = (olga.actor.person.unwrap(), olga.actor.who.teams[0]);
        assert_eq!(desk.log_of("organisation", olga.actor.tenant.raw()).await, ["organisation.created"]);
        assert_eq!(desk.log_of("person", person.raw()).await, ["person.created", "person.role_granted"]);
        assert_eq!(desk.log_of("team", team.raw()).await, ["team.created", "team.member_added"]);
        assert_eq!(code(set_up::set_up(&desk.sessions, second.digest(), setup_form()).await), (ErrorKind::Malformed, "error-setup-link"));
        assert!(offered(&desk).await.unwrap().is_none() && !desk.sessions.is_empty().await.unwrap());
    }

    async fn every_wrong_log_in_gets_one_answer_after_one_comparison(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        let [olga, boris, carla] = cast[..] else { unreachable!() };
        let disable = move |tx: &mut db::Tx<'_>| {
            let version = account::get(tx, boris.account)?.version;
            account::set_active(tx, boris.account, version, false, NOW)
        };
        desk.write(disable).await.unwrap();
        desk.write(move |tx| account::set_password(tx, carla.account, None, NOW)).await.unwrap();
        for (name, password) in [("olga", "a wrong password"), ("nobody", PASSWORD), ("boris", PASSWORD), ("carla", PASSWORD), ("carla", "")] {
            let before = desk.sessions.hasher.compared();
            let error = desk.try_in(&login(name), password).await.unwrap_err();
            assert_eq!((error.kind(), error.code(), error.fields().len()), (ErrorKind::Invalid, "error-login-failed", 0), "{name}");
            assert_eq!(desk.sessions.hasher.compared() - before, 1, "{name} costs one comparison like everybody");
        }
        // Nothing was written while somebody waited; a minute later one event says how many.
        assert!(desk.log(olga.account).await.is_empty());
        desk.sessions.write_seen().await.unwrap();
        assert_eq!(desk.log(olga.account).await, ["account.failed"]);
        assert_eq!(desk.read(move |rd| account::get(rd, olga.account)).await.failed_count, 1);
        desk.enter("olga").await;
        assert_eq!(desk.read(move |rd| account::get(rd, olga.account)).await.failed_count, 0);
        assert_eq!(desk.log(olga.account).await.last().unwrap(), "account.signed_in");
    }

    async fn a_flood_of_wrong_passwords_keeps_nobody_else_out(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let known = desk.enter("olga").await;
        let mut hashed = desk.sessions.hasher.compared();
        for _ in 0..1_000 {
            let _ = desk.try_in(&login("olga"), "a wrong password").await;
        }
        hashed = desk.sessions.hasher.compared() - hashed;
        assert!(hashed <= 10, "most are refused before anything is computed: {hashed}");
        assert_eq!(code(desk.try_in(&login("olga"), PASSWORD).await), (ErrorKind::TooMany, "error-login-wait"));
        desk.enter("boris").await;
        let own_browser = sessions::actions::log_in::LogIn { browser: Some(known.browser), ..form(&login("olga"), PASSWORD) };
        log_in(&desk.sessions, own_browser).await.unwrap();
        let elsewhere = sessions::actions::log_in::LogIn { ip: [198, 51, 100, 7].into(), ..form(&login("olga"), PASSWORD) };
        log_in(&desk.sessions, elsewhere).await.unwrap();
        desk.clock.advance(10 * Time::SECOND);
        desk.enter("olga").await;
    }

    async fn a_log_in_begins_a_new_session_and_ends_the_one_before(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let first = desk.enter("olga").await;
        let again = sessions::actions::log_in::LogIn { before: Some(first.secret.clone()), ..form(" OLGA@Ria.example", PASSWORD) };
        let second = log_in(&desk.sessions, again).await.unwrap();
        assert!(desk.who(&first).await.is_none(), "a planted session would be the attacker's");
        assert!(desk.who(&second).await.is_some());
        log_out(&desk.sessions, second.secret.digest()).await.unwrap();
        assert!(desk.who(&second).await.is_none(), "the cookie opens nothing any more");
        log_out(&desk.sessions, second.secret.digest()).await.unwrap();
        assert_eq!(desk.log(first.account).await, ["account.signed_in", "account.signed_in", "account.signed_out"]);
    }

    async fn sessions_end_unused_and_in_any_case(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let (used, unused) = (desk.enter("olga").await, desk.enter("olga").await);
        for _ in 0..14 {
            desk.clock.advance(11 * Time::HOUR);
            assert!(desk.who(&used).await.is_some());
            desk.sessions.write_seen().await.unwrap();
        }
        assert!(desk.who(&unused).await.is_none(), "twelve hours without use");
        desk.clock.advance(11 * Time::HOUR);
        assert!(desk.who(&used).await.is_some(), "165 hours");
        desk.sessions.write_seen().await.unwrap();
        desk.clock.advance(3 * Time::HOUR + 1);
        assert!(desk.who(&used).await.is_none(), "seven days are the end");
        desk.sessions.forget_ended().await.unwrap();
        let left = desk.read(|rd| store::session::of_account(rd, kernel::Id::new(1), Time(0))).await;
        assert!(left.is_empty(), "{left:?}");
    }

    async fn who_is_shut_out_is_out_everywhere_and_stays_out(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        for by_person in [false, true] {
            let someone = cast[0];
            let begun = desk.enter("olga").await;
            let own = desk.who(&begun).await.unwrap();
            let token = create_token(&desk.sessions, &own, wanted(&["read"], 30, &desk), None).await.unwrap();
            let link = reset_link(&desk, someone).await;
            let switch = move |on: bool| {
                move |tx: &mut db::Tx<'_>| {
                    if by_person {
                        let version = person::get(tx, someone.person)?.version;
                        return person::set_active(tx, someone.person, version, on, NOW);
                    }
                    let version = account::get(tx, someone.account)?.version;
                    account::set_active(tx, someone.account, version, on, NOW)
                }
            };
            assert!(desk.bearer(&token.text).await.is_some());
            desk.write(switch(false)).await.unwrap();
            assert!(desk.who(&begun).await.is_none() && desk.bearer(&token.text).await.is_none(), "at once");
            assert_eq!(code(desk.try_in(&login("olga"), PASSWORD).await), (ErrorKind::Invalid, "error-login-failed"));
            desk.write(switch(true)).await.unwrap();
            assert!(desk.who(&begun).await.is_none() && desk.bearer(&token.text).await.is_none(), "and for good");
            assert!(look_at(&desk.sessions, link.digest()).await.is_err());
            desk.enter("olga").await;
        }
    }

    async fn a_reset_link_works_once_and_for_half_an_hour(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        let begun = desk.enter("boris").await;
        let new = || Password::typed("seven blue lamps");
        let (older, link) = (reset_link(&desk, cast[1]).await, reset_link(&desk, cast[1]).await);
        assert!(look_at(&desk.sessions, older.digest()).await.is_err(), "the newer one replaces it");
        look_at(&desk.sessions, link.digest()).await.unwrap();
        let own_name = reset_password(&desk.sessions, link.digest(), Password::typed("boris@ria.example"), false);
        assert_eq!(code(own_name.await), (ErrorKind::Invalid, "error-password-own"));
        desk.enter("boris").await;
        reset_password(&desk.sessions, link.digest(), new(), false).await.unwrap();
        assert!(desk.who(&begun).await.is_none(), "every session has ended");
        assert_eq!(code(desk.try_in(&login("boris"), PASSWORD).await), (ErrorKind::Invalid, "error-login-failed"));
        desk.try_in(&login("boris"), "seven blue lamps").await.unwrap();
        assert_eq!(code(reset_password(&desk.sessions, link.digest(), new(), false).await), (ErrorKind::Malformed, "error-reset-link"));

        let late = reset_link(&desk, cast[1]).await;
        desk.clock.advance(30 * Time::MINUTE);
        assert_eq!(code(reset_password(&desk.sessions, late.digest(), new(), false).await), (ErrorKind::Malformed, "error-reset-link"));
        desk.sessions.forget_ended().await.unwrap();
        let log = desk.log(cast[1].account).await;
        assert_eq!(log.iter().filter(|kind| *kind == "account.password_set").count(), 1);
    }

    async fn of_two_who_use_one_link_one_wins(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        let link = reset_link(&desk, cast[2]).await.digest();
        let attempt = |words: &'static str| {
            let sessions = std::sync::Arc::clone(&desk.sessions);
            tokio::spawn(async move { reset_password(&sessions, link, Password::typed(words), false).await })
        };
        let (a, b) = (attempt("first green door"), attempt("second green door"));
        let won = [a.await.unwrap().is_ok(), b.await.unwrap().is_ok()];
        assert_eq!(won.iter().filter(|won| **won).count(), 1, "{won:?}");
    }

    async fn a_new_password_needs_the_old_one_and_ends_the_other_browsers(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let (here, there) = (desk.enter("olga").await, desk.enter("olga").await);
        let own = desk.who(&here).await.unwrap();
        let token = create_token(&desk.sessions, &own, wanted(&["read"], 30, &desk), None).await.unwrap();
        let change = |current: &str, new: &str, revoke_tokens| ChangePassword {
            current: Password::typed(current),
            new: Password::typed(new),
            ip: [192, 0, 2, 7].into(),
            revoke_tokens,
        };
        let wrong = change_password(&desk.sessions, &own, change("not this one", "seven blue lamps", false)).await.unwrap_err();
        assert_eq!((&*wrong.fields()[0].field, wrong.fields()[0].code), ("current", "error-password-wrong"));
        assert_eq!(code(change_password(&desk.sessions, &own, change(PASSWORD, "password1", false)).await).1, "error-password-common");
        change_password(&desk.sessions, &own, change(PASSWORD, "seven blue lamps", false)).await.unwrap();
        assert!(desk.who(&here).await.is_some() && desk.who(&there).await.is_none());
        assert!(desk.bearer(&token.text).await.is_some(), "programs go on unless it is asked for");
        change_password(&desk.sessions, &own, change("seven blue lamps", PASSWORD, true)).await.unwrap();
        assert!(desk.bearer(&token.text).await.is_none());
        let guesses = async {
            for _ in 0..11 {
                change_password(&desk.sessions, &own, change("a guess", "nine brown shoes", false)).await.unwrap_err();
            }
            change_password(&desk.sessions, &own, change(PASSWORD, "nine brown shoes", false)).await
        };
        assert_eq!(code(guesses.await).0, ErrorKind::TooMany, "an open desk is no place to guess at");
    }

    async fn ones_own_sessions_can_be_ended_and_no_others(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let (here, there, third) = (desk.enter("olga").await, desk.enter("olga").await, desk.enter("olga").await);
        let boris = desk.enter("boris").await;
        let own = desk.who(&here).await.unwrap();
        assert_eq!(code(end_sessions::end(&desk.sessions, &own, boris.session).await).0, ErrorKind::NotFound);
        end_sessions::end(&desk.sessions, &own, there.session).await.unwrap();
        assert!(desk.who(&there).await.is_none() && desk.who(&third).await.is_some());
        assert_eq!(end_sessions::end_others(&desk.sessions, &own).await.unwrap(), 1);
        assert!(desk.who(&third).await.is_none() && desk.who(&here).await.is_some() && desk.who(&boris).await.is_some());
    }

    async fn a_token_does_what_its_scopes_say_until_it_ends(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let olga = desk.who(&desk.enter("olga").await).await.unwrap();
        let carla = desk.who(&desk.enter("carla").await).await.unwrap();
        assert_eq!(code(create_token(&desk.sessions, &carla, wanted(&["read"], 30, &desk), None).await).0, ErrorKind::Forbidden);
        let reader = create_token(&desk.sessions, &olga, wanted(&["read"], 30, &desk), None).await.unwrap();
        let by = desk.bearer(&reader.text).await.unwrap();
        let may = |own: &sessions::Own, verb| own.actor.may(verb, own.actor.tenant);
        assert!(may(&by, access::Verb::TicketSee) && !may(&by, access::Verb::TicketReply) && may(&olga, access::Verb::TicketReply));
        assert_eq!(code(create_token(&desk.sessions, &by, wanted(&["read"], 1, &desk), None).await).0, ErrorKind::Forbidden);
        assert_eq!(code(end_sessions::end_others(&desk.sessions, &by).await).1, "error-session-only");
        desk.clock.advance(2 * Time::MINUTE);
        desk.bearer(&reader.text).await.unwrap();
        desk.sessions.write_seen().await.unwrap();
        let account = olga.account;
        let listed = desk.read(move |rd| store::token::of_account(rd, account, NOW)).await;
        assert_eq!(listed[0].last_used_at, Some(NOW.plus(2 * Time::MINUTE)));
        desk.clock.advance(30 * Time::DAY);
        assert!(desk.bearer(&reader.text).await.is_none());
    }

    async fn a_token_makes_no_stronger_and_no_longer_one(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let olga = desk.who(&desk.enter("olga").await).await.unwrap();
        let maker = create_token(&desk.sessions, &olga, wanted(&["token:write", "ticket:read"], 30, &desk), None).await.unwrap();
        let by = desk.bearer(&maker.text).await.unwrap();
        for (scopes, days) in [(&["write"][..], 30), (&["ticket:write"], 30), (&["ticket:read"], 31)] {
            assert_eq!(code(create_token(&desk.sessions, &by, wanted(scopes, days, &desk), None).await).1, "error-token-exceeds", "{scopes:?}");
        }
        let child = create_token(&desk.sessions, &by, wanted(&["ticket:read"], 29, &desk), None).await.unwrap();
        assert!(desk.bearer(&child.text).await.is_some());
        revoke_token(&desk.sessions, &by, child.id).await.unwrap();
        assert!(desk.bearer(&child.text).await.is_none());
        assert_eq!(code(revoke_token(&desk.sessions, &by, child.id).await).0, ErrorKind::NotFound);
        let log = desk.log(olga.account).await;
        assert_eq!(log.iter().filter(|kind| kind.starts_with("account.token")).count(), 3);
    }

    async fn a_request_key_makes_one_token(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let olga = desk.who(&desk.enter("olga").await).await.unwrap();
        let key = || Some(events::RequestKey { actor: 1, action: "token.create", key: "k".into(), digest: "d".into() });
        create_token(&desk.sessions, &olga, wanted(&["read"], 30, &desk), key()).await.unwrap();
        assert_eq!(code(create_token(&desk.sessions, &olga, wanted(&["read"], 30, &desk), key()).await).1, "error-token-shown");
        let account = olga.account;
        assert_eq!(desk.read(move |rd| store::token::of_account(rd, account, NOW)).await.len(), 1);
    }

    async fn language_and_zone_follow_the_person(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        let own = desk.who(&desk.enter("carla").await).await.unwrap();
        let save = |lang, zone: Option<&str>| save_profile(&desk.sessions, &own, Profile { lang: Some(lang), time_zone: Some(zone.map(str::to_owned)) });
        save(Some(kernel::Lang::Es), Some("America/Bogota")).await.unwrap();
        assert_eq!(code(save(None, Some("Nowhere")).await).1, "error-time-zone");
        let actor = desk.who(&desk.enter("carla").await).await.unwrap().actor;
        assert_eq!((actor.lang, actor.time_zone.as_str()), (kernel::Lang::Es, "America/Bogota"));
        let carla = cast[2].person;
        let version = desk.read(move |rd| person::get(rd, carla)).await.version;
        save(Some(kernel::Lang::Es), Some("America/Bogota")).await.unwrap();
        assert_eq!(desk.read(move |rd| person::get(rd, carla)).await.version, version, "nothing changed, nothing written");
        assert_eq!(desk.log_of("person", carla.raw()).await, ["person.changed"]);
    }
}

/// T4-01: on a nearly full disk people still sign in and out and change a password that is known to
/// others; what only takes room is refused.
#[tokio::test]
async fn a_nearly_full_disk_lets_people_in_and_out() {
    let low = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&low);
    let db = testkit::TestDb::with(testkit::Dialect::Sqlite, &template(), |options| {
        options.reserve = db::Reserve::default();
        options.free_space = Some(Arc::new(move |_: &Path| {
            let free = if seen.load(Ordering::SeqCst) { 100 << 20 } else { 50 << 30 };
            Some(db::Space { free, total: 100 << 30 })
        }));
    });
    let (desk, someones) = Desk::with((*db).clone(), CAST).await;
    low.store(true, Ordering::SeqCst);
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let refused = desk.write(|tx| db::Tx::exec(tx, db::sql!("DELETE FROM session"), &[])).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Storage);

    let begun = desk.enter("olga").await;
    let own = desk.who(&begun).await.unwrap();
    let other = desk.enter("olga").await;
    let all = end_sessions::end_others(&desk.sessions, &own).await;
    assert!(all.is_ok() && desk.who(&other).await.is_none() && desk.who(&begun).await.is_some());
    log_out(&desk.sessions, begun.secret.digest()).await.unwrap();
    assert!(desk.who(&begun).await.is_none());
    let database = desk.db.clone();
    let offered = tokio::task::spawn_blocking(move || set_up::offer(&database, &SystemEntropy, NOW)).await.unwrap();
    assert!(offered.unwrap().is_none(), "each start asks whether to offer the set-up, and must get through");
    assert_eq!(someones.len(), CAST.len());
}
