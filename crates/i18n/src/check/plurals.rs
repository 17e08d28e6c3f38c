//! A select by `$.._plural` has every branch that the language needs.

use fluent_syntax::ast::{InlineExpression, Variant, VariantKey};
use kernel::Lang;

/// The CLDR categories of whole numbers in the language.
const fn needed(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &["one", "other"],
        Lang::Es => &["one", "many", "other"],
        Lang::Ru => &["one", "few", "many", "other"],
    }
}

pub(super) fn check(selector: &InlineExpression<&str>, variants: &[Variant<&str>], lang: Lang, problem: &mut dyn FnMut(&str)) {
    let InlineExpression::VariableReference { id } = selector else { return };
    let names: Vec<&str> = variants
        .iter()
        .map(|variant| match variant.key {
            VariantKey::Identifier { name } => name,
            VariantKey::NumberLiteral { value } => value,
        })
        .collect();
    if names.iter().any(|name| name.bytes().all(|b| b.is_ascii_digit())) {
        problem("selects by a number: arguments are texts, so the branch is never taken");
    }
    if !id.name.ends_with("_plural") {
        if names.contains(&"one") {
            problem("selects a plural by the number itself, not by its _plural twin");
        }
        return;
    }
    for category in needed(lang) {
        if !names.contains(category) {
            problem(&format!("lacks the plural [{category}]"));
        }
    }
    for name in names {
        if !needed(lang).contains(&name) {
            problem(&format!("has a plural [{name}] that the language does not have"));
        }
    }
}
