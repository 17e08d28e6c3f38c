//! Pages of roles.

use std::collections::BTreeMap;

use access::{Object, Reach, Verb};
use askama::Template;
use i18n::{T, key};
use ui::{Choice, Chrome, FormErrors};

use crate::web::{Conflict, Fields};

/// `/admin/roles`
#[derive(Template)]
#[template(path = "people/roles.html", blocks = ["main"])]
pub struct RolesPage {
    pub t: T,
    pub chrome: Chrome,
    pub roles: Vec<RoleHead>,
    pub groups: Vec<Group>,
    /// Shows the others as well; empty when all are there.
    pub all_href: String,
    pub all_count: i64,
    pub tenants: Vec<Choice>,
    pub may_edit: bool,
}

/// A column of the matrix.
pub struct RoleHead {
    pub name: String,
    pub href: String,
    pub active: bool,
    /// Changed by somebody, or made here.
    pub own: bool,
}

/// The verbs of one object.
pub struct Group {
    pub label: String,
    pub rows: Vec<VerbRow>,
}

/// A verb in words, and how far each role goes with it.
pub struct VerbRow {
    pub label: String,
    pub cells: Vec<Cell>,
}

/// How far a role goes.
pub struct Cell {
    pub role: String,
    pub reach: Reach,
    pub words: String,
    pub icon: &'static str,
}

/// `/admin/roles/{key}` and `/admin/roles/new`
#[derive(Template)]
#[template(path = "people/role.html", blocks = ["main"])]
pub struct RolePage {
    pub t: T,
    pub chrome: Chrome,
    /// Empty: a new one.
    pub key: String,
    pub description: String,
    pub action: String,
    pub groups: Vec<VerbGroup>,
    pub history: Vec<VersionLine>,
    pub holders: Vec<(ui::Person, bool)>,
    pub typed: Fields,
    pub errors: FormErrors,
    pub conflict: Option<Conflict>,
    pub tenants: Vec<Choice>,
    pub place: String,
    pub may_edit: bool,
    /// The administrator's role.
    pub is_fixed: bool,
    /// A tenant looks at a definition of all tenants: saving makes its own.
    pub is_shared_here: bool,
    pub is_fallback: bool,
}

/// The verbs of an object with their choices, and the fields that can be hidden.
pub struct VerbGroup {
    pub label: String,
    pub verbs: Vec<VerbChoice>,
    pub fields: Vec<FieldChoice>,
}

pub struct VerbChoice {
    /// The name of the form's field.
    pub name: String,
    pub label: String,
    pub reaches: Vec<Choice>,
    pub icon: &'static str,
    /// How far it goes, in words.
    pub words: String,
}

pub struct FieldChoice {
    pub name: String,
    pub label: String,
    pub hidden: bool,
}

/// A version of the history.
pub struct VersionLine {
    pub version: i64,
    pub iso: String,
    pub when: String,
    pub who: String,
    /// What it changed, a line each.
    pub changes: Vec<String>,
}

/// The icon of a reach.
pub const fn reach_icon(reach: Reach) -> &'static str {
    match reach {
        Reach::None => "minus",
        Reach::Own => "user-round",
        Reach::Team => "users-round",
        Reach::Organisation => "building-2",
        Reach::All => "globe",
    }
}

/// The words of a reach.
pub const fn reach_label(reach: Reach) -> &'static str {
    match reach {
        Reach::None => key!("access-reach-none"),
        Reach::Own => key!("access-reach-own"),
        Reach::Team => key!("access-reach-team"),
        Reach::Organisation => key!("access-reach-organisation"),
        Reach::All => key!("access-reach-all"),
    }
}

/// The words of an object, the head of its verbs.
pub fn object_label(t: &T, object: Object) -> String {
    t.msg(&format!("access-object-{}", object.key())).into_owned()
}

/// A verb in words.
pub fn verb_label(t: &T, verb: Verb) -> String {
    t.msg(&format!("access-verb-{}", verb.key().replace(['.', '_'], "-"))).into_owned()
}

/// What a delivered role is for; nothing for others.
pub fn description(t: &T, key: &str) -> String {
    let message = format!("access-role-{}", key.replace('_', "-"));
    if t.has(&message) { t.msg(&message).into_owned() } else { String::new() }
}

/// The roles that are shown before one asks for all.
pub const FIRST: [&str; 5] = ["user", "operator", "coordinator", "manager", "administrator"];

/// The place of each delivered role in the order in which people read them.
pub fn places() -> BTreeMap<String, usize> {
    let delivered = access::delivered().unwrap_or_default();
    delivered.into_iter().enumerate().map(|(place, (key, _))| (key, place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    #[test]
    fn every_right_has_words_in_every_language() {
        for lang in Lang::ALL {
            let t = T::utc(lang);
            for object in Object::ALL {
                assert!(t.has(&format!("access-object-{}", object.key())), "{lang} {object:?}");
                for verb in object.verbs() {
                    assert!(t.has(&format!("access-verb-{}", verb.key().replace(['.', '_'], "-"))), "{lang} {verb}");
                }
                for field in crate::fields::of(*object) {
                    assert!(t.has(field.label), "{lang} {}", field.label);
                }
            }
            for (key, _) in access::delivered().unwrap() {
                assert!(!description(&t, &key).is_empty(), "{lang} {key}");
            }
        }
    }
}
