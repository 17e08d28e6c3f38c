//! Every mistake of a mapping is told at once, with its line and what may have been meant.

use import::Mapping;

use crate::desk::MAPPING;

fn told(text: &str) -> Vec<String> {
    match Mapping::read("map.toml", text) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.to_string().lines().map(str::to_owned).collect(),
    }
}

fn with(from: &str, to: &str) -> Vec<String> {
    assert!(MAPPING.contains(from), "{from}");
    told(&MAPPING.replacen(from, to, 1))
}

#[test]
fn a_sound_mapping_is_read() {
    assert_eq!(told(MAPPING), Vec::<String>::new());
}

#[test]
fn unknown_keys_words_and_rules_come_with_proposals() {
    for (from, to, message) in [
        ("source = \"old\"", "sauce = \"old\"", "map.toml:2: unknown key sauce; did you mean source?"),
        ("[teams]", "[teams]\nnotes = 1", "map.toml:26: unknown key notes; did you mean note?"),
        ("service = \"product\"", "servise = \"product\"", "map.toml:34: unknown key servise; did you mean service?"),
        ("[case]", "[case]\nlang = \"eng\"", "map.toml:10: lang: unknown value eng; did you mean en?"),
        ("category = \"active\"", "category = \"activ\"", "map.toml:49: category: unknown value activ; did you mean active?"),
        ("Major = \"extensive\"", "Major = \"extensiv\"", "map.toml:36: impact: unknown value extensiv; did you mean extensive?"),
        ("assignee = { person = \"who\"", "assignee = { person = \"woh\"", "map.toml:35: there is no [persons.woh]; did you mean who?"),
    ] {
        let told = with(from, to);
        assert!(told.iter().any(|line| line == message), "{message}\n{told:#?}");
    }
}

#[test]
fn what_is_missing_or_mistyped_is_named() {
    for (from, to, message) in [
        ("number = \"case\"\n", "", "map.toml:9: number is missing"),
        ("create = true", "create = \"yes\"", "map.toml:7: create: true or false is expected"),
        ("name = \"who\"\n", "", "map.toml:19: name is missing"),
        ("column = \"when\"", "column = 3", "map.toml:14: column: a text in quotes is expected"),
        ("line = 2", "line = 4", "map.toml:26: line: the support lines are 1, 2 and 3"),
        ("{product}: {case}", "{product: {case", "map.toml:11: a brace is not closed"),
        ("{ from = [\"Queued\", \"Waiting\"]", "{ from = [\"Queued\"]", "map.toml:42: from has 1 parts where 2 are read"),
        ("{ from = [\"Queued\", \"Waiting\"]", "{ from = [\"Accepted\", \"Working\"]", "map.toml:42: Accepted / Working is mapped twice"),
        (
            "column = \"impact\"",
            "column = \"impact\", default = \"low\", otherwise = \"keep\"",
            "map.toml:36: default and otherwise exclude each other",
        ),
        (
            "column = \"impact\"",
            "column = \"impact\", constant = \"low\"",
            "map.toml:36: exactly one of column, columns, template and constant is needed",
        ),
        (
            "[time]",
            "[time]\nzone = \"Europe/Madird\"",
            "map.toml:14: zone: Europe/Madird is no time zone; write one such as \"Europe/Madrid\"",
        ),
        ("[case]", "[file]\ndelimiter = \"--\"\n[case]", "map.toml:10: delimiter: one character, such as \",\", \";\" or \"\\t\""),
    ] {
        let told = with(from, to);
        assert!(told.iter().any(|line| line == message), "{message}\n{told:#?}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_and_in_order() {
    let told = told(&MAPPING.replace("create = true", "creat = true").replace("key = \"queued\"", "key = \"Queued!\""));
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].starts_with("map.toml:7:") && told[1].starts_with("map.toml:48:"), "{told:#?}");
}

#[test]
fn a_file_that_is_no_toml_says_where() {
    assert_eq!(told("source = \"a\"\nkind = \n").len(), 1);
    assert!(told("source = \"a\"\nkind = \n")[0].starts_with("map.toml:2:"));
    assert!(told("").iter().any(|line| line.contains("[case] is missing")));
}
