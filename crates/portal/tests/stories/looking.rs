//! Every page with a day's content, in each language and theme: well made, and written below the
//! target folder, where `node web/shoot.mjs requester-` takes pictures of it.

use kernel::{Lang, TicketId, Time};
use testkit::TestDb;
use ticket::MessageKind;
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::post::{Post, post};

use crate::rig::{Field, File, World, template};

/// What every page keeps: one heading of the first level, no style or script inside the markup, ids
/// once, labels for every field, icons that exist, no key in place of words.
fn check(name: &str, html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "{name}: one h1");
    for bad in [" style=", "<style", " onclick", "hx-on", "/assets/\""] {
        assert!(!html.contains(bad), "{name}: {bad}");
    }
    let sprite = ui::find(ui::asset("icons.svg").trim_start_matches("/assets/"), "").unwrap();
    let sprite = String::from_utf8(sprite.body.into_owned()).unwrap();
    for icon in html.split("icons.").skip(1).filter_map(|part| part.split_once('#')?.1.split('"').next()) {
        assert!(sprite.contains(&format!("id=\"{icon}\"")), "{name}: icon {icon} is not in web/icons.txt");
    }
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|p| p.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{name}: an id stands twice");
    let named = [" for=\"", "aria-labelledby=\"", "aria-describedby=\""];
    for label in named.iter().flat_map(|start| html.split(start).skip(1)).filter_map(|p| p.split('"').next()) {
        assert!(label.split(' ').all(|id| ids.binary_search(&id).is_ok()), "{name}: {label} names nothing");
    }
    for text in html.split('>').filter_map(|part| part.split('<').next()) {
        assert!(!text.trim().starts_with("portal-") && !text.trim().starts_with("error-"), "{name}: {text} is no word");
    }
}

async fn desk_does(w: &World, id: TicketId, patch: Patch, words: Option<&'static str>) {
    w.clock.advance(7 * Time::MINUTE);
    w.act(w.ana, move |tx, frame| match words {
        Some(words) => post(tx, frame, id, &Post { with: patch.clone(), ..Post::new(MessageKind::Reply, words) }).map(|_| ()),
        None => change(tx, frame, id, Base::Latest, &patch).map(|_| ()),
    })
    .await;
}

fn to(state: &str) -> Patch {
    Patch { state: Some(state.into()), ..Patch::default() }
}

/// A day of Úrsula: one request waits for her, one is solved, others are under way.
async fn day(w: &World) -> [TicketId; 4] {
    let closed = w.requested(w.ursula, "question", "How do I print on both sides?\n\nThe printer is the one on the third floor.").await;
    desk_does(w, closed, Patch { assignee: Some(Some(w.ana)), ..Patch::default() }, Some("Choose *Duplex* in the print dialogue.")).await;
    let solve = |state: &str, report: &str| Patch {
        resolution_code: Some(Some("fixed".into())),
        resolution_report: Some(report.into()),
        ..to(state)
    };
    desk_does(w, closed, solve("answered", "Explained the print dialogue"), None).await;
    w.post(w.ursula, &format!("/requests/{closed}/reply"), &[("client_id", "c"), ("body", "Thank you"), ("then", "confirm")]).await;
    w.clock.advance(3 * Time::HOUR);
    let solved = w.requested(w.ursula, "incident", "Projector in room 4.12 shows green stripes").await;
    desk_does(w, solved, Patch { assignee: Some(Some(w.ana)), ..Patch::default() }, None).await;
    desk_does(
        w,
        solved,
        solve("solved", "The cable was loose. We put in a **new one** and tested it with a laptop."),
        Some("The picture is fine now. Would you look?"),
    )
    .await;
    let key = w.page(w.ursula, "/new").await.hidden("client_id");
    let service = w.vpn.to_string();
    let what = "VPN drops every ten minutes\n\nSince the update on **Monday**. What I tried:\n\n- another network\n- a restart\n\nThe message is `tunnel closed (code 809)`.";
    let parts = [
        Field("client_id", &key),
        Field("what", what),
        Field("kind", "incident"),
        Field("service", &service),
        File("vpn-client.log", b"809 809 809"),
        File("screenshot-2026-01-01.png", b"png"),
    ];
    let sent = w.send(w.ursula, "/new", &parts).await;
    let waiting = crate::rig::number_in(sent.location());
    desk_does(w, waiting, Patch { assignee: Some(Some(w.ana)), ..Patch::default() }, None).await;
    desk_does(
        w,
        waiting,
        to("waiting"),
        Some("Hello Úrsula, thank you for the log.\n\nWhich floor are you on, and does it happen by cable, too?"),
    )
    .await;
    let fresh = w
        .requested(w.ursula, "request", "I need a second monitor for the new desk, the one with the adjustable arm if there is one left")
        .await;
    w.post(w.ursula, &format!("/requests/{fresh}/people"), &[("person", "Marta Sanz")]).await;
    w.clock.advance(25 * Time::MINUTE);
    [waiting, solved, fresh, closed]
}

#[tokio::test]
async fn every_page_is_well_made_in_each_language_and_theme() {
    // The first test after a change of the migrations makes the template, which waits for a database.
    let db = tokio::task::spawn_blocking(|| TestDb::new(testkit::Dialect::Sqlite, &template())).await.unwrap();
    let w = World::new(db).await;
    let [waiting, solved, fresh, closed] = day(&w).await;
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("specimen");
    std::fs::create_dir_all(&folder).unwrap();
    let pages = [
        ("home", w.ursula, "/".to_owned()),
        ("first", w.marta, "/".to_owned()),
        ("new", w.ursula, "/new?text=VPN+drops".to_owned()),
        ("list", w.ursula, "/requests".to_owned()),
        ("team", w.olga, "/requests?tab=team".to_owned()),
        ("nothing", w.ursula, "/requests?q=zebra".to_owned()),
        ("waiting", w.ursula, format!("/requests/{waiting}")),
        ("solved", w.ursula, format!("/requests/{solved}")),
        ("fresh", w.ursula, format!("/requests/{fresh}?new=1")),
        ("closed", w.ursula, format!("/requests/{closed}")),
        ("staff", w.ana, format!("/requests/{waiting}")),
    ];
    for lang in Lang::ALL {
        for theme in ["light", "dark"] {
            for (name, who, path) in &pages {
                let page = w.page_with(*who, &format!("lang-{lang}.theme-{theme}"), path).await;
                assert_eq!(page.status, 200, "{path}");
                check(name, &page.body);
                std::fs::write(folder.join(format!("requester-{name}-{lang}-{theme}.html")), &page.body).unwrap();
            }
        }
    }
    let refused =
        w.send(w.ursula, "/new", &[Field("client_id", "r"), Field("what", ""), Field("person", "Marta"), File("plan.png", b"x")]).await;
    let person = w
        .send(
            w.ursula,
            "/new",
            &[
                Field("client_id", "r"),
                Field("what", "A badge"),
                Field("kind", "request"),
                Field("person", "Marta"),
                File("plan.png", b"x"),
            ],
        )
        .await;
    let silent = w.post(w.ursula, &format!("/requests/{solved}/reply"), &[("client_id", "s"), ("body", ""), ("then", "reopen")]).await;
    for (name, answer) in [("refused", refused), ("person", person), ("silent", silent)] {
        assert_eq!(answer.status, 422);
        check(name, &answer.body);
        std::fs::write(folder.join(format!("requester-{name}-en-light.html")), &answer.body).unwrap();
    }
}
