//! The rules over this repository, and proof that each of them sees the mistake it is there for.

use std::path::Path;
use std::process::Command;

use tidy::{Source, edges, locks, manifests, paths, sources, sql};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn nothing(found: impl IntoIterator<Item = String>) {
    let found: Vec<String> = found.into_iter().collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

fn all() -> Vec<Source> {
    let all = tidy::sources(root());
    assert!(all.len() > 200, "the sources are found");
    all
}

#[test]
fn dependencies_run_one_way() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(root().join("Cargo.toml"))
        .output()
        .expect("cargo runs");
    let metadata = serde_json::from_slice(&output.stdout).expect("cargo says what the crates are");
    nothing(edges::wrong(&metadata));
}

#[test]
fn sql_stands_in_stores() {
    nothing(all().iter().flat_map(sql::outside_stores));
}

#[test]
fn paths_in_documents_exist() {
    let documents = ["README.md", "ARCHITECTURE.md", "STYLE.md", "SECURITY.md"];
    let all = all();
    let (named, guide): (Vec<&Source>, Vec<&Source>) = (
        all.iter().filter(|source| documents.contains(&source.path.as_str())).collect(),
        all.iter().filter(|source| source.path.starts_with("docs/") && source.extension() == "md").collect(),
    );
    assert!(named.len() == documents.len() && !guide.is_empty(), "a document is missing");
    nothing(named.into_iter().chain(guide).flat_map(|document| paths::gone(root(), document)));
}

#[test]
fn files_have_one_job() {
    nothing(all().iter().filter_map(sources::too_long));
}

#[test]
fn nothing_is_silenced_or_put_off() {
    nothing(all().iter().flat_map(sources::forbidden));
}

#[test]
fn every_crate_says_what_it_is_and_every_dependency_why() {
    let all = all();
    nothing(all.iter().filter_map(sources::without_header).chain(all.iter().flat_map(manifests::faults)));
}

#[test]
fn banned_crates_stay_out() {
    let read = |name: &str| std::fs::read_to_string(root().join(name)).expect("the file is there");
    let policy = read("deny.toml");
    nothing(locks::banned(&policy, &read("Cargo.lock")));
    let with = |name: &str| locks::banned(&policy, &format!("[[package]]\nname = \"{name}\"\n")).len();
    assert_eq!((with("openssl-sys"), with("native-tls"), with("serde")), (1, 1, 0));
}

fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn a_wrong_edge_is_seen() {
    let package = |name: &str, folder: &str, kind: &str, used: &str| {
        let dependencies = serde_json::json!([{ "name": used, "kind": if kind.is_empty() { None } else { Some(kind) } }]);
        serde_json::json!({ "name": name, "manifest_path": format!("/x/{folder}/Cargo.toml"), "dependencies": dependencies })
    };
    let verdict = |user: (&str, &str), kind: &str, used: (&str, &str)| {
        let packages = [package(user.0, user.1, kind, used.0), package(used.0, used.1, "", "serde")];
        edges::wrong(&serde_json::json!({ "packages": packages }))
    };
    let (kernel, ticket) = (("kernel", "crates/kernel"), ("ticket", "crates/ticket"));
    let (people, change) = (("people", "crates/practice/people"), ("change", "crates/practice/change"));
    assert_eq!(verdict(kernel, "", ticket), ["kernel must not use ticket"]);
    assert_eq!(verdict(people, "", change), ["people must not use change"]);
    assert_eq!(verdict(people, "dev", change), ["people must not use change"]);
    assert_eq!(verdict(ticket, "", ("testkit", "crates/testkit")), ["ticket must not use testkit"]);
    assert_eq!(verdict(("novelty", "crates/novelty"), "", kernel), ["novelty has no place in the order of crates/tidy/src/edges.rs"]);
    assert!(verdict(ticket, "", kernel).is_empty() && verdict(ticket, "dev", ("testkit", "crates/testkit")).is_empty());
    assert!(verdict(("spoc", "crates/spoc"), "", people).is_empty() && verdict(people, "", ticket).is_empty());
}

#[test]
fn sql_in_the_wrong_place_is_seen() {
    let text = "fn f() {\n    rd.all(sql!(Row, \"SELECT 1\"));\n}\n";
    let found = |path: &str, text: &str| sql::outside_stores(&source(path, text)).len();
    assert_eq!(
        sql::outside_stores(&source("crates/ticket/src/actions/create.rs", text)),
        ["crates/ticket/src/actions/create.rs:2: SQL outside of a store"]
    );
    assert_eq!(found("crates/ticket/src/rules.rs", "let text = \"DELETE FROM ticket\";"), 1);
    for fine in
        ["crates/ticket/src/store.rs", "crates/ticket/src/store/list.rs", "crates/db/src/migrate.rs", "crates/ticket/tests/story.rs"]
    {
        assert_eq!(found(fine, text), 0, "{fine}");
    }
    assert_eq!(found("crates/ticket/src/rules.rs", "// \"SELECT 1\"\nlet a = \"SELECTED\";\n#[cfg(test)]\nmod tests { sql!(x) }"), 0);
}

#[test]
fn a_path_that_is_gone_is_seen() {
    let said = |line: &str| paths::gone(root(), &source("README.md", line)).len();
    for lost in ["`crates/kernel/src/none.rs`", "`crates/{kernel,none}/src`", "see `NONE.md` now", "`locales/none/*.ftl`"] {
        assert_eq!(said(lost), 1, "{lost}");
    }
    for fine in [
        "`crates/kernel`",
        "`crates/{kernel,db}/src/lib.rs`",
        "`locales/<lang>/`",
        "`Cargo.toml`",
        "crates/none",
        "`make test`",
        "`spoc.toml`",
    ] {
        assert_eq!(said(fine), 0, "{fine}");
    }
    assert_eq!(said("```\n`crates/none`\n```"), 0);
}

#[test]
fn long_files_and_forbidden_words_are_seen() {
    assert!(sources::too_long(&source("web/src/a.ts", &"x\n".repeat(501))).is_some());
    assert!(sources::too_long(&source("web/src/a.ts", &"x\n".repeat(500))).is_none());
    for word in [["#[al", "low(dead_code)]"], ["// TO", "DO later"], ["// FIX", "ME"], ["/wo", "rk/main"]] {
        assert_eq!(sources::forbidden(&source("crates/a/src/b.rs", &word.concat())).len(), 1, "{word:?}");
    }
    assert!(sources::without_header(&source("crates/a/src/lib.rs", "use b;\n")).is_some());
}

#[test]
fn manifests_without_reasons_or_lints_are_seen() {
    let faults = |path: &str, text: &str| manifests::faults(&source(path, text)).len();
    assert_eq!(
        faults(
            "Cargo.toml",
            "[workspace.dependencies]\nours = { path = \"x\" }\nserde = \"1\"\ntoml = \"1\" # read it\n[profile.dev]\na = 1\n"
        ),
        1
    );
    assert_eq!(faults("crates/a/Cargo.toml", "[dependencies]\nserde = \"1\"\n[lints]\nworkspace = true\n"), 1);
    assert_eq!(faults("crates/a/Cargo.toml", "[dependencies]\nserde.workspace = true\n"), 1);
    assert_eq!(faults("web/package-lock.json", "{ \"resolved\": \"x\" }"), 1);
}
