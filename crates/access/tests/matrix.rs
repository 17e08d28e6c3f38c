//! The delivered roles as a matrix: a change of rights shows in a review.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail loudly")]

use std::fmt::Write as _;
use std::path::PathBuf;

use access::{Object, Reach, delivered};
use kernel::Lang;

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("role-matrix.md")
}

fn matrix() -> String {
    let roles = delivered().unwrap();
    let mut out = String::from(
        "# Roles and verbs as delivered\n\nMade from `data/roles.toml`; renew it with `cargo test -p access --test matrix -- --ignored`.\n\
         A cell is the reach: own, team, organisation, all; empty is none.\n",
    );
    for object in Object::ALL {
        let keys: Vec<&str> = roles.iter().map(|(key, _)| key.as_str()).collect();
        let _ = write!(out, "\n| {} | {} |\n|---|{}\n", object.key(), keys.join(" | "), "---|".repeat(keys.len()));
        for verb in object.verbs() {
            let cells: Vec<&str> =
                roles.iter().map(|(_, role)| if role.reach(*verb) == Reach::None { "" } else { role.reach(*verb).key() }).collect();
            let _ = writeln!(out, "| {} | {} |", verb.key(), cells.join(" | "));
        }
        let hidden: Vec<String> = roles.iter().map(|(_, role)| role.hidden(*object).collect::<Vec<_>>().join(", ")).collect();
        if hidden.iter().any(|h| !h.is_empty()) {
            let _ = writeln!(out, "| *hidden fields* | {} |", hidden.join(" | "));
        }
    }
    out
}

#[test]
fn the_matrix_is_the_committed_one() {
    let committed = std::fs::read_to_string(file()).unwrap_or_default();
    assert!(
        committed == matrix(),
        "the rights of the delivered roles changed; look at the difference after: cargo test -p access --test matrix -- --ignored"
    );
}

#[test]
#[ignore = "writes role-matrix.md"]
fn renew_the_matrix() {
    std::fs::write(file(), matrix()).unwrap();
}

#[test]
fn every_role_has_its_name_in_every_language() {
    for (key, role) in delivered().unwrap() {
        for lang in Lang::ALL {
            assert!(role.names.get(&lang).is_some_and(|n| !n.is_empty()), "{key} in {lang}");
        }
    }
}

#[test]
fn seeing_internal_notes_goes_no_further_than_seeing_the_ticket() {
    for (key, role) in delivered().unwrap() {
        let see = role.reach(access::Verb::TicketSee);
        assert!(role.reach(access::Verb::TicketSeeInternal) <= see, "{key}");
    }
}
