//! Every component on a page with sample data, in each language and theme. The pages are written
//! below the target folder, where `web/shoot.mjs` takes pictures of them.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod sample;

use askama::Template;
use kernel::Lang;
use sample::{Forms, List, Page, Portal, Ticket};
use ui::{Flash, Theme};

fn write(name: &str, html: &str) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("specimen");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
}

/// What every page must keep: one heading of the first level, no style or script inside the markup,
/// no icon that the sprite lacks, ids once, and labels for every field.
fn check(name: &str, html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "{name}: one h1");
    assert!(!html.contains(" style=") && !html.contains("<style"), "{name}: inline style");
    assert!(!html.contains("hx-on") && !html.contains(" onclick"), "{name}: inline script");
    let sprite = ui::find(ui::asset("icons.svg").trim_start_matches("/assets/"), "").unwrap();
    let sprite = String::from_utf8(sprite.body.into_owned()).unwrap();
    for part in html.split("icons.").skip(1) {
        let icon = part.split_once('#').unwrap().1.split('"').next().unwrap();
        assert!(sprite.contains(&format!("id=\"{icon}\"")), "{name}: icon {icon} is not in web/icons.txt");
    }
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).map(|p| p.split('"').next().unwrap()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{name}: an id stands twice");
    for label in html.split(" for=\"").skip(1).map(|p| p.split('"').next().unwrap()) {
        assert!(ids.binary_search(&label).is_ok(), "{name}: label for {label}");
    }
    assert!(!html.contains("/assets/\""), "{name}: an asset that the build does not have");
}

#[test]
fn every_component_on_its_page() {
    for lang in Lang::ALL {
        for theme in [Theme::Light, Theme::Dark] {
            let pages: [(&str, String); 6] = [
                ("list", List::new(lang, theme).render().unwrap()),
                ("ticket", Ticket::new(lang, theme, "reply").render().unwrap()),
                ("forms", Forms::new(lang, theme).render().unwrap()),
                ("portal", Portal::new(lang, theme).render().unwrap()),
                ("request", sample::Request::new(lang, theme).render().unwrap()),
                ("bare", Page::new(lang, theme).render().unwrap()),
            ];
            for (name, html) in pages {
                check(name, &html);
                write(&format!("{name}-{lang}-{}", theme.key()), &html);
            }
        }
    }
}

#[test]
fn a_fragment_is_the_same_block_without_the_frame() {
    let page = List::new(Lang::En, Theme::Light);
    let (whole, main) = (page.render().unwrap(), page.as_main().render().unwrap());
    assert!(whole.contains("<!doctype html>") && whole.contains(main.trim()));
    assert!(!main.contains("<html") && main.contains("id=\"rows\""));
}

#[test]
fn what_people_wrote_is_escaped_and_isolated() {
    let mut page = Forms::new(Lang::En, Theme::System);
    page.chrome.flash = Some(Flash { kind: "ok", text: "<script>1</script>".into(), undo: Some("/undo".into()) });
    page.errors.push("title", "\"><img src=x>");
    let html = page.render().unwrap();
    assert!(!html.contains("<script>1") && !html.contains("<img src=x>"));
}

#[test]
fn the_frame_speaks_three_languages() {
    let titles = Lang::ALL.map(|lang| {
        let html = Portal::new(lang, Theme::System).render().unwrap();
        assert!(html.contains(&format!("<html lang=\"{lang}\"")));
        html.split("class=\"skip\" href=\"#main\">").nth(1).unwrap_or("").split('<').next().unwrap().to_owned()
    });
    assert_eq!(titles.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "{titles:?}");
}
