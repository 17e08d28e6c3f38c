//! The stores, told with one cast, on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail loudly")]

use db::Db;
use kernel::{ErrorKind, Id, OrganisationId, PageRequest, PersonId, Result, TeamId, Time};
use party::store::{account, address, location, membership, organisation, person, service, team};
use party::{
    AddressKind, LocationData, NewAddress, NewMembership, OrganisationData, OrganisationKind, PasswordHash, PersonData, SHARED,
    ServiceData, TeamData, TeamRole, Tenants, Wanted, Within,
};

const NOW: Time = Time(1_767_225_600_000_000);

/// Two companies: ours with a workshop and an office, and a customer.
#[derive(Clone, Copy)]
struct Cast {
    ours: OrganisationId,
    office: OrganisationId,
    workshop: OrganisationId,
    customer: OrganisationId,
    ana: PersonId,
    boris: PersonId,
    carla: PersonId,
    desk: TeamId,
}

fn write<T: Send + 'static>(db: &Db, f: impl Fn(&mut db::Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
    db.write_wait("test", f)
}
fn read<T: Send + 'static>(db: &Db, f: impl FnOnce(&mut db::Rd<'_>) -> Result<T> + Send + 'static) -> T {
    db.read_wait("test", f).unwrap()
}

fn cast(db: &Db) -> Cast {
    write(db, |tx| {
        let ours = organisation::insert(tx, None, &OrganisationData::named("Ría Industries", OrganisationKind::Internal), NOW)?;
        let office = organisation::insert(tx, Some(ours), &OrganisationData::named("Office", OrganisationKind::Internal), NOW)?;
        let workshop = organisation::insert(tx, Some(ours), &OrganisationData::named("Workshop", OrganisationKind::Internal), NOW)?;
        let customer = organisation::insert(tx, None, &OrganisationData::named("Ribera Foods", OrganisationKind::Customer), NOW)?;
        let ana = person::insert(tx, ours, &PersonData { title: "Analyst".into(), vip: true, ..PersonData::named("Ana Núñez") }, NOW)?;
        let boris = person::insert(tx, ours, &PersonData::named("Борис Ёлкин"), NOW)?;
        let carla = person::insert(tx, customer, &PersonData::named("Carla Anaya"), NOW)?;
        address::put(tx, ana, &NewAddress::main(AddressKind::Email, "Ana.Nunez@ria.example"), NOW)?;
        address::put(tx, ana, &NewAddress::main(AddressKind::Mobile, "+34 600 123 456"), NOW)?;
        membership::put(tx, ana, &NewMembership::main(office, Time(0)), NOW)?;
        membership::put(tx, boris, &NewMembership::main(workshop, Time(0)), NOW)?;
        membership::put(tx, carla, &NewMembership::main(customer, Time(0)), NOW)?;
        let desk = team::insert(tx, SHARED, "service-desk", &TeamData::named("Service desk", 1), NOW)?;
        team::put_member(tx, desk, boris, TeamRole::Lead)?;
        Ok(Cast { ours, office, workshop, customer, ana, boris, carla, desk })
    })
    .unwrap()
}

fn in_tenant(tenant: OrganisationId) -> Within {
    Within::tenants(Tenants::one(tenant))
}

fn found(db: &Db, within: Within, text: &'static str) -> Vec<PersonId> {
    read(db, move |rd| Ok(person::search(rd, &within, text, 10)?.into_iter().map(|p| p.id).collect()))
}

