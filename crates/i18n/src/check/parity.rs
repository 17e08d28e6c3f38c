//! Every language says the same things with the same arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use kernel::Lang;

use super::plurals;

/// What a message takes: the variables without the `_plural` twins.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// Problems of the message files in the folder `locales`: syntax, keys said twice, keys or
/// variables that differ between languages, plural selects without a branch the language needs.
pub fn parity(locales: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    let read = Lang::ALL.map(|lang| (lang, messages(&locales.join(lang.tag()), lang, &mut problems)));
    let [(_, english), others @ ..] = &read;
    for (lang, messages) in others {
        for (key, variables) in english {
            match messages.get(key) {
                None => problems.push(format!("{lang}: {key} is missing")),
                Some(own) if own != variables => {
                    problems.push(format!("{lang}: {key} takes {own:?}, in English {variables:?}"));
                }
                Some(_) => {}
            }
        }
        let strange = messages.keys().filter(|key| !english.contains_key(*key));
        problems.extend(strange.map(|key| format!("{lang}: {key} is not in English")));
    }
    problems
}

/// The keys of one language's folder.
pub(super) fn keys(folder: &Path) -> BTreeSet<String> {
    messages(folder, Lang::En, &mut Vec::new()).into_keys().collect()
}

fn messages(folder: &Path, lang: Lang, problems: &mut Vec<String>) -> Messages {
    let mut found = Messages::new();
    for path in super::ftl_files(folder) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let name = path.display();
        let (resource, errors) = match fluent_syntax::parser::parse(text.as_str()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        problems.extend(errors.iter().map(|error| format!("{name}: {error}")));
        for entry in &resource.body {
            let message = match entry {
                Entry::Message(message) => message,
                Entry::Term(term) => {
                    problems.push(format!("{name}: -{} is a term; write the word out", term.id.name));
                    continue;
                }
                _ => continue,
            };
            let mut problem = |what: &str| problems.push(format!("{name}: {}: {what}", message.id.name));
            let variables = variables(message, lang, &mut problem);
            if found.insert(message.id.name.to_owned(), variables).is_some() {
                problem("is said twice");
            }
        }
    }
    found
}

fn variables(message: &Message<&str>, lang: Lang, problem: &mut dyn FnMut(&str)) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    match &message.value {
        Some(value) => pattern(value, lang, &mut found, problem),
        None => problem("has no text"),
    }
    if !message.attributes.is_empty() {
        problem("has attributes, which nothing reads");
    }
    found
}

fn pattern(text: &Pattern<&str>, lang: Lang, found: &mut BTreeSet<String>, problem: &mut dyn FnMut(&str)) {
    for element in &text.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => variable(inline, found, problem),
            Expression::Select { selector, variants } => {
                variable(selector, found, problem);
                plurals::check(selector, variants, lang, problem);
                for variant in variants {
                    pattern(&variant.value, lang, found, problem);
                }
            }
        }
    }
}

fn variable(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>, problem: &mut dyn FnMut(&str)) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.trim_end_matches("_plural").to_owned());
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                variable(inner, found, problem);
            }
        }
        // A blank or a brace as a literal.
        InlineExpression::StringLiteral { .. } => {}
        _ => problem("may hold variables and selects only: numbers and dates arrive written"),
    }
}
