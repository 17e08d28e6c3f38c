//! The databases of the tests themselves: apart from each other, migrated, gone afterwards.
#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

use db::{Dialect, params, sql};
use testkit::{Cluster, Durability, Template, TestDb};

fn template() -> Template {
    Template::of(db::MIGRATIONS)
}

testkit::both! {
    template: template();

    fn two_databases_do_not_see_each_other(first: TestDb) {
        let second = TestDb::new(first.dialect(), &template());
        first.write_wait("set", |tx| tx.exec(sql!("INSERT INTO installation (name, value) VALUES ($1, $2)"), &params!["mine", "1"])).unwrap();
        let seen = |db: &TestDb| {
            db.read_wait("get", |rd| rd.first(sql!(String, "SELECT value FROM installation WHERE name = $1"), &params!["mine"])).unwrap()
        };
        assert_eq!(seen(&first).as_deref(), Some("1"));
        assert_eq!(seen(&second), None);
        assert_eq!(seen(&first.reopen()).as_deref(), Some("1"), "a restart keeps what was written");
    }

    async fn a_template_is_migrated(db: TestDb) {
        let pending = tokio::task::spawn_blocking({ let db = db.db(); move || db.pending(db::MIGRATIONS) }).await.unwrap().unwrap();
        assert!(!pending.fresh && pending.ids.is_empty());
    }
}

#[test]
fn a_seed_is_in_every_copy() {
    fn seed(db: &db::Db) {
        db.write_wait("seed", |tx| tx.exec(sql!("INSERT INTO installation (name, value) VALUES ('seed', 'yes')"), &[])).unwrap();
    }
    testkit::each(&template().seeded("1", seed), |db| {
        let found = db.read_wait("seed", |rd| rd.one(sql!(i64, "SELECT count(*) FROM installation WHERE name = 'seed'"), &[])).unwrap();
        assert_eq!(found, 1);
    });
}

#[test]
fn a_database_goes_with_its_test() {
    let db = TestDb::new(Dialect::Postgres, &template());
    let name = db.place().postgres_name().unwrap().to_owned();
    let count = || testkit::shared_cluster().ask("postgres", &format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'"));
    assert_eq!(count(), 1);
    drop(db);
    assert_eq!(count(), 0);
}

#[test]
fn a_private_server_can_be_crashed_and_ends_with_its_owner() {
    let cluster = Cluster::private(Durability::Full);
    assert_eq!(cluster.ask("postgres", "SELECT count(*) FROM pg_settings WHERE name = 'fsync' AND setting = 'on'"), 1);
    let port = cluster.port();
    cluster.crash();
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    cluster.revive();
    assert_eq!(cluster.ask("postgres", "SELECT 1::bigint"), 1);
    drop(cluster);
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}
