//! Actors as they come out of the database, told with one cast, on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail loudly")]

use std::collections::BTreeSet;

use access::{
    Actor, Below, Clause, Object, OrganisationFacts, PersonFacts, Place, Reach, Role, SYSTEM, TicketFacts, TokenScope, Verb, delivered,
    load_account, load_actor, seed, store,
};
use db::{Db, Rd, Tx, params, sql};
use kernel::{Error, ErrorKind, Lang, OrganisationId, PageRequest, PersonId, Result, TeamId, Time, TokenId};
use party::store::{account, location, membership, organisation, person, team};
use party::{LocationData, NewMembership, OrganisationData, OrganisationKind, PersonData, SHARED, TeamData, TeamRole, Tenants};

const NOW: Time = Time(1_767_225_600_000_000);

/// Our company with an office, a customer, an agent in a team, and people who ask.
#[derive(Clone, Copy)]
struct Cast {
    ours: OrganisationId,
    office: OrganisationId,
    customer: OrganisationId,
    /// First line, in the team of the operator.
    olga: PersonId,
    /// Asks, at the office.
    ana: PersonId,
    /// Asks, at the customer.
    carla: PersonId,
    desk: TeamId,
}

fn write<T: Send + 'static>(db: &Db, f: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
    db.write_wait("test", f)
}
fn read<T: Send + 'static>(db: &Db, f: impl FnOnce(&mut Rd<'_>) -> Result<T> + Send + 'static) -> T {
    db.read_wait("test", f).unwrap()
}
fn actor(db: &Db, person: PersonId) -> Actor {
    read(db, move |rd| load_actor(rd, person, NOW))
}
fn give(db: &Db, person: PersonId, role: &'static str, tenant: OrganisationId) {
    write(db, move |tx| store::grant::put(tx, &Actor::system(), person, role, tenant, NOW)).unwrap();
}

fn cast(db: &Db) -> Cast {
    write(db, |tx| {
        seed(tx, NOW)?;
        let ours = organisation::insert(
            tx,
            None,
            &OrganisationData {
                time_zone: Some("Europe/Madrid".into()),
                lang: Some(Lang::Es),
                ..OrganisationData::named("Ours", OrganisationKind::Internal)
            },
            NOW,
        )?;
        let office = organisation::insert(tx, Some(ours), &OrganisationData::named("Office", OrganisationKind::Internal), NOW)?;
        let customer = organisation::insert(tx, None, &OrganisationData::named("Customer", OrganisationKind::Customer), NOW)?;
        let olga = person::insert(tx, ours, &PersonData::named("Olga"), NOW)?;
        let ana = person::insert(tx, ours, &PersonData::named("Ana"), NOW)?;
        let carla = person::insert(tx, customer, &PersonData::named("Carla"), NOW)?;
        membership::put(tx, ana, &NewMembership::main(office, Time(0)), NOW)?;
        membership::put(tx, olga, &NewMembership::main(ours, Time(0)), NOW)?;
        membership::put(tx, carla, &NewMembership::main(customer, Time(0)), NOW)?;
        let desk = team::insert(tx, SHARED, "desk", &TeamData::named("Desk", 1), NOW)?;
        team::put_member(tx, desk, olga, TeamRole::Member)?;
        Ok(Cast { ours, office, customer, olga, ana, carla, desk })
    })
    .unwrap()
}

fn put_role(tx: &mut Tx<'_>, actor: &Actor, tenant: OrganisationId, key: &str, expected: i64, role: &Role, active: bool) -> Result<i64> {
    store::role::put(tx, actor, tenant, store::role::Edit { key, expected, role, active }, NOW)
}
fn forbidden<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    let error: Error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    error.code()
}

