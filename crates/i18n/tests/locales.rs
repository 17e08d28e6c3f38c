//! The message files of the repository, and proof that the rules see each kind of mistake.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;

use i18n::{Arg, T, check};
use kernel::{Error, Lang};

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn every_language_says_everything() {
    let problems = check::parity(&repository().join("locales"));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_key_that_is_asked_for_exists() {
    let root = repository();
    assert!(check::used(&root.join("crates")).len() > 5, "the scanner finds the keys of the sources");
    let problems = check::missing(&root.join("locales"), &root.join("crates"));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Writes the files into a made-up repository and returns what the rules say of it.
fn verdict(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    check::problems(folder.path())
}

/// Each mistake alone is found, and its words name it.
fn refused(en: &str, es: &str, ru: &str, word: &str) {
    let said = verdict(&[("locales/en/a.ftl", en), ("locales/es/a.ftl", es), ("locales/ru/a.ftl", ru)]);
    assert!(said.len() == 1 && said[0].contains(word), "{word}: {said:?}");
}

#[test]
fn mistakes_in_message_files_are_found() {
    refused("a = A\n", "a = A\n", "", "ru: a is missing");
    refused("a = A\n", "a = A\nb = B\n", "a = A\n", "es: b is not in English");
    refused("a = { $x }\n", "a = { $x }\n", "a = { $y }\n", "ru: a takes");
    refused("a = A\na = B\n", "a = A\n", "a = A\n", "said twice");
    refused("a = A\n", "a = A\n", "a = A\nb = {\n", "ru/a.ftl");
    refused("a = { NUMBER($x) }\n", "a = A\n", "a = A\n", "variables and selects only");
    let plural = |branches: &[&str]| {
        let branches: String = branches.iter().map(|b| format!("\n    [{b}] {{ $n }}")).collect();
        format!("a = {{ $n_plural ->{branches}\n   *[other] {{ $n }}\n }}\n")
    };
    let (en, es, ru) = (plural(&["one"]), plural(&["one", "many"]), plural(&["one", "few", "many"]));
    refused(&en, &es, &plural(&["one", "many"]), "[few]");
    refused(&en, &plural(&["one"]), &ru, "[many]");
    refused(&plural(&["one", "few"]), &es, &ru, "[few]");
    refused(&en.replace("_plural", ""), &es, &ru, "_plural twin");
    refused(&en.replace("n_plural", "n").replace("one", "0"), &es, &ru, "selects by a number");
    assert!(verdict(&[("locales/en/a.ftl", &en), ("locales/es/a.ftl", &es), ("locales/ru/a.ftl", &ru)]).is_empty());
}

#[test]
fn keys_that_nothing_says_are_found_where_they_are_used() {
    let said = verdict(&[
        ("locales/en/a.ftl", "known = Known\n"),
        ("locales/es/a.ftl", "known = C\n"),
        ("locales/ru/a.ftl", "known = И\n"),
        (
            "crates/x/src/lib.rs",
            "fn f() {\n    t.msg(\"known\"); t.with(\"lost-one\", &[]); ticket.count(\"other\"); x().with(\"other\", 1);\n}\n// msg(\"comment\")\n#[cfg(test)]\nmod t { msg(\"in-test\") }\n",
        ),
        ("crates/x/src/codes.rs", "const C: &str = \"error-lost\"; let e = Event::X => \"event-lost\";\n"),
        ("crates/x/templates/p.html", "<p>{{ t.count(\"lost-two\", n) }}</p>{{ t.msg(\"known\") }}\n"),
        ("crates/x/tests/t.rs", "t.msg(\"in-tests-folder\");\n"),
    ]);
    let mut lost: Vec<&str> = said.iter().map(|s| s.split(' ').nth(1).unwrap()).collect();
    lost.sort_unstable();
    assert_eq!(lost, ["error-lost", "event-lost", "lost-one", "lost-two"], "{said:?}");
}

#[test]
fn numbers_and_plurals_follow_cldr() {
    let shown = |n| Lang::ALL.map(|lang| T::utc(lang).number(n));
    assert_eq!(shown(1_234), ["1,234", "1234", "1\u{a0}234"]);
    assert_eq!(shown(-12_345), ["-12,345", "-12.345", "-12\u{a0}345"]);
    assert_eq!(Lang::ALL.map(|lang| T::utc(lang).decimal(12_345, 1)), ["1,234.5", "1234,5", "1\u{a0}234,5"]);
    let results = |lang, n| T::utc(lang).count("count-results", n);
    assert_eq!([0, 1, 2].map(|n| results(Lang::En, n)), ["0 results", "1 result", "2 results"]);
    assert_eq!([1, 2, 1_000_000].map(|n| results(Lang::Es, n)), ["1 resultado", "2 resultados", "1.000.000 de resultados"]);
    assert_eq!(
        [1, 3, 5, 11, 21, 22].map(|n| results(Lang::Ru, n)),
        ["1 результат", "3 результата", "5 результатов", "11 результатов", "21 результат", "22 результата"]
    );
}

#[test]
fn errors_speak_the_readers_language() {
    let error = Error::invalid("subject", "error-too-long").field_arg("max", 21);
    let ru = T::utc(Lang::Ru);
    assert_eq!(ru.error(&error), "Проверьте отмеченные поля: остальное сохранено на странице");
    assert_eq!(ru.field_error(&error.fields()[0]), "Не длиннее 21 знака");
    let large = Error::new(kernel::ErrorKind::TooLarge, "error-too-large").arg("limit_bytes", 25_000_000);
    assert_eq!(ru.error(&large), "Размер больше предела: 25 МБ");
    assert_eq!(T::utc(Lang::En).field_error(&error.fields()[0]), "At most 21 characters");
}

#[test]
fn a_missing_key_shows_itself_and_is_remembered() {
    assert_eq!(T::utc(Lang::Ru).msg("no-such-key"), "no-such-key");
    assert!(i18n::faults().iter().any(|fault| fault.contains("no-such-key")));
    assert_eq!(T::utc(Lang::Es).with("time-ago", &[("length", Arg::Length(3_600_000_000))]), "hace 1 h");
}
