//! The fields that a role can hide, by object. Only fields that every door really leaves out stand
//! here: persons pass `access::known`, tickets `ticket::serve::known` and the fields of the filter.

use access::Object;
use i18n::key;

/// A field that can be hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub key: &'static str,
    /// The message key of its words.
    pub label: &'static str,
}

const fn f(key: &'static str, label: &'static str) -> Field {
    Field { key, label }
}

const TICKET: &[Field] = &[
    f("requester", key!("field-requester")),
    f("beneficiary", key!("field-beneficiary")),
    f("organisation", key!("field-organisation")),
    f("location", key!("field-location")),
    f("service", key!("field-service")),
    f("impact", key!("field-impact")),
    f("urgency", key!("field-urgency")),
    f("priority", key!("field-priority")),
    f("team", key!("field-team")),
    f("owner_team", key!("field-owner-team")),
    f("assignee", key!("field-assignee")),
    f("parent", key!("field-parent")),
    f("resolution_code", key!("field-resolution-code")),
    f("tag", key!("field-tags")),
];

const PERSON: &[Field] = &[
    f("title", key!("people-title")),
    f("addresses", key!("people-contacts")),
    f("memberships", key!("people-organisations")),
    f("location", key!("people-location")),
    f("time_zone", key!("people-zone")),
    f("lang", key!("people-lang")),
    f("vip", key!("people-vip")),
    f("note", key!("people-note")),
];

const ORGANISATION: &[Field] = &[f("payer", key!("people-payer")), f("domains", key!("people-domains")), f("note", key!("people-note"))];

const TEAM: &[Field] = &[f("lead", key!("people-lead")), f("members", key!("people-members")), f("note", key!("people-note"))];

const SERVICE: &[Field] = &[f("owner", key!("people-owner")), f("team", key!("people-team")), f("impact", key!("people-impact"))];

/// The fields of an object that a role can hide.
pub const fn of(object: Object) -> &'static [Field] {
    match object {
        Object::Ticket => TICKET,
        Object::Person => PERSON,
        Object::Organisation => ORGANISATION,
        Object::Team => TEAM,
        Object::Service => SERVICE,
        _ => &[],
    }
}

/// The custom fields that roles can hide: of which object, the name among its properties, and its names.
///
/// # Errors
/// The database refuses.
pub fn own(rd: &mut db::Rd<'_>, tenant: i64) -> kernel::Result<Vec<(Object, String, settings::Texts)>> {
    use settings::field::{FieldSet, Object as Owned};
    let set = FieldSet::load(rd)?;
    let mut found: Vec<(Object, String, settings::Texts)> = Vec::new();
    for (object, owned) in [
        (Object::Ticket, Owned::Ticket),
        (Object::Person, Owned::Person),
        (Object::Organisation, Owned::Organisation),
        (Object::Service, Owned::Service),
    ] {
        // A shared role counts in every tenant: it can hide the fields of each.
        let here = |of: i64| of == 0 || tenant == 0 || of == tenant;
        for (_, def) in set.everywhere(owned).filter(|(of, _)| here(*of)) {
            let name = def.property();
            if !found.iter().any(|(known, property, _)| *known == object && *property == name) {
                found.push((object, name, def.names.clone()));
            }
        }
    }
    Ok(found)
}
