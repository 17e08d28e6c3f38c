//! What must fit between a mapping and itself, the columns of a file, and the configuration of the desk.

use std::collections::BTreeSet;

use settings::field::{FieldDef, Object};
use ticket::{Catalogue, KindDef, fields};

use super::mistake::proposal;
use super::{Mapping, Mistake, Mistakes, Public, Said, Value};
use crate::custom::fills;

impl Mapping {
    /// What contradicts itself.
    pub(super) fn faults(&self) -> Vec<Mistake> {
        let mut found = Vec::new();
        let rules: Vec<&str> = self.persons.keys().map(String::as_str).collect();
        for said in self.named_persons() {
            if !rules.contains(&said.text.as_str()) {
                let message = format!("there is no [persons.{}]{}", said.text, proposal(&said.text, rules.iter().copied()));
                found.push(Mistake { line: said.line, message });
            }
        }
        for (name, keys) in [("impact", fields::IMPACTS), ("urgency", fields::URGENCIES), ("priority", fields::PRIORITIES)] {
            for said in self.fields.values().filter(|(field, _)| *field == name).flat_map(|(_, value)| value.targets()) {
                found.extend(unknown(name, said, keys.iter().copied()));
            }
        }
        found
    }

    fn named_persons(&self) -> impl Iterator<Item = &Said> {
        let fields = self.fields.people().map(|(_, field)| &field.person);
        let authors = self.messages.iter().filter_map(|message| message.author.as_ref());
        let later = self.later.iter().filter_map(|later| later.actor.as_ref());
        fields.chain(authors).chain(later).chain(&self.actor)
    }

    /// Every column that is read.
    pub fn columns(&self) -> Vec<&Said> {
        let mut all: Vec<&Said> = vec![&self.case.number, &self.time.0];
        all.extend(self.later.iter().map(|later| &later.column));
        for value in self.values() {
            all.extend(value.columns());
        }
        all.extend(self.persons.values().flat_map(|person| &person.key));
        all
    }

    fn values(&self) -> Vec<&Value> {
        let mut all: Vec<&Value> = self.fields.values().map(|(_, value)| value).collect();
        all.extend(self.custom.values());
        all.extend([&self.case.title, &self.case.description, &self.teams.note].into_iter().flatten());
        all.extend(self.persons.values().flat_map(|person| person.values()));
        for message in &self.messages {
            all.push(&message.text);
            if let Public::By(value) = &message.public {
                all.push(value);
            }
        }
        all
    }

    /// Whether the file has the columns that are read.
    ///
    /// # Errors
    /// Each column that it does not have.
    pub fn fits(&self, header: &[String]) -> Result<(), Mistakes> {
        let known = || header.iter().map(String::as_str);
        let named = self.columns().into_iter().chain(&self.file.ignore);
        let lost = named.filter(|said| !known().any(|name| name == said.text));
        let list = lost.map(|said| Mistake {
            line: said.line,
            message: format!("the file has no column {}{}", said.text, proposal(&said.text, known())),
        });
        self.all(list.collect())
    }

    /// The columns of the file that the mapping neither reads nor leaves out on purpose.
    pub fn unused(&self, header: &[String]) -> Vec<String> {
        let used: BTreeSet<&str> = self.columns().into_iter().chain(&self.file.ignore).map(|said| said.text.as_str()).collect();
        header.iter().filter(|name| !used.contains(name.as_str())).cloned().collect()
    }

    /// Whether the desk has the kind, the states and the codes that are named.
    ///
    /// # Errors
    /// Everything that it does not have.
    pub fn suits(&self, catalogue: &Catalogue, tenant: i64, kind: &KindDef) -> Result<(), Mistakes> {
        let mut list = Vec::new();
        let states = || kind.states.iter().map(|s| s.key.as_str());
        for extra in &self.states {
            if kind.state(&extra.key.text).is_some_and(|state| state.category != extra.category) {
                let message = format!("{}: the kind {} has it in another category", extra.key.text, kind.key);
                list.push(Mistake { line: extra.key.line, message });
            }
            list.extend(unknown("like", &extra.like, states()));
        }
        let added = || states().chain(self.states.iter().map(|s| s.key.text.as_str())).collect::<BTreeSet<_>>().into_iter();
        let known: Vec<&str> = added().collect();
        let mut named: Vec<&Said> = self.fields.state.iter().flat_map(Value::targets).collect();
        named.extend(self.later.iter().map(|later| &later.state));
        named.extend(self.fields.people().flat_map(|(_, field)| &field.unless_state));
        list.extend(named.into_iter().filter_map(|said| unknown("state", said, known.iter().copied())));
        let codes: Vec<&str> = catalogue.codes().iter().map(|code| code.key.as_str()).collect();
        for said in self.fields.resolution_code.iter().flat_map(Value::targets) {
            list.extend(unknown("resolution_code", said, codes.iter().copied()));
        }
        list.extend(self.strange(catalogue, tenant, kind));
        self.all(list)
    }

    /// Custom fields that such tickets do not have, or that files cannot fill.
    fn strange(&self, catalogue: &Catalogue, tenant: i64, kind: &KindDef) -> Vec<Mistake> {
        let here = |def: &&FieldDef| def.kinds.is_empty() || def.kinds.contains(&kind.key);
        let all: Vec<&FieldDef> = catalogue.fields().of_object(Object::Ticket, tenant).filter(here).collect();
        let mistake = |(key, value): (&String, &Value)| {
            let line = value.line;
            match all.iter().find(|def| def.key == *key) {
                None => {
                    let said = Said { text: key.clone(), line };
                    unknown("custom", &said, all.iter().map(|def| def.key.as_str()).collect::<Vec<_>>())
                }
                Some(def) if !fills(def.ty) => Some(Mistake { line, message: format!("custom: a file cannot fill {key}") }),
                Some(_) => None,
            }
        };
        self.custom.iter().filter_map(mistake).collect()
    }

    fn all(&self, mut list: Vec<Mistake>) -> Result<(), Mistakes> {
        if list.is_empty() {
            return Ok(());
        }
        list.sort_by_key(|m| m.line);
        list.dedup();
        Err(Mistakes { file: self.file_name.clone(), list })
    }

    /// The mistake of naming a kind that the desk does not have.
    pub fn no_kind<'a>(&self, known: impl IntoIterator<Item = &'a str> + Clone) -> Mistakes {
        let message = format!("kind: unknown value {}{}", self.kind.text, proposal(&self.kind.text, known));
        Mistakes { file: self.file_name.clone(), list: vec![Mistake { line: self.kind.line, message }] }
    }
}

fn unknown<'a>(name: &str, said: &Said, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<Mistake> {
    if known.clone().into_iter().any(|key| key == said.text) {
        return None;
    }
    Some(Mistake { line: said.line, message: format!("{name}: unknown value {}{}", said.text, proposal(&said.text, known)) })
}
