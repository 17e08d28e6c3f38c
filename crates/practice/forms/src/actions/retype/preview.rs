//! What would become of a field's values if it had another type.

use access::{Object as Hides, Verb};
use db::Rd;
use kernel::{Error, ErrorKind, FieldError, OrganisationId, PersonId, Result, ServiceId, TicketId};
use serde::{Deserialize, Serialize};
use settings::changes::{self, ChangeState};
use settings::field::cast::{How, Labels, Outcome, Why, cast, castable, in_words, missing};
use settings::field::{Audience, FORM, FieldDef, FieldType, FormDef, Item, Object, RULE, RuleDef, Value, check, check_form, check_rule};
use settings::values;
use ticket::{Frame, serve};

use crate::actions::field::get;

/// Values looked at in one read.
const CHUNK: i64 = 500;
/// Examples of what is changed, and of what is lost.
pub(super) const EXAMPLES: usize = 20;
/// Records looked up for them at most: whoever sees few does not make the desk look at all.
pub(super) const LOOKED: usize = 400;

/// What a field shall become.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Wish {
    pub ty: FieldType,
    pub decimals: u8,
    pub currency: String,
    /// Unsaid: the list that it has.
    pub items: Option<Vec<Item>>,
    /// Add the choices that are missing to the list.
    pub add: bool,
}

/// A value that becomes another one or goes, on a record that the viewer may see.
#[derive(Debug, Clone)]
pub struct Example {
    pub id: i64,
    pub name: String,
    pub href: String,
    pub before: String,
    pub after: Option<Value>,
    pub why: Why,
}

/// What a change of the type would do.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Of the definition: what the change is asked with.
    pub version: i64,
    pub from: FieldDef,
    pub to: FieldDef,
    pub how: How,
    pub kept: i64,
    pub changed: i64,
    pub lost: i64,
    pub changed_examples: Vec<Example>,
    pub lost_examples: Vec<Example>,
    /// Choices that values name and the list does not offer.
    pub missing: Labels,
    looked: usize,
    after: i64,
}

/// The field as it would be.
fn target(before: &FieldDef, wish: &Wish) -> FieldDef {
    let flat = |item: &Item| Item { parent: item.parent.clone().filter(|_| wish.ty == FieldType::Tree), ..item.clone() };
    let items = wish.items.as_ref().unwrap_or(&before.items);
    FieldDef {
        ty: wish.ty,
        decimals: if wish.ty.counts() { wish.decimals } else { 0 },
        currency: if wish.ty == FieldType::Money { wish.currency.clone() } else { String::new() },
        items: if wish.ty.chooses() { items.iter().map(flat).collect() } else { Vec::new() },
        ..before.clone()
    }
}

/// A preview before anything was looked at.
///
/// # Errors
/// Not found; invalid when the values cannot become those of the type; conflict while a change runs.
pub fn begin(rd: &mut Rd<'_>, frame: Frame<'_>, (object, key): (&str, &str), wish: &Wish, how: How) -> Result<Preview> {
    let stored = get(rd, frame, object, key)?;
    if changes::newest(rd, stored.def.object, key)?.is_some_and(|change| change.state == ChangeState::Running) {
        return Err(Error::conflict("error-retype-running"));
    }
    let to = target(&stored.def, wish);
    if !castable(&stored.def, &to) {
        return Err(Error::invalid("type", "error-retype-pair"));
    }
    // Its list may still be empty: what is missing is what the preview tells.
    Error::of_fields(check(&to).into_iter().filter(|wrong| wrong.code != "error-field-items").collect())?;
    Ok(Preview {
        version: stored.version,
        from: stored.def,
        to,
        how,
        kept: 0,
        changed: 0,
        lost: 0,
        changed_examples: Vec::new(),
        lost_examples: Vec::new(),
        missing: Labels::default(),
        looked: 0,
        after: 0,
    })
}

impl Preview {
    /// Looks for missing choices in some more values; answers whether there may be more.
    ///
    /// # Errors
    /// The database refuses.
    pub fn gather(&mut self, rd: &mut Rd<'_>) -> Result<bool> {
        let some = values::stored(rd, self.from.object, &self.from.key, i64::MAX, self.after, CHUNK)?;
        for (_, value) in &some {
            self.missing.note(missing(value, &self.from, &self.to, &self.how));
        }
        self.after = some.last().map_or(0, |(id, _)| *id);
        Ok(self.after > 0)
    }

