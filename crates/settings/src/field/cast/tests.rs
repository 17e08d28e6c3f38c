use proptest::prelude::*;

use super::*;
use crate::field::{Audience, Object, check};

fn how() -> How {
    How { zone: "Europe/Madrid".into(), lang: Lang::En, yes: "yes".into(), no: "no".into() }
}

fn field(ty: FieldType) -> FieldDef {
    let item = |key: &str, en: &str, es: &str, parent: Option<&str>| {
        let names = Texts { en: en.into(), es: Some(es.into()), ru: None };
        Item { key: key.into(), names, parent: parent.filter(|_| ty == FieldType::Tree).map(Into::into), retired: false }
    };
    let items = vec![item("red", "Red", "Rojo", None), item("blue", "Blue", "Azul", None), item("sky", "Sky", "Cielo", Some("blue"))];
    FieldDef {
        object: Object::Ticket,
        key: "f".into(),
        ty,
        names: Texts::same("F"),
        help: Texts::default(),
        audience: Audience::Desk,
        kinds: Vec::new(),
        services: Vec::new(),
        decimals: if ty.counts() { 2 } else { 0 },
        currency: if ty == FieldType::Money { "EUR".into() } else { String::new() },
        items: if ty.chooses() { items } else { Vec::new() },
        required: false,
        place: 0,
        active: true,
    }
}

fn text(words: &str) -> Value {
    Value::Text(words.into())
}

fn keys(keys: &[&str]) -> Value {
    Value::Keys(keys.iter().map(|key| (*key).to_owned()).collect())
}

fn of(value: &Value, from: FieldType, to: FieldType) -> Outcome {
    assert!(castable(&field(from), &field(to)), "{from:?} to {to:?}");
    cast(value, &field(from), &field(to), &how())
}

#[test]
fn a_text_becomes_what_it_says() {
    use FieldType::{Checkbox, Choice, Date, Moment, Number, Several, Text, Tree};
    let from = |words: &str, to| of(&text(words), Text, to);
    assert_eq!(from("12.50", Number), Outcome::Kept(Value::Int(1250)));
    assert_eq!(from("12,5", Number), Outcome::Changed(Value::Int(1250), Why::Written));
    assert_eq!(from("15.505", Number), Outcome::Changed(Value::Int(1551), Why::Rounded));
    assert_eq!(from("a dozen", Number), Outcome::Lost(Why::NoNumber));
    let noon = Time::from_rfc3339("2026-11-22T12:00:00Z").expect("a moment").0;
    assert_eq!(from("2026-11-22", Date), Outcome::Kept(Value::Int(noon)));
    assert_eq!(from("22.11.2026", Date), Outcome::Changed(Value::Int(noon), Why::Written));
    assert_eq!(from("22/11/2026", Date), Outcome::Changed(Value::Int(noon), Why::Written));
    for wrong in ["2026-11-22 or later", "22.13.2026", "soon", "1/2"] {
        assert_eq!(from(wrong, Date), Outcome::Lost(Why::NoDate), "{wrong}");
    }
    assert_eq!(from("2026-11-22 13:00", Moment), Outcome::Kept(Value::Int(noon)));
    assert_eq!(from("Rojo", Choice), Outcome::Changed(keys(&["red"]), Why::Written));
    assert_eq!(from("Red", Choice), Outcome::Kept(keys(&["red"])));
    assert_eq!(from("green", Choice), Outcome::Lost(Why::NoChoice));
    assert_eq!(from("Blue › Sky", Tree), Outcome::Kept(keys(&["sky"])));
    assert_eq!(from("sky", Tree), Outcome::Changed(keys(&["sky"]), Why::Written));
    assert_eq!(from("Red, Blue", Several), Outcome::Kept(keys(&["red", "blue"])));
    assert_eq!(from("Blue; pink", Several), Outcome::Changed(keys(&["blue"]), Why::SomeGone));
    assert_eq!(from("Да", Checkbox), Outcome::Changed(Value::Int(1), Why::Written));
    assert_eq!(from("perhaps", Checkbox), Outcome::Lost(Why::NoTruth));
}