testkit::both! {
    template: testkit::Template::of(db::MIGRATIONS).and(party::MIGRATIONS);

    fn a_person_is_found_by_name_address_and_the_end_of_a_number(db: TestDb) {
        let c = cast(&db);
        for text in ["nunez", "NÚÑ an", "ana.nunez@ria", "3456", "600 123 456", "+34600123456"] {
            assert_eq!(found(&db, in_tenant(c.ours), text), [c.ana], "{text}");
        }
        assert_eq!(found(&db, in_tenant(c.ours), "елки"), [c.boris]);
        assert_eq!(found(&db, in_tenant(c.ours), "ana boris"), []);
        assert_eq!(found(&db, in_tenant(c.ours), " "), []);
        assert_eq!(found(&db, Within::tenants(Tenants::All), "ana"), [c.ana, c.carla]);
        assert_eq!(found(&db, in_tenant(c.customer), "ana"), [c.carla]);
        assert_eq!(found(&db, Within::tenants(Tenants::Some(vec![])), "ana"), []);
        let callers = move |tenants: Tenants| read(&db, move |rd| address::callers(rd, &tenants, "0034600123456"));
        assert_eq!(callers(Tenants::one(c.ours)), [c.ana]);
        assert_eq!(callers(Tenants::Some(vec![c.customer, c.ours])), [c.ana]);
        assert_eq!(callers(Tenants::All), [c.ana]);
        assert_eq!(callers(Tenants::one(c.customer)), []);
    }

    fn words_follow_every_change(db: TestDb) {
        let c = cast(&db);
        write(&db, move |tx| {
            let version = person::get(tx, c.ana)?.version;
            person::update(tx, c.ana, version, &PersonData::named("Ana Prieto"), NOW)?;
            address::remove(tx, c.ana, AddressKind::Mobile, "34600123456", NOW)
        }).unwrap();
        assert_eq!(found(&db, in_tenant(c.ours), "prieto"), [c.ana]);
        assert_eq!(found(&db, in_tenant(c.ours), "nunez ana prieto"), [c.ana], "the mail address still says nunez");
        assert_eq!(found(&db, in_tenant(c.ours), "3456"), []);
    }

    fn a_page_goes_on_where_the_last_one_ended(db: TestDb) {
        let c = cast(&db);
        let walk = move |within: Within| {
            let mut names = Vec::new();
            let mut cursor = None;
            loop {
                let request = PageRequest { limit: Some(1), cursor };
                let within = within.clone();
                let page = read(&db, move |rd| person::page(rd, &within, &person::Filter::default(), NOW, &request));
                names.extend(page.rows.iter().map(|p| p.name.clone()));
                cursor = page.next;
                if cursor.is_none() {
                    return names;
                }
            }
        };
        assert_eq!(walk(in_tenant(c.ours)), ["Ana Núñez", "Борис Ёлкин"]);
        assert_eq!(walk(Within::tenants(Tenants::Some(vec![c.customer, c.ours]))), ["Ana Núñez", "Carla Anaya", "Борис Ёлкин"]);
        assert_eq!(walk(Within::tenants(Tenants::All)), ["Ana Núñez", "Carla Anaya", "Борис Ёлкин"]);
    }

    fn a_list_shows_main_addresses_and_the_home_organisation(db: TestDb) {
        let c = cast(&db);
        let line = read(&db, move |rd| person::line(rd, c.ana));
        assert_eq!(line.email.as_deref(), Some("Ana.Nunez@ria.example"));
        assert_eq!(line.phone.as_deref(), Some("+34 600 123 456"));
        assert_eq!((line.organisation, line.organisation_name.as_deref(), line.vip), (Some(c.office), Some("Office"), true));
        let path = read(&db, move |rd| Ok(organisation::get(rd, c.workshop)?.path));
        let filter = person::Filter { organisation: Some(path), ..person::Filter::default() };
        let page = read(&db, move |rd| person::page(rd, &in_tenant(c.ours), &filter, NOW, &PageRequest::default()));
        assert_eq!(page.rows.iter().map(|p| p.id).collect::<Vec<_>>(), [c.boris]);
    }

    fn a_stale_change_is_refused_and_changes_nothing(db: TestDb) {
        let c = cast(&db);
        let stale = write(&db, move |tx| person::update(tx, c.ana, 1, &PersonData::named("Somebody else"), NOW)).unwrap_err();
        assert_eq!(stale.kind(), ErrorKind::Stale);
        assert_eq!(read(&db, move |rd| person::get(rd, c.ana)).name, "Ana Núñez");
        let stale = write(&db, move |tx| team::update(tx, c.desk, 9, &TeamData::named("X", 1), NOW)).unwrap_err();
        assert_eq!(stale.kind(), ErrorKind::Stale);
    }

    fn persons_merge_by_redirect_and_can_be_parted(db: TestDb) {
        let c = cast(&db);
        let twin = write(&db, move |tx| {
            let twin = person::insert(tx, c.ours, &PersonData::named("A. Gómez"), NOW)?;
            address::put(tx, twin, &NewAddress::main(AddressKind::Email, "a.gomez@ria.example"), NOW)?;
            let version = person::get(tx, twin)?.version;
            person::merge(tx, twin, version, c.ana, NOW)?;
            Ok(twin)
        }).unwrap();
        assert_eq!(found(&db, in_tenant(c.ours), "gomez"), [c.ana], "found by what the twin had");
        assert_eq!(read(&db, move |rd| person::resolve(rd, twin)).id, c.ana);
        assert_eq!(read(&db, move |rd| person::merged_into(rd, c.ana)), [twin]);
        assert_eq!(read(&db, move |rd| address::owners(rd, c.ours, AddressKind::Email, "A.GOMEZ@ria.example")), [c.ana]);
        let page = read(&db, move |rd| person::page(rd, &in_tenant(c.ours), &person::Filter::default(), NOW, &PageRequest::default()));
        assert!(page.rows.iter().all(|p| p.id != twin));

        for (from, into, code) in [(c.ana, c.ana, "error-merge-self"), (c.ana, c.carla, "error-merge-tenant"), (c.ana, twin, "error-merge-done")] {
            let refused = write(&db, move |tx| { let v = person::get(tx, from)?.version; person::merge(tx, from, v, into, NOW) }).unwrap_err();
            assert_eq!(refused.fields()[0].code, code);
        }

        write(&db, move |tx| { let v = person::get(tx, twin)?.version; person::unmerge(tx, twin, v, NOW) }).unwrap();
        assert_eq!(found(&db, in_tenant(c.ours), "gomez"), [twin]);
        assert_eq!(read(&db, move |rd| person::resolve(rd, twin)).id, twin);
    }

    fn two_may_share_an_address_until_one_proves_it(db: TestDb) {
        let c = cast(&db);
        let shared = |verified_at| NewAddress { kind: AddressKind::Email, value: "info@ria.example".into(), verified_at, main: false };
        write(&db, move |tx| {
            address::put(tx, c.ana, &shared(None), NOW)?;
            address::put(tx, c.boris, &shared(Some(NOW)), NOW)
        }).unwrap();
        assert_eq!(read(&db, move |rd| address::owners(rd, c.ours, AddressKind::Email, "info@ria.example")), [c.boris, c.ana]);
        let refused = write(&db, move |tx| address::put(tx, c.ana, &shared(Some(NOW)), NOW)).unwrap_err();
        assert!(db::is_unique(&refused), "{refused}");
        write(&db, move |tx| address::put(tx, c.carla, &shared(Some(NOW)), NOW)).expect("another tenant has its own");
        for wrong in ["", "no-at", "a@b@c", "a b@c", "@x"] {
            let new = NewAddress::main(AddressKind::Email, wrong);
            assert!(write(&db, move |tx| address::put(tx, c.ana, &new, NOW)).is_err(), "{wrong}");
        }
    }

    fn a_new_main_address_takes_the_place_of_the_old(db: TestDb) {
        let c = cast(&db);
        write(&db, move |tx| {
            address::put(tx, c.ana, &NewAddress::main(AddressKind::Email, "new@ria.example"), NOW)?;
            address::put(tx, c.ana, &NewAddress::main(AddressKind::Email, "NEW@ria.example"), NOW)
        }).unwrap();
        let mains: Vec<String> = read(&db, move |rd| Ok(address::of_person(rd, c.ana)?.into_iter().filter(|a| a.main && a.kind == AddressKind::Email).map(|a| a.value).collect()));
        assert_eq!(mains, ["NEW@ria.example"]);
    }

    fn an_organisation_moves_with_all_below_it(db: TestDb) {
        let c = cast(&db);
        let (paint, before) = write(&db, move |tx| {
            let paint = organisation::insert(tx, Some(c.workshop), &OrganisationData::named("Paint shop", OrganisationKind::Internal), NOW)?;
            let version = organisation::get(tx, c.workshop)?.version;
            organisation::move_below(tx, c.workshop, version, c.office, NOW)?;
            Ok((paint, version))
        }).unwrap();
        let path = read(&db, move |rd| Ok(organisation::get(rd, paint)?.path));
        assert_eq!(path, format!("/{}/{}/{}/{}/", c.ours, c.office, c.workshop, paint));
        let below = read(&db, move |rd| { let o = organisation::get(rd, c.office)?; organisation::subtree(rd, &o.path, 10) });
        assert_eq!(below, [c.office, c.workshop, paint]);
        let codes = [(c.workshop, before + 1, paint, "error-tree-cycle"), (c.workshop, before + 1, c.customer, "error-tree-tenant"), (c.ours, 1, c.office, "error-tree-root")];
        for (id, version, parent, code) in codes {
            let refused = write(&db, move |tx| organisation::move_below(tx, id, version, parent, NOW)).unwrap_err();
            assert_eq!(refused.fields()[0].code, code);
        }
    }

    fn mail_domains_lead_to_organisations(db: TestDb) {
        let c = cast(&db);
        write(&db, move |tx| organisation::set_domains(tx, c.customer, &["@Ribera.example".into(), "ribera-foods.example".into()], NOW)).unwrap();
        assert_eq!(read(&db, move |rd| organisation::by_mail(rd, "x@SHOP.ribera.example")), [(c.customer, c.customer)]);
        assert_eq!(read(&db, move |rd| organisation::by_mail(rd, "x@notribera.example")), []);
        let by_domain = read(&db, move |rd| organisation::search(rd, &Within::tenants(Tenants::All), "ribera-f", 5));
        assert_eq!(by_domain.iter().map(|o| o.id).collect::<Vec<_>>(), [c.customer]);
        let version = |db: &Db| read(db, move |rd| organisation::get(rd, c.customer)).version;
        let before = version(&db);
        write(&db, move |tx| organisation::set_domains(tx, c.customer, &["ribera-foods.example".into(), "@ribera.example".into()], NOW)).unwrap();
        assert_eq!(version(&db), before, "the same in another order");
        write(&db, move |tx| organisation::set_domains(tx, c.customer, &["ribera.example".into()], NOW)).unwrap();
        assert_eq!(version(&db), before + 1, "others: who follows versions sees it");
        for wrong in ["localhost", "a..b", "-a.b", "a b.c"] {
            assert!(write(&db, move |tx| organisation::set_domains(tx, c.customer, &[wrong.into()], NOW)).is_err(), "{wrong}");
        }
        let taken = write(&db, move |tx| {
            let child = organisation::insert(tx, Some(c.customer), &OrganisationData::named("Shop", OrganisationKind::Customer), NOW)?;
            organisation::set_domains(tx, child, &["ribera.example".into()], NOW)
        });
        assert!(db::is_unique(&taken.unwrap_err()));
    }

    fn teams_services_and_locations_are_kept_and_found(db: TestDb) {
        let c = cast(&db);
        let (mail, hall) = write(&db, move |tx| {
            let it = service::insert(tx, c.ours, None, "it", &ServiceData::live("IT"), NOW)?;
            let mail = service::insert(tx, c.ours, Some(it), "it.mail", &ServiceData { team: Some(c.desk), ..ServiceData::live("Mail") }, NOW)?;
            let site = location::insert(tx, c.ours, None, &LocationData { time_zone: Some("Europe/Madrid".into()), ..LocationData::named("Vigo") }, NOW)?;
            let hall = location::insert(tx, c.ours, Some(site), &LocationData::named("Hall 2"), NOW)?;
            location::move_below(tx, hall, 1, None, NOW)?;
            service::move_below(tx, mail, 1, None, NOW)?;
            service::move_below(tx, mail, 2, Some(it), NOW)?;
            Ok((mail, hall))
        }).unwrap();
        read(&db, move |rd| {
            assert_eq!(service::by_key(rd, c.ours, "it.mail")?.map(|s| s.id), Some(mail));
            let roots = service::children(rd, c.ours, None, 9)?;
            assert_eq!(service::children(rd, c.ours, Some(roots[0].id), 9)?[0].id, mail);
            assert_eq!(service::subtree(rd, &roots[0], 9)?.len(), 2);
            assert_eq!(service::search(rd, &in_tenant(c.ours), "ma", 9)?[0].id, mail);
            assert_eq!(service::page(rd, &in_tenant(c.ours), Some(party::ServiceState::Retired), &PageRequest::default())?.rows.len(), 0);
            assert_eq!(location::children(rd, c.ours, None, 9)?.len(), 2);
            assert_eq!(location::search(rd, &in_tenant(c.ours), "hal 2", 9)?[0].id, hall);
            assert_eq!(location::page(rd, &in_tenant(c.customer), &PageRequest::default())?.rows.len(), 0);
            let both = Within::tenants(Tenants::one(c.customer).with_shared());
            assert_eq!(team::page(rd, &both, &PageRequest::default())?.rows[0].id, c.desk);
            assert_eq!(team::search(rd, &both, "desk", 9)?.len(), 1);
            assert_eq!(team::page(rd, &in_tenant(c.customer), &PageRequest::default())?.rows.len(), 0);
            assert_eq!(team::by_key(rd, c.customer, "service-desk")?.map(|t| t.id), Some(c.desk));
            assert_eq!(team::members(rd, c.desk)?[0].role, TeamRole::Lead);
            assert_eq!(team::of_person(rd, c.boris)?[0].id, c.desk);
            Ok(())
        });
        let duplicate = write(&db, move |tx| team::insert(tx, SHARED, "service-desk", &TeamData::named("Again", 1), NOW)).unwrap_err();
        assert!(db::is_unique(&duplicate));
        assert!(write(&db, move |tx| team::insert(tx, SHARED, "Bad Key", &TeamData::named("Bad", 1), NOW)).is_err());
        write(&db, move |tx| team::remove_member(tx, c.desk, c.boris)).unwrap();
        assert_eq!(read(&db, move |rd| team::members(rd, c.desk)).len(), 0);
    }

    fn memberships_have_a_beginning_and_an_end(db: TestDb) {
        let c = cast(&db);
        write(&db, move |tx| {
            membership::put(tx, c.ana, &NewMembership { role_title: "Acting head".into(), ..NewMembership::main(c.workshop, NOW) }, NOW)?;
            membership::end(tx, c.ana, c.office, NOW, NOW)
        }).unwrap();
        assert_eq!(read(&db, move |rd| person::main_organisation(rd, c.ana, NOW)), Some(c.workshop));
        let all = read(&db, move |rd| membership::of_person(rd, c.ana));
        assert_eq!(all.iter().map(|m| (m.organisation, m.main, m.to_at)).collect::<Vec<_>>(), [(c.workshop, true, Time::NEVER), (c.office, false, NOW)]);
        let now = read(&db, move |rd| membership::members(rd, c.workshop, NOW, &PageRequest::default()));
        assert_eq!(now.rows.iter().map(|m| m.person).collect::<Vec<_>>(), [c.ana, c.boris]);
        assert_eq!(read(&db, move |rd| membership::members(rd, c.office, NOW, &PageRequest::default())).rows.len(), 0);
        let foreign = write(&db, move |tx| membership::put(tx, c.ana, &NewMembership::main(c.customer, NOW), NOW)).unwrap_err();
        assert_eq!(foreign.fields()[0].code, "error-membership-tenant");
    }

    fn a_main_organisation_is_one_while_its_membership_runs(db: TestDb) {
        let c = cast(&db);
        let (begins, ends) = (NOW.plus(Time::DAY), NOW.plus(2 * Time::DAY));
        let contract = move |tx: &mut db::Tx<'_>| {
            membership::put(tx, c.boris, &NewMembership { from_at: begins, to_at: ends, ..NewMembership::main(c.office, begins) }, NOW)
        };
        write(&db, contract).unwrap();
        let at = |moment: Time| read(&db, move |rd| person::main_organisation(rd, c.boris, moment));
        assert_eq!([at(NOW), at(begins), at(ends.plus(-1)), at(ends)], [None, Some(c.office), Some(c.office), None]);
    }

    fn accounts_count_failures_and_hide_the_hash(db: TestDb) {
        let c = cast(&db);
        let id = write(&db, move |tx| {
            let id = account::insert(tx, c.ana, "Ana.Núñez", NOW)?;
            account::set_password(tx, id, Some(&PasswordHash::new("$argon2id$secret")), NOW)?;
            account::add_identity(tx, id, "https://id.example", "s-1", NOW)?;
            assert_eq!(account::failed(tx, id, 1)?, 1);
            assert_eq!(account::failed(tx, id, 1)?, 2);
            Ok(id)
        }).unwrap();
        let account = read(&db, move |rd| account::by_login(rd, "ana.nunez")).expect("found by the folded login");
        assert_eq!((account.id, account.failed_count), (id, 2));
        assert!(!format!("{account:?}").contains("secret"));
        assert_eq!(read(&db, move |rd| account::by_identity(rd, "https://id.example", "s-1")), Some(id));
        write(&db, move |tx| account::signed_in(tx, id, NOW)).unwrap();
        let account = read(&db, move |rd| account::of_person(rd, c.ana)).unwrap();
        assert_eq!((account.failed_count, account.last_login_at), (0, Some(NOW)));
        write(&db, move |tx| account::set_active(tx, id, account.version, false, NOW)).unwrap();
        assert!(!read(&db, move |rd| account::get(rd, id)).active);
        assert!(db::is_unique(&write(&db, move |tx| account::insert(tx, c.boris, "ANA.NUNEZ", NOW)).unwrap_err()));
    }

    fn names_of_a_page_come_in_one_statement(db: TestDb) {
        let c = cast(&db);
        let mut wanted = Wanted::default();
        wanted.person(c.ana).person(Some(c.carla)).person(None).organisation(c.office).team(c.desk).person(PersonId::new(9_999));
        let names = read(&db, move |rd| wanted.load(rd));
        assert_eq!(names.person_name(c.ana), "Ana Núñez");
        assert!(names.person(c.ana).unwrap().vip && !names.person(c.carla).unwrap().vip);
        assert_eq!((names.organisation(c.office), names.team(c.desk), names.service(Id::new(1))), ("Office", "Service desk", ""));
        assert!(names.person(PersonId::new(9_999)).is_none());
        assert_eq!(read(&db, move |rd| Wanted::default().load(rd)).person_name(c.ana), "");
    }
}