    /// Offers the missing choices as if they were in the list.
    pub fn offer(&mut self) {
        self.missing.offer(&mut self.to);
    }

    /// Counts some more values; answers whether there may be more.
    ///
    /// # Errors
    /// The database refuses.
    pub fn count(&mut self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<bool> {
        let some = values::stored(rd, self.from.object, &self.from.key, i64::MAX, self.after, CHUNK)?;
        for (id, value) in &some {
            let (after, why) = match cast(value, &self.from, &self.to, &self.how) {
                Outcome::Kept(_) => {
                    self.kept += 1;
                    continue;
                }
                Outcome::Changed(after, why) => {
                    self.changed += 1;
                    (Some(after), why)
                }
                Outcome::Lost(why) => {
                    self.lost += 1;
                    (None, why)
                }
            };
            let room = if after.is_some() { &mut self.changed_examples } else { &mut self.lost_examples };
            if room.len() < EXAMPLES && self.looked < LOOKED {
                self.looked += 1;
                let before = in_words(&self.from, value, &self.how);
                room.extend(seen(rd, frame, &self.from, *id)?.map(|(name, href)| Example { id: *id, name, href, before, after, why }));
            }
        }
        self.after = some.last().map_or(0, |(id, _)| *id);
        Ok(self.after > 0)
    }

    /// Whether the rules and forms that name the field bear the new type.
    ///
    /// # Errors
    /// Invalid, with each that does not.
    pub fn borne(&self, rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<()> {
        borne(rd, frame, &self.to)
    }
}

pub(super) fn borne(rd: &mut Rd<'_>, frame: Frame<'_>, to: &FieldDef) -> Result<()> {
    if to.object != Object::Ticket {
        return Ok(());
    }
    let catalogue = frame.desk.catalogue(rd)?;
    let field = |key: &str| if key == to.key { Some(to.clone()) } else { catalogue.fields().by_key(Object::Ticket, key).cloned() };
    let lang = frame.actor.lang;
    let mut wrong = Vec::new();
    for row in settings::list(rd, RULE)? {
        let rule: RuleDef = serde_json::from_str(&row.data).map_err(Error::internal)?;
        let names = rule.when.iter().any(|one| one.field == to.key) || rule.then.iter().any(|one| one.field == to.key);
        if names && !check_rule(&rule, &field).is_empty() {
            wrong.push(FieldError::new("type", "error-retype-rule").arg("name", rule.names.get(lang)));
        }
    }
    for row in settings::list(rd, FORM)? {
        let form: FormDef = serde_json::from_str(&row.data).map_err(Error::internal)?;
        let names = form.sections.iter().any(|section| section.when.iter().any(|one| one.field == to.key));
        if names && !check_form(&form, &field).is_empty() {
            wrong.push(FieldError::new("type", "error-retype-rule").arg("name", form.names.get(lang)));
        }
    }
    Error::of_fields(wrong)
}

/// The name and the page of a record, when the viewer may see it and the field on it.
pub(super) fn seen(rd: &mut Rd<'_>, frame: Frame<'_>, def: &FieldDef, id: i64) -> Result<Option<(String, String)>> {
    let actor = frame.actor;
    let shows = |hides: Hides, tenant: OrganisationId| !actor.hidden_in(hides, tenant).contains(def.property().as_str());
    let found = match def.object {
        Object::Ticket => serve::see(rd, frame, TicketId::new(id)).map(|seen| {
            let knows = seen.inner || def.audience != Audience::Desk;
            let shown = knows && shows(Hides::Ticket, seen.ticket.tenant);
            shown.then(|| (seen.ticket.title, format!("/desk/tickets/{id}")))
        }),
        Object::Person => actor
            .persons(Verb::PersonSee)
            .get(rd, PersonId::new(id))
            .map(|person| shows(Hides::Person, person.tenant).then(|| (person.name, format!("/desk/people/{id}")))),
        Object::Organisation => actor
            .organisations(Verb::OrganisationSee)
            .get(rd, OrganisationId::new(id))
            .map(|found| shows(Hides::Organisation, found.tenant).then(|| (found.name, format!("/desk/orgs/{id}")))),
        Object::Service => actor
            .services(Verb::ServiceSee)
            .get(rd, ServiceId::new(id))
            .map(|found| shows(Hides::Service, found.tenant).then(|| (found.name, format!("/admin/services/{id}")))),
    };
    match found {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        found => found,
    }
}