#[test]
fn what_is_less_says_what_goes() {
    use FieldType::{Checkbox, Choice, Date, LongText, Moment, Money, Number, Several, Text, Tree};
    assert_eq!(of(&text("One\nTwo"), LongText, Text), Outcome::Changed(text("One Two"), Why::Joined));
    let long = "x".repeat(501);
    assert_eq!(of(&text(&long), LongText, Text), Outcome::Changed(text(&long[..500]), Why::Cut));
    assert_eq!(of(&keys(&["red", "blue"]), Several, Choice), Outcome::Changed(keys(&["red"]), Why::FirstOnly));
    assert_eq!(of(&keys(&["red"]), Several, Choice), Outcome::Kept(keys(&["red"])));
    assert_eq!(of(&keys(&["sky"]), Tree, Text), Outcome::Kept(text("Blue › Sky")));
    assert_eq!(of(&keys(&["gone"]), Choice, Tree), Outcome::Lost(Why::NoChoice));
    assert_eq!(of(&Value::Int(1250), Money, Checkbox), Outcome::Changed(Value::Int(1), Why::TruthOnly));
    let (from, mut to) = (field(Number), field(Number));
    to.decimals = 0;
    assert!(castable(&from, &to) && !castable(&from, &from));
    assert_eq!(cast(&Value::Int(1250), &from, &to, &how()), Outcome::Changed(Value::Int(13), Why::Rounded));
    assert_eq!(cast(&Value::Int(-1250), &from, &to, &how()), Outcome::Changed(Value::Int(-13), Why::Rounded));
    assert_eq!(cast(&Value::Int(1200), &from, &to, &how()), Outcome::Kept(Value::Int(12)));
    let moment = Time::from_rfc3339("2026-11-22T23:30:00Z").expect("a moment").0;
    let day = Time::from_rfc3339("2026-11-23T12:00:00Z").expect("a moment").0;
    assert_eq!(of(&Value::Int(moment), Moment, Date), Outcome::Changed(Value::Int(day), Why::DayOnly), "the day in Madrid");
    assert!(matches!(of(&Value::Int(day), Date, Moment), Outcome::Kept(_)));
}

#[test]
fn people_and_files_are_no_words() {
    for ty in FieldType::ALL {
        for other in [FieldType::Person, FieldType::File] {
            assert!(!castable(&field(*ty), &field(other)) && !castable(&field(other), &field(*ty)), "{ty:?} {other:?}");
        }
    }
    assert!(!castable(&field(FieldType::Number), &field(FieldType::Date)));
    assert!(!castable(&field(FieldType::Several), &field(FieldType::Number)));
}

#[test]
fn missing_choices_are_offered_with_keys_of_their_own() {
    let (from, mut to) = (field(FieldType::Text), field(FieldType::Several));
    let mut labels = Labels::default();
    for words in ["Green, red", "GREEN", "Зелёный", "Жёлтый", "Blue"] {
        labels.note(missing(&text(words), &from, &to, &how()));
    }
    assert_eq!(labels.len(), 3);
    labels.offer(&mut to);
    let offered: Vec<(&str, &str)> = to.items.iter().skip(3).map(|item| (item.key.as_str(), item.names.en.as_str())).collect();
    assert_eq!(offered, [("green", "Green"), ("value", "Зелёный"), ("value-2", "Жёлтый")]);
    assert!(check(&to).is_empty());
    assert_eq!(cast(&text("Зелёный, Red"), &from, &to, &how()), Outcome::Changed(keys(&["red", "value"]), Why::Written));
}

#[test]
fn decimals_are_written_as_they_are_read() {
    let written = [(1250, 2), (-5, 2), (7, 0), (0, 2), (123_456, 3)].map(|(n, d)| decimal(n, d));
    assert_eq!(written, ["12.50", "-0.05", "7", "0.00", "123.456"]);
}

fn written() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{1,40}",
        "-?[0-9]{1,6}([.,][0-9]{1,3})?",
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]( [0-2][0-9]:[0-5][0-9])?",
        "(Red|Blue|Sky|red|Azul)(, (Red|Blue|Sky))?",
        "(yes|no|true|0)",
    ]
}

proptest! {
    /// What is kept comes back as it was, through every type; and nothing that a text says breaks anything.
    #[test]
    fn what_is_kept_comes_back(words in written()) {
        let (from, value) = (field(FieldType::Text), Value::Text(words.clone()));
        for ty in FieldType::ALL {
            let to = field(*ty);
            if !castable(&from, &to) {
                continue;
            }
            if let Outcome::Kept(new) = cast(&value, &from, &to, &how()) {
                match cast(&new, &to, &from, &how()) {
                    Outcome::Kept(back) => prop_assert_eq!(&back, &value, "{:?}", ty),
                    other => prop_assert!(false, "{words} by {ty:?}: {other:?}"),
                }
            }
        }
    }

    /// Every value of a type that can be a text is kept or changed by it, never lost.
    #[test]
    fn nothing_is_lost_in_a_text(n in -1_000_000_000_i64..1_000_000_000, some in proptest::sample::subsequence(vec!["red", "blue", "sky"], 1..=3)) {
        let to = field(FieldType::LongText);
        for ty in [FieldType::Number, FieldType::Money, FieldType::Date, FieldType::Moment] {
            let value = Value::Int(n * 1_000_000);
            prop_assert!(!matches!(cast(&value, &field(ty), &to, &how()), Outcome::Lost(_)), "{ty:?}");
        }
        prop_assert!(!matches!(cast(&keys(&some), &field(FieldType::Several), &to, &how()), Outcome::Lost(_)));
    }
}