testkit::both! {
    template: testkit::Template::of(db::MIGRATIONS).and(party::MIGRATIONS).and(access::MIGRATIONS);

    fn whoever_holds_no_role_is_a_user_at_home_and_nothing_elsewhere(db: TestDb) {
        let c = cast(&db);
        let ana = actor(&db, c.ana);
        assert_eq!(ana.grants.iter().map(|g| (g.key.as_str(), g.tenant)).collect::<Vec<_>>(), [("user", c.ours)]);
        assert_eq!(ana.reach(Verb::TicketSee, c.ours), Reach::Own);
        assert_eq!(ana.reach(Verb::TicketSee, c.customer), Reach::None);
        assert_eq!(ana.reach(Verb::TicketSee, SHARED), Reach::None);
        let mine = TicketFacts { requester: Some(c.ana), ..TicketFacts::of(c.ours) };
        let see = ana.tickets(Verb::TicketSee);
        assert!(see.sees(&mine));
        assert!(!see.sees(&TicketFacts { requester: Some(c.ana), ..TicketFacts::of(c.customer) }), "named in a tenant where nothing is granted");
        assert!(!see.sees(&TicketFacts::of(c.ours)));
        assert!(!ana.tickets(Verb::TicketSeeInternal).sees(&mine));
        assert!(!ana.is_staff());

        give(&db, c.ana, "observer", c.ours);
        let ana = actor(&db, c.ana);
        assert_eq!(ana.grants.iter().map(|g| g.key.as_str()).collect::<Vec<_>>(), ["observer"], "the fallback gives way");
    }

    /// The organisation's language and clock are a person's own only while they belong to it.
    fn language_and_clock_are_those_of_a_running_membership(db: TestDb) {
        let c = cast(&db);
        write(&db, move |tx| {
            let abroad = OrganisationData { lang: Some(Lang::Ru), time_zone: Some("Asia/Yekaterinburg".into()), ..OrganisationData::named("Abroad", OrganisationKind::Internal) };
            let abroad = organisation::insert(tx, Some(c.ours), &abroad, NOW)?;
            let contract = NewMembership { to_at: NOW.plus(1), ..NewMembership::main(abroad, NOW) };
            membership::put(tx, c.ana, &contract, NOW)
        }).unwrap();
        let at = |now: Time| {
            let ana = read(&db, move |rd| load_actor(rd, c.ana, now));
            (ana.lang, ana.time_zone)
        };
        assert_eq!(at(NOW), (Lang::Ru, "Asia/Yekaterinburg".to_owned()));
        assert_eq!(at(NOW.plus(1)), (Lang::Es, "Europe/Madrid".to_owned()));
    }

    fn an_operator_of_one_tenant_sees_nothing_of_another(db: TestDb) {
        let c = cast(&db);
        give(&db, c.olga, "operator", c.ours);
        let olga = actor(&db, c.olga);
        assert_eq!(olga.who.teams, [c.desk]);
        assert!(olga.tickets(Verb::TicketSee).sees(&TicketFacts::of(c.ours)));
        assert!(!olga.tickets(Verb::TicketSee).sees(&TicketFacts { team: Some(c.desk), ..TicketFacts::of(c.customer) }));
        read(&db, move |rd| {
            let persons = olga.persons(Verb::PersonSee);
            assert_eq!(persons.get(rd, c.ana)?.name, "Ana");
            let hidden = persons.get(rd, c.carla).unwrap_err();
            let missing = persons.get(rd, PersonId::new(999)).unwrap_err();
            assert_eq!((hidden.kind(), hidden.code()), (missing.kind(), missing.code()), "what may not be seen looks as if it were not there");
            let page = person::page(rd, &persons.within(), &person::Filter::default(), NOW, &PageRequest::default())?;
            assert_eq!(page.rows.iter().map(|p| p.id).collect::<Vec<_>>(), [c.ana, c.olga]);
            assert_eq!(person::search(rd, &persons.within(), "car", 9)?.len(), 0);
            assert_eq!(organisation::page(rd, &olga.organisations(Verb::OrganisationSee).within(), &organisation::Filter::default(), &PageRequest::default())?.rows.len(), 2);
            assert!(olga.organisations(Verb::OrganisationSee).get(rd, c.customer).is_err());
            assert_eq!(team::page(rd, &olga.teams(Verb::TeamSee).within(), &PageRequest::default())?.rows.len(), 1, "the operator's team is shared");
            assert!(olga.teams(Verb::TeamEdit).get(rd, c.desk).is_err(), "and not for a tenant to change");
            Ok(())
        });
        give(&db, c.olga, "operator", SHARED);
        assert_eq!(actor(&db, c.olga).tenants(Verb::TicketSee), Tenants::All);
    }

    fn a_user_sees_colleagues_of_the_organisation_and_below(db: TestDb) {
        let c = cast(&db);
        let (ana, olga) = (actor(&db, c.ana), actor(&db, c.olga));
        assert_eq!(olga.who.below, Below::Ids(BTreeSet::from([c.ours, c.office])));
        read(&db, move |rd| {
            assert!(olga.persons(Verb::PersonSee).get(rd, c.ana).is_ok(), "the office stands below hers");
            assert!(ana.persons(Verb::PersonSee).get(rd, c.olga).is_err());
            assert!(ana.persons(Verb::PersonSee).get(rd, c.ana).is_ok());
            let office = Place { id: c.office, path: organisation::get(rd, c.office)?.path };
            assert!(olga.persons(Verb::PersonSee).sees(&PersonFacts { id: c.ana, tenant: c.ours, organisations: vec![office.clone()], teams: vec![] }));
            assert!(ana.organisations(Verb::OrganisationSee).sees(&OrganisationFacts { tenant: c.ours, place: office }));
            Ok(())
        });
    }

    fn many_organisations_are_asked_by_path(db: TestDb) {
        let c = cast(&db);
        write(&db, move |tx| {
            for number in 0..200 {
                organisation::insert(tx, Some(c.customer), &OrganisationData::named(format!("Shop {number}"), OrganisationKind::Customer), NOW)?;
            }
            Ok(())
        }).unwrap();
        give(&db, c.carla, "customer", c.customer);
        let carla = actor(&db, c.carla);
        assert_eq!(carla.who.below, Below::Paths);
        let page = read(&db, move |rd| organisation::page(rd, &carla.organisations(Verb::OrganisationSee).within(), &organisation::Filter::default(), &PageRequest { limit: Some(200), cursor: None }));
        assert_eq!((page.rows.len(), page.next.is_some()), (200, true));
    }

    fn nobody_gives_away_more_than_they_have(db: TestDb) {
        let c = cast(&db);
        give(&db, c.olga, "manager", c.ours);
        let olga = actor(&db, c.olga);
        let put = |person, role: &'static str, tenant| { let olga = olga.clone(); write(&db, move |tx| store::grant::put(tx, &olga, person, role, tenant, NOW)) };
        put(c.ana, "operator", c.ours).unwrap();
        assert_eq!(forbidden(put(c.ana, SYSTEM, c.ours)), "error-role-exceeds");
        assert_eq!(forbidden(put(c.ana, "operator", c.customer)), "error-forbidden");
        assert_eq!(forbidden(put(c.ana, "operator", SHARED)), "error-forbidden");
        assert_eq!(put(c.ana, "no_such_role", c.ours).unwrap_err().kind(), ErrorKind::NotFound);
        let ana = actor(&db, c.ana);
        assert_eq!(forbidden(write(&db, move |tx| store::grant::put(tx, &ana, c.ana, "manager", c.ours, NOW))), "error-forbidden");
        let held = read(&db, move |rd| store::grant::of_person(rd, c.ana));
        assert_eq!(held.iter().map(|g| (g.role.as_str(), g.granted_by)).collect::<Vec<_>>(), [("operator", c.olga.raw())]);
        assert_eq!(read(&db, move |rd| store::grant::holders(rd, c.ours, "operator", &PageRequest::default())).rows[0].person, c.ana);
    }

    fn nobody_lays_hands_on_somebody_with_more_rights(db: TestDb) {
        let c = cast(&db);
        give(&db, c.olga, "manager", c.ours);
        let olga = actor(&db, c.olga);
        let guard = |person| { let olga = olga.clone(); db.read_wait("guard", move |rd| store::grant::require_not_above(rd, &olga, person)) };
        guard(c.ana).expect("a user at home");
        guard(c.olga).expect("oneself");
        assert_eq!(forbidden(guard(c.carla)), "error-role-exceeds", "at home in a tenant where Olga is nobody");
        give(&db, c.ana, "operator", c.ours);
        guard(c.ana).expect("less than a manager");
        give(&db, c.ana, "operator", c.customer);
        assert_eq!(forbidden(guard(c.ana)), "error-role-exceeds");
        let system = Actor::system();
        db.read_wait("guard", move |rd| store::grant::require_not_above(rd, &system, c.ana)).unwrap();
    }

    fn the_last_administrator_who_can_sign_in_stays(db: TestDb) {
        let c = cast(&db);
        give(&db, c.olga, SYSTEM, SHARED);
        give(&db, c.ana, SYSTEM, SHARED);
        write(&db, move |tx| account::insert(tx, c.olga, "olga", NOW)).unwrap();
        let take = |person| write(&db, move |tx| store::grant::remove(tx, &Actor::system(), person, SYSTEM, SHARED));
        take(c.ana).expect("Ana has no account and does not count");
        assert_eq!(take(c.olga).unwrap_err().code(), "error-role-last");
        assert_eq!(take(c.ana).unwrap_err().kind(), ErrorKind::NotFound);
        let scope = actor(&db, c.olga).tickets(Verb::TicketDelete);
        assert_eq!((scope.tenants(), scope.is_everything()), (Tenants::All, false), "what is confidential is not the administrator's");
    }

    fn a_changed_role_keeps_its_versions_and_no_upgrade_touches_it(db: TestDb) {
        let c = cast(&db);
        let before = read(&db, move |rd| store::role::get(rd, c.ours, "observer"));
        assert_eq!((before.version, before.delivered, before.tenant), (1, true, SHARED));
        let mut role = before.role.clone();
        role.set(Verb::TicketNote, Reach::Organisation).unwrap();
        let changed = role.clone();
        write(&db, move |tx| put_role(tx, &Actor::system(), SHARED, "observer", 1, &changed, true)).unwrap();
        write(&db, |tx| seed(tx, NOW)).unwrap();
        let after = read(&db, move |rd| store::role::get(rd, c.ours, "observer"));
        assert_eq!((after.version, after.delivered), (2, false));
        assert_eq!(after.role, role);
        let history = read(&db, |rd| store::role::history(rd, SHARED, "observer"));
        assert_eq!(history.iter().map(|v| v.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(history[1].role, before.role);
        let again = write(&db, move |tx| put_role(tx, &Actor::system(), SHARED, "observer", 1, &role, true)).unwrap_err();
        assert_eq!(again.kind(), ErrorKind::Conflict);
    }

    fn an_upgrade_renews_a_delivered_role_that_nobody_changed(db: TestDb) {
        cast(&db);
        // As an older program would have left it.
        write(&db, |tx| tx.exec(sql!("UPDATE role SET body = $1 WHERE key = 'cio'"), &params![r#"{"names":{"en":"Old"},"verbs":{}}"#])).unwrap();
        write(&db, |tx| { seed(tx, NOW)?; seed(tx, NOW) }).unwrap();
        let cio = read(&db, |rd| store::role::get(rd, SHARED, "cio"));
        assert_eq!((cio.version, cio.delivered), (2, true));
        assert_eq!(cio.role.reach(Verb::TicketSee), Reach::All);
        assert_eq!(read(&db, |rd| store::role::list(rd, SHARED)).len(), delivered().unwrap().len());
    }

    fn the_administrators_role_is_fixed_and_no_editor_rises_above_themselves(db: TestDb) {
        let c = cast(&db);
        let admin = read(&db, |rd| store::role::get(rd, SHARED, SYSTEM)).role;
        assert!(Verb::ALL.iter().all(|v| admin.reach(*v) == Reach::All));
        let copy = admin.clone();
        let refused = write(&db, move |tx| put_role(tx, &Actor::system(), SHARED, SYSTEM, 1, &copy, true)).unwrap_err();
        assert_eq!(refused.code(), "error-role-system");

        // A tenant's editor of roles, who is no more than that and a user.
        write(&db, move |tx| {
            let mut role = store::role::get(tx, SHARED, "user")?.role;
            role.fallback = false;
            role.set(Verb::RoleEdit, Reach::All)?;
            put_role(tx, &Actor::system(), c.customer, "role_editor", 0, &role, true)
        }).unwrap();
        give(&db, c.carla, "role_editor", c.customer);
        let carla = actor(&db, c.carla);
        let (c1, c2) = (carla.clone(), carla);
        assert_eq!(forbidden(write(&db, move |tx| put_role(tx, &c1, c.customer, "king", 0, &admin, true))), "error-role-exceeds");
        assert_eq!(forbidden(write(&db, move |tx| { let user = store::role::get(tx, SHARED, "user")?; put_role(tx, &c2, SHARED, "user", 1, &user.role, true) })), "error-forbidden");
        assert!(write(&db, move |tx| store::grant::put(tx, &Actor::system(), c.ana, "role_editor", c.ours, NOW)).is_err(), "a tenant's own role exists there only");
    }

    fn a_role_of_a_tenant_stands_before_that_of_the_operator(db: TestDb) {
        let c = cast(&db);
        write(&db, move |tx| {
            let mut role = store::role::get(tx, SHARED, "user")?.role;
            role.set(Verb::TicketSee, Reach::Organisation)?;
            put_role(tx, &Actor::system(), c.customer, "user", 0, &role, true)
        }).unwrap();
        assert_eq!(actor(&db, c.carla).reach(Verb::TicketSee, c.customer), Reach::Organisation);
        assert_eq!(actor(&db, c.ana).reach(Verb::TicketSee, c.ours), Reach::Own);
        write(&db, move |tx| { let r = store::role::get(tx, c.customer, "user")?; put_role(tx, &Actor::system(), c.customer, "user", 1, &r.role, false) }).unwrap();
        assert!(actor(&db, c.carla).grants.is_empty(), "switched off, the operator's does not come back through it");
    }

    fn a_field_is_hidden_only_when_every_role_hides_it(db: TestDb) {
        let c = cast(&db);
        give(&db, c.carla, "customer", c.customer);
        let carla = actor(&db, c.carla);
        assert_eq!(carla.hidden(Object::Ticket), BTreeSet::from(["assignee"]));
        assert_eq!(carla.hidden(Object::Person), BTreeSet::from(["note", "vip"]));
        give(&db, c.carla, "super_user", c.customer);
        let carla = actor(&db, c.carla);
        assert_eq!(carla.hidden(Object::Ticket), BTreeSet::new());
        assert_eq!(carla.hidden(Object::Person), BTreeSet::from(["note"]));
        // In another tenant where only the strict role holds, the field stays hidden, and so in lists.
        give(&db, c.carla, "customer", c.ours);
        let carla = actor(&db, c.carla);
        assert_eq!(carla.hidden_in(Object::Ticket, c.ours), BTreeSet::from(["assignee"]));
        assert_eq!(carla.hidden_in(Object::Ticket, c.customer), BTreeSet::new());
        assert_eq!(carla.hidden(Object::Ticket), BTreeSet::from(["assignee"]));
    }

    fn a_token_only_narrows(db: TestDb) {
        let c = cast(&db);
        give(&db, c.olga, "operator", c.ours);
        let token = actor(&db, c.olga).with_token(TokenId::new(1), BTreeSet::from([TokenScope::parse("ticket:read").unwrap(), TokenScope::parse("settings:write").unwrap()]));
        let ticket = TicketFacts::of(c.ours);
        assert!(token.tickets(Verb::TicketSee).sees(&ticket));
        assert!(!token.tickets(Verb::TicketReply).sees(&ticket));
        assert!(token.tickets(Verb::TicketReply).is_nothing() && !token.may_anywhere(Verb::TicketReply));
        assert!(!token.may(Verb::SettingsEdit, c.ours), "a scope grants nothing by itself");
        assert!(token.persons(Verb::PersonSee).is_nothing());
        let why = token.explain(Verb::TicketReply, &ticket);
        assert!(why.token_refuses && !why.is_granted() && !why.reasons.is_empty());
    }

    fn the_explanation_names_role_and_clause(db: TestDb) {
        let c = cast(&db);
        give(&db, c.olga, "responsible", c.ours);
        let olga = actor(&db, c.olga);
        let ticket = TicketFacts { team: Some(c.desk), persons: vec![c.olga], ..TicketFacts::of(c.ours) };
        let why = olga.explain(Verb::TicketSee, &ticket);
        assert_eq!(why.reasons.len(), 1);
        assert_eq!((why.reasons[0].role.as_str(), why.reasons[0].tenant, why.reasons[0].reach), ("responsible", c.ours, Reach::Team));
        assert_eq!(why.reasons[0].clauses, [Clause::Involved, Clause::Team(c.desk)]);
        assert!(!olga.explain(Verb::TicketDelete, &ticket).is_granted());
        assert!(Actor::system().explain(Verb::TicketDelete, &ticket).is_granted());
    }

    fn a_merged_person_acts_as_the_one_they_are_and_brings_tickets_but_no_rights(db: TestDb) {
        let c = cast(&db);
        let (twin, login) = write(&db, move |tx| {
            let twin = person::insert(tx, c.ours, &PersonData::named("Anita"), NOW)?;
            let login = account::insert(tx, twin, "anita", NOW)?;
            store::grant::put(tx, &Actor::system(), twin, "manager", c.ours, NOW)?;
            let version = person::get(tx, twin)?.version;
            person::merge(tx, twin, version, c.ana, NOW)?;
            Ok((twin, login))
        }).unwrap();
        let ana = read(&db, move |rd| load_account(rd, login, NOW));
        assert_eq!((ana.person, ana.account), (Some(c.ana), Some(login)));
        assert_eq!(ana.who.persons, [c.ana, twin]);
        assert!(ana.tickets(Verb::TicketSee).sees(&TicketFacts { requester: Some(twin), ..TicketFacts::of(c.ours) }));
        assert!(!ana.may(Verb::RoleGrant, c.ours), "the twin was a manager; Ana is not");
    }

    fn who_is_shut_out_is_no_actor(db: TestDb) {
        let c = cast(&db);
        let login = write(&db, move |tx| account::insert(tx, c.ana, "ana", NOW)).unwrap();
        assert_eq!(read(&db, move |rd| load_account(rd, login, NOW)).name, "Ana");
        let refused = |db: &Db| db.read_wait("test", move |rd| load_actor(rd, c.ana, NOW)).is_err_and(|e| e.kind() == ErrorKind::Unauthenticated);
        write(&db, move |tx| account::set_active(tx, login, 1, false, NOW)).unwrap();
        assert!(refused(&db));
        write(&db, move |tx| account::set_active(tx, login, 2, true, NOW)).unwrap();
        assert!(!refused(&db));
        write(&db, move |tx| { let v = person::get(tx, c.ana)?.version; person::set_active(tx, c.ana, v, false, NOW) }).unwrap();
        assert!(refused(&db));
        assert_eq!(db.read_wait("test", |rd| load_actor(rd, PersonId::new(999), NOW)).unwrap_err().kind(), ErrorKind::Unauthenticated);
    }

    fn language_and_zone_come_from_the_nearest_that_says_so(db: TestDb) {
        let c = cast(&db);
        let ana = actor(&db, c.ana);
        assert_eq!((ana.lang, ana.time_zone.as_str()), (Lang::Es, "Europe/Madrid"), "from the tenant");
        assert_eq!(actor(&db, c.carla).time_zone, "UTC");
        write(&db, move |tx| {
            let vigo = location::insert(tx, c.ours, None, &LocationData { time_zone: Some("Atlantic/Canary".into()), ..LocationData::named("Tenerife") }, NOW)?;
            let version = person::get(tx, c.ana)?.version;
            person::update(tx, c.ana, version, &PersonData { location: Some(vigo), lang: Some(Lang::Ru), ..PersonData::named("Ana") }, NOW)
        }).unwrap();
        let ana = actor(&db, c.ana);
        assert_eq!((ana.lang, ana.time_zone.as_str()), (Lang::Ru, "Atlantic/Canary"));
    }
}
