//! Templates: `{slot}` is replaced, `{m|f}` follows the writer's gender, `[a|b|c]` picks one.

use std::collections::BTreeMap;

use crate::dice::Dice;
use crate::model::Gender;

/// Values by slot name.
pub(crate) type Slots = BTreeMap<&'static str, String>;

/// Fills in one template. A slot without a value stays as it is written, which a test over all
/// texts of a plan would find.
pub(crate) fn fill(template: &str, slots: &Slots, extra: &BTreeMap<String, String>, writer: Gender, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find(['{', '[']) {
        out.push_str(&rest[..open]);
        let close = if rest[open..].starts_with('{') { '}' } else { ']' };
        let Some(length) = rest[open..].find(close) else {
            out.push_str(&rest[open..]);
            return out;
        };
        let inner = &rest[open + 1..open + length];
        if close == ']' {
            let choices = choices(inner);
            let choice: &str = choices[dice.below(choices.len())];
            out.push_str(&fill(choice, slots, extra, writer, dice));
        } else if let Some((male, female)) = inner.split_once('|') {
            out.push_str(if writer == Gender::Male { male } else { female });
        } else if let Some(value) = slots.get(inner).or_else(|| extra.get(inner)) {
            out.push_str(value);
        } else {
            out.push_str(&rest[open..=open + length]);
        }
        rest = &rest[open + length + 1..];
    }
    out.push_str(rest);
    out
}

/// Splits at the bars that do not belong to a gender in braces.
fn choices(inner: &str) -> Vec<&str> {
    let mut list = Vec::new();
    let (mut begin, mut depth) = (0, 0);
    for (place, letter) in inner.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            '|' if depth == 0 => {
                list.push(&inner[begin..place]);
                begin = place + 1;
            }
            _ => {}
        }
    }
    list.push(&inner[begin..]);
    list
}

/// Only the gender of a phrase without slots, such as a job title.
pub(crate) fn gendered(template: &str, gender: Gender) -> String {
    fill(template, &Slots::new(), &BTreeMap::new(), gender, &mut Dice::of(0, "", 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, writer: Gender) -> String {
        let slots = Slots::from([("name", "Ольга".to_owned())]);
        fill(template, &slots, &BTreeMap::new(), writer, &mut Dice::of(1, "test", 1))
    }

    #[test]
    fn slots_gender_and_choices_are_filled() {
        assert_eq!(filled("{name}: {готов|готова}", Gender::Female), "Ольга: готова");
        assert_eq!(filled("{готов|готова} [к|к] {name}", Gender::Male), "готов к Ольга");
        assert!(["готова", "b"].contains(&filled("[{готов|готова}|b]", Gender::Female).as_str()));
        assert!(["a Ольга", "b"].contains(&filled("[a {name}|b]", Gender::Male).as_str()));
    }

    #[test]
    fn an_unknown_slot_stays_visible() {
        assert_eq!(filled("x {nothing} y", Gender::Male), "x {nothing} y");
    }
}
