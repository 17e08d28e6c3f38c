//! Every fixed statement of every crate can be prepared on both databases, with the types that the
//! code reads.

testkit::both! {
    template: end_to_end::template();

    fn every_statement_fits_both_databases(db: TestDb) {
        let count = db::registered().count();
        assert!(count > 150, "only {count} statements are registered");
        let faults = db::prepare_all(&db).unwrap();
        assert!(faults.is_empty(), "{faults:#?}");
    }
}
