//! Rules in words: the conditions and what follows as sentences, with the names of what they mean.

use access::Verb;
use db::Rd;
use i18n::T;
use kernel::{OrganisationId, PageRequest, Result, ServiceId};
use party::{Names, Wanted};
use settings::Texts;
use settings::field::{Condition, FieldDef, Object, On, RuleDef};
use ticket::Frame;

use super::rules::worded;
use crate::views::rules::{does_sentence, on_label, test_sentence};

/// What rules name.
pub struct Around {
    pub fields: Vec<FieldDef>,
    pub kinds: Vec<(String, Texts)>,
    pub services: Vec<(String, String)>,
    states: Vec<(String, Texts)>,
    /// In the actor's language.
    roles: Vec<(String, String)>,
    names: Names,
}

/// Reads what rules name, as far as the actor may see it.
///
/// # Errors
/// The database refuses.
pub fn around<'a>(rd: &mut Rd<'_>, frame: Frame<'_>, rules: impl Iterator<Item = &'a RuleDef>) -> Result<Around> {
    let catalogue = frame.desk.catalogue(rd)?;
    let tenant = frame.actor.tenant;
    let within = frame.actor.services(Verb::ServiceSee).within();
    let request = PageRequest { limit: Some(PageRequest::MAX), cursor: None };
    let services = party::store::service::page(rd, &within, None, &request)?.rows;
    let mut states: Vec<(String, Texts)> = Vec::new();
    for state in catalogue.kinds(tenant).into_iter().flat_map(|kind| &kind.states) {
        if !states.iter().any(|(key, _)| *key == state.key) {
            states.push((state.key.clone(), state.names.clone()));
        }
    }
    let mut wanted = Wanted::default();
    for condition in rules.flat_map(|rule| &rule.when).filter(|condition| condition.on == On::Organisation) {
        let ids = condition.values.iter().filter_map(|id| id.parse().ok()).map(OrganisationId::new);
        for id in ids {
            // Only what the actor may see has a name here.
            if frame.actor.organisations(Verb::OrganisationSee).get(rd, id).is_ok() {
                wanted.organisation(id);
            }
        }
    }
    let roles = access::store::role::list(rd, tenant)?;
    Ok(Around {
        fields: catalogue.fields().of_object(Object::Ticket, tenant.raw()).cloned().collect(),
        kinds: catalogue.kinds(tenant).into_iter().map(|kind| (kind.key.clone(), kind.names.clone())).collect(),
        services: services.into_iter().map(|service| (ServiceId::raw(service.id).to_string(), service.name)).collect(),
        states,
        roles: roles.into_iter().map(|role| (role.key, role.role.name(frame.actor.lang).to_owned())).collect(),
        names: wanted.load(rd)?,
    })
}

impl Around {
    fn field(&self, key: &str) -> Option<&FieldDef> {
        self.fields.iter().find(|def| def.key == key)
    }

    fn name(&self, t: &T, on: On, key: &str) -> String {
        let of = |list: &[(String, Texts)]| list.iter().find(|(known, _)| known == key).map(|(_, names)| names.get(t.lang()).to_owned());
        let name = match on {
            On::Kind => of(&self.kinds),
            On::State | On::Enters | On::Leaves => of(&self.states),
            On::Role => self.roles.iter().find(|(known, _)| known == key).map(|(_, name)| name.clone()),
            On::Service => self.services.iter().find(|(id, _)| id == key).map(|(_, name)| name.clone()),
            On::Organisation => key.parse().ok().map(|id| self.names.organisation(OrganisationId::new(id)).to_owned()),
            On::Field => None,
        };
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| key.to_owned())
    }

    /// The name of a kind.
    pub fn kind(&self, t: &T, key: &str) -> String {
        self.name(t, On::Kind, key)
    }

    fn condition(&self, t: &T, condition: &Condition) -> String {
        let def = self.field(&condition.field);
        let what = match condition.on {
            On::Field => def.map_or(condition.field.as_str(), |def| def.names.get(t.lang())).to_owned(),
            on => t.msg(on_label(on)).into_owned(),
        };
        let value = |text: &String| match def {
            Some(def) => worded(t, def, text),
            None => self.name(t, condition.on, text),
        };
        let values: Vec<String> = condition.values.iter().map(value).collect();
        t.with(test_sentence(condition.test), &[("what", what.as_str().into()), ("values", values.join(", ").as_str().into())])
    }

    /// The conditions of a rule as a sentence.
    pub fn when(&self, t: &T, when: &[Condition]) -> String {
        if when.is_empty() {
            return t.msg("forms-rule-always").into_owned();
        }
        t.list(&when.iter().map(|condition| self.condition(t, condition)).collect::<Vec<_>>())
    }

    /// What follows, as a sentence.
    pub fn then(&self, t: &T, rule: &RuleDef) -> String {
        let parts = rule.then.iter().map(|effect| {
            let def = self.field(&effect.field);
            let name = def.map_or(effect.field.as_str(), |def| def.names.get(t.lang()));
            let values: Vec<String> =
                effect.values.iter().map(|text| def.map_or_else(|| text.clone(), |def| worded(t, def, text))).collect();
            t.with(does_sentence(effect.does), &[("field", name.into()), ("values", values.join(", ").as_str().into())])
        });
        t.list(&parts.collect::<Vec<_>>())
    }

    /// What the values of conditions can name: where, key and name.
    pub fn keys(&self, t: &T) -> Vec<(String, String, String)> {
        let mut keys = Vec::new();
        for (on, list) in [(On::Kind, &self.kinds), (On::State, &self.states)] {
            let label = t.msg(on_label(on)).into_owned();
            keys.extend(list.iter().map(|(key, names)| (label.clone(), key.clone(), names.get(t.lang()).to_owned())));
        }
        for (on, list) in [(On::Role, &self.roles), (On::Service, &self.services)] {
            let label = t.msg(on_label(on)).into_owned();
            keys.extend(list.iter().map(|(key, name)| (label.clone(), key.clone(), name.clone())));
        }
        for def in self.fields.iter().filter(|def| def.ty.chooses()) {
            let label = def.names.get(t.lang());
            let offered = def.items.iter().filter(|item| !item.retired).take(50);
            keys.extend(offered.map(|item| (label.to_owned(), item.key.clone(), item.names.get(t.lang()).to_owned())));
        }
        keys
    }
}
