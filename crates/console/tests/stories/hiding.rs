//! Nobody learns of what they may not see: answers with and without a thousand invisible records are the
//! same, byte for byte, at the door of the API and on every page that searches.

use kernel::{PersonId, Time};
use party::store::{membership, organisation, person, service, team};
use party::{NewMembership, OrganisationData, OrganisationKind, PersonData, ServiceData, TeamData};
use testkit::Template;
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::register::{NewTicket, register};

use crate::rig::{NOW, Rig, migrations, rig};

/// Words, beginnings, errors, the other keyboard, filters, names, numbers.
const QUESTIONS: [&str; 14] = [
    "printer",
    "printer+jam",
    "pri",
    "prnter",
    "ghbynth",
    "%22paper+jam%22",
    "printer+-toner",
    "is:open+jam",
    "carla",
    "anaya",
    "srv-prn07.corp.local",
    "600123456",
    "INC-30",
    "oven",
];

/// Everything that somebody is told.
fn told(rig: &Rig, who: PersonId, ticket: &str) -> Vec<(String, u16, String, String)> {
    let mut all = Vec::new();
    let mut ask = |path: String| {
        let answer = rig.get(who, &path);
        let etag = answer.headers.get("etag").map_or("", |tag| tag.to_str().unwrap()).to_owned();
        let next =
            serde_json::from_str::<serde_json::Value>(&answer.body).ok().and_then(|body| Some(body.get("next")?.as_str()?.to_owned()));
        let outside = path.starts_with("/desk") && who == rig.cast.ursula;
        assert!(
            if outside { answer.status == 404 } else { matches!(answer.status, 200 | 303) },
            "{path}: {} {}",
            answer.status,
            answer.body
        );
        all.push((path, answer.status, etag, answer.body));
        next
    };
    for q in QUESTIONS {
        for more in ["&counts=true&limit=3", "&prefix=true", "&kind=ticket&counts=true", "&kind=person", "&limit=100"] {
            let mut next = ask(format!("/api/v1/search?q={q}{more}"));
            while let Some(cursor) = next {
                next = ask(format!("/api/v1/search?q={q}{more}&cursor={cursor}"));
            }
        }
        for path in [
            "/desk/search/suggest?q=",
            "/desk/search?all=1&q=",
            "/desk/search?kind=ticket&q=",
            "/desk/search?kind=person&q=",
            "/desk/search?sort=-created&q=",
            "/desk/new/similar?title=",
        ] {
            ask(format!("{path}{q}"));
        }
    }
    ask(format!("/api/v1/tickets/{ticket}/similar?limit=40"));
    ask(format!("/desk/tickets/{ticket}/similar"));
    all
}

/// A thousand tickets of Ribera, and its people, places and services with the same words.
fn hide(rig: &Rig) {
    let cast = rig.cast;
    let ribera = rig.now(rig.registered(cast.carla, "Oven")).tenant;
    rig.act(cast.dario, move |tx, _| {
        for n in 0..40 {
            let somebody = person::insert(tx, ribera, &PersonData::named(format!("Carla Printer {n}")), NOW)?;
            membership::put(tx, somebody, &NewMembership::main(ribera, Time(0)), NOW)?;
            organisation::insert(tx, Some(ribera), &OrganisationData::named(format!("Printer jam {n}"), OrganisationKind::Customer), NOW)?;
            team::insert(tx, ribera, &format!("printer-{n}"), &TeamData::named("Paper jam", 1), NOW)?;
            service::insert(tx, ribera, None, &format!("jam-{n}"), &ServiceData::live("Printer jam"), NOW)?;
        }
        Ok(())
    });
    for chunk in 0..25 {
        rig.act(cast.carla, move |tx, frame| {
            for n in 0..40 {
                let number = chunk * 40 + n;
                let new = NewTicket {
                    kind: "incident".into(),
                    title: format!("Printer {number} printers: paper jam, oven"),
                    description: format!("printer jam prnter принтер 600123456 srv-prn07.corp.local anaya {}", "jam ".repeat(n % 9)),
                    ..NewTicket::default()
                };
                register(tx, frame, &new)?;
            }
            Ok(())
        });
    }
}

testkit::both! {
    template: Template::of(&migrations());

    fn answers_are_the_same_with_and_without_what_is_invisible(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let mut first = None;
        for n in 0..9 {
            let id = rig.registered(cast.ursula, &format!("Printer {n}: paper jam{}", if n % 2 == 0 { ", toner is low" } else { "" }));
            first.get_or_insert(id);
            if n % 3 == 0 {
                rig.act(cast.ana, move |tx, frame| {
                    let patch = Patch {
                        state: Some("solved".into()),
                        resolution_code: Some(Some("fixed".into())),
                        resolution_report: Some("Paper jam removed from the printer".into()),
                        ..Patch::default()
                    };
                    change(tx, frame, id, Base::Latest, &patch)
                });
            }
        }
        let ticket = first.unwrap().to_string();
        let _follower = rig.follow();
        let people = [cast.ursula, cast.ana, cast.boris, cast.clara];
        let before: Vec<_> = people.iter().map(|who| told(&rig, *who, &ticket)).collect();
        assert!(before.iter().all(|answers| answers.len() > 150));
        assert!(before[1].iter().filter(|(path, ..)| path.contains("counts")).all(|(path, status, _, body)| *status != 200 || path.contains("cursor") || body.contains("\"counts\"")), "numbers are told");
        hide(&rig);
        rig.caught_up();
        let theirs = rig.get(cast.dario, "/api/v1/search?q=printer+jam&counts=true&kind=ticket");
        assert!(theirs.has("\"ticket\":1000"), "they are there for whom they are: {}", theirs.body);
        for (who, before) in people.iter().zip(before) {
            let after = told(&rig, *who, &ticket);
            assert_eq!(before.len(), after.len(), "{who}");
            for (before, after) in before.iter().zip(&after) {
                assert_eq!(before, after, "{who}");
            }
        }
    }
}
