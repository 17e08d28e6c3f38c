//! One row per ticket, as most desks export them, by the example in the guide.

use std::io::Write as _;

use import::{Input, Mapping, Reason, Sort};
use kernel::Time;

use crate::desk::{Desk, NOW, import_file, template};

const EXAMPLE: &str = include_str!("../../../../docs/examples/tickets.toml");
const HEADER: &str = "Ticket;Internal id;Subject;Description;Requester;Requester mail;Department;Agent;Group;Category;Impact;Status;Created;Solved;Closed;Solution;Last comment";

fn tickets() -> Vec<u8> {
    let rows = [
        HEADER,
        "101;1;No funciona la impresión;\"Primera línea\nSegunda línea\";Begoña Núñez;begona@ria.example;Producción;Iván;Soporte;printing;Alto;Cerrado;05/12/2024 09:30;05/12/2024 11:00;12/12/2024 11:00;Cambiado el tóner;Avisada por teléfono",
        "102;2;Sin correo;;Begoña Núñez;begona@ria.example;Producción;Workflow;Redes L2;printing;;Abierto;06/12/2024 08:00;;;;",
        "103;3;Otra;;Pepe;-;;;Soporte;telephony;Bajo;Nuevo;07/12/2024 08:00;;;;",
        "104;4;Mal;;Pepe;no at sign;;;Soporte;printing;Bajo;Nuevo;07/12/2024 08:00;;;;",
    ];
    let text = rows.join("\r\n");
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!lossy);
    bytes.into_owned()
}

fn tenant(desk: &Desk) {
    desk.db
        .write_wait("tenant", |tx| {
            let ours = party::store::organisation::insert(
                tx,
                None,
                &party::OrganisationData::named("Ría", party::OrganisationKind::Internal),
                NOW,
            )?;
            party::store::service::insert(tx, ours, None, "printing", &party::ServiceData::live("Impresión"), NOW)
        })
        .unwrap();
}

testkit::both! {
    template: template();

    fn a_row_becomes_a_ticket_with_its_moments(db: TestDb) {
        let desk = Desk::new(db);
        tenant(&desk);
        let report = desk.run_bytes(EXAMPLE, &tickets());
        assert_eq!((report.batch.rows_read, report.batch.rows_applied, report.batch.cases), (4, 2, 2));
        assert_eq!(report.refused, [(Reason::Unknown, 1), (Reason::Value, 1)]);
        let row = desk.rows::<(String, String, Option<String>, i64)>(
            "SELECT t.title, t.state, t.resolution_code, t.impact FROM ticket t \
             JOIN external_ref x ON x.ticket_id = t.id WHERE x.source = 'old-desk' AND x.number = '101'",
        );
        assert_eq!(row, [("No funciona la impresión".to_owned(), "closed".to_owned(), Some("fixed".to_owned()), 3)]);
        let times = desk.rows::<(Option<i64>, Option<i64>, Option<i64>)>(
            "SELECT t.resolved_at, t.closed_at, t.requester_id FROM ticket t JOIN external_ref x ON x.ticket_id = t.id WHERE x.number = '101'",
        );
        let at = |text: &str| Some(Time::from_rfc3339(text).unwrap().0);
        let (resolved, closed, requester) = times[0];
        assert_eq!((resolved, closed), (at("2024-12-05T10:00:00Z"), at("2024-12-12T10:00:00Z")), "by the clocks of Madrid");
        assert!(requester.is_some());
        assert_eq!(desk.rows::<String>("SELECT b.body FROM message_body b JOIN message m ON m.id = b.message_id WHERE m.kind = 'description'"), ["Primera línea\nSegunda línea"]);
        assert_eq!(desk.rows::<String>("SELECT b.body FROM message_body b JOIN message m ON m.id = b.message_id WHERE m.kind = 'note'"), ["Avisada por teléfono"]);
        assert_eq!(desk.rows::<String>("SELECT body FROM text_body"), ["Cambiado el tóner"]);
        assert_eq!(desk.rows::<(String, i64)>("SELECT key, line FROM team ORDER BY key"), [("redes-l2".to_owned(), 2), ("soporte".to_owned(), 1)]);
        let open: Vec<(String, i64, Option<i64>)> = desk.rows(
            "SELECT t.state, t.impact, t.assignee_id FROM ticket t JOIN external_ref x ON x.ticket_id = t.id WHERE x.number = '102'",
        );
        assert_eq!(open, [("open".to_owned(), 2, None)], "the workflow is nobody, and a missing impact is medium");
    }

    fn a_person_is_known_by_the_mail_address(db: TestDb) {
        let desk = Desk::new(db);
        tenant(&desk);
        let known = desk.db.write_wait("person", |tx| {
            let ours = party::store::organisation::tenants(tx)?[0].id;
            let id = party::store::person::insert(tx, ours, &party::PersonData::named("B. Núñez"), NOW)?;
            party::store::address::put(tx, id, &party::NewAddress::main(party::AddressKind::Email, "Begona@ria.example"), NOW)?;
            Ok(id)
        }).unwrap();
        let report = desk.run_bytes(EXAMPLE, &tickets());
        assert_eq!(report.made.iter().find(|(sort, _)| *sort == Sort::Person).map(|(_, n)| *n), Some(1), "only the agent is new");
        assert_eq!(desk.rows::<i64>("SELECT DISTINCT requester_id FROM ticket"), [known.raw()]);
        let undone = desk.undo(report.batch.id, import::Touched::Keep);
        assert_eq!(undone.removed.iter().find(|(sort, _)| *sort == Sort::Person).map(|(_, n)| *n), Some(1));
        assert_eq!(desk.rows::<String>("SELECT name FROM person"), ["B. Núñez"], "who was there before stays");
    }

    fn a_compressed_file_is_the_same_file(db: TestDb) {
        let desk = Desk::new(db);
        tenant(&desk);
        let plain = desk.file(&tickets());
        let packed = plain.with_extension("csv.gz");
        let mut writer = flate2::write::GzEncoder::new(std::fs::File::create(&packed).unwrap(), flate2::Compression::fast());
        writer.write_all(&tickets()).unwrap();
        writer.finish().unwrap();
        let report = import_file(&desk.shop, &Mapping::read("tickets.toml", EXAMPLE).unwrap(), &Input::open(&packed).unwrap()).unwrap();
        assert_eq!((report.batch.rows_applied, report.batch.rows_refused), (2, 2));
        let torn = std::fs::read(&packed).unwrap();
        std::fs::write(&packed, &torn[..torn.len() / 2]).unwrap();
        let error = import_file(&desk.shop, &Mapping::read("tickets.toml", EXAMPLE).unwrap(), &Input::open(&packed).unwrap()).unwrap_err();
        assert!(matches!(error, import::ImportError::File { .. }), "{error}");
    }

    fn bytes_of_another_encoding_are_refused_rows(db: TestDb) {
        let desk = Desk::new(db);
        tenant(&desk);
        let utf8 = EXAMPLE.replace("windows-1252", "utf-8");
        let report = desk.run_bytes(&utf8, &tickets());
        let refused: i64 = report.refused.iter().filter(|(reason, _)| *reason == Reason::Encoding).map(|(_, n)| *n).sum();
        assert_eq!((refused, report.batch.rows_read), (2, 4), "those with accents");
    }
}
