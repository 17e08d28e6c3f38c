//! Completion at the cursor, marked `^`.

use crate::cast::table;
use query::{CandidateKind, Completion};

fn complete(marked: &str) -> Completion {
    let cursor = marked.find('^').unwrap();
    table().visible(["costs"]).complete(&marked.replace('^', ""), cursor)
}

fn inserts(marked: &str) -> Vec<String> {
    complete(marked).candidates.into_iter().map(|candidate| candidate.insert).collect()
}

#[test]
fn keys_and_flags_are_proposed_from_the_first_letter() {
    assert_eq!(inserts("is:open t^"), ["team:", "tag:", "title:"]);
    assert_eq!(inserts("-(pri^"), ["priority:"]);
    assert_eq!(inserts("op^"), ["is:open"]);
    assert_eq!(inserts("so^"), ["sort:"]);
    assert!(inserts("^").contains(&"status:".to_owned()));
    // Hidden ones never are.
    assert!(inserts("tim^").is_empty());
    assert!(inserts("exp^").is_empty());
    assert!(inserts("time-spent:^").is_empty());
    assert!(!inserts("sort:^").contains(&"time-spent".to_owned()));
}

#[test]
fn values_come_from_the_field() {
    assert_eq!(inserts("priority:^"), ["low", "medium", "high", "urgent"]);
    assert_eq!(inserts("priority:low,h^"), ["high"]);
    assert_eq!(inserts("priority:>=u^ x"), ["urgent"]);
    assert_eq!(inserts("priority:low..m^"), ["medium"]);
    assert_eq!(inserts("is:w^"), ["watching"]);
    assert_eq!(inserts("has:^"), ["watcher", "assignee", "team", "tag", "due", "sla", "waiting-for"]);
    assert_eq!(inserts("created:to^"), ["today", "tomorrow"]);
    assert_eq!(inserts("due:n^"), ["none"]);
    assert_eq!(inserts("sort:cr^"), ["-created", "created"]);
    assert_eq!(inserts("sort:-cr^"), ["-created"]);
    assert_eq!(complete("is:o^").candidates[0].kind, CandidateKind::Value);
}

#[test]
fn names_are_left_to_the_caller() {
    let completion = complete("x assignee:olga,\"Pavel S^");
    assert_eq!(completion.look_up, Some(("person".into(), "pavel s".to_owned())));
    assert_eq!(completion.replace, query::Span::new(16, 24));
    let completion = complete("assignee:m^ y");
    assert_eq!(completion.candidates[0].insert, "me");
    assert_eq!(completion.replace, query::Span::new(9, 10));
    assert_eq!(complete("team:my^").candidates[0].insert, "my-team");
}
