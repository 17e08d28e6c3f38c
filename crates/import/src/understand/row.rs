//! One row: its moments, its properties, its messages.

use std::sync::Arc;

use kernel::Time;
use ticket::fields;
use ticket::rules::text;

use super::people::Named;
use super::{Spoken, Step, Understand, Want};
use crate::input::Record;
use crate::mapping::{Blank, PersonField, Public, Unmapped, Value};
use crate::party::{Party, Sort};
use crate::refusal::Reason;

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub reason: Reason,
    pub detail: String,
}

impl Fault {
    fn new(reason: Reason, field: &str, value: &str) -> Self {
        Self { reason, detail: if value.is_empty() { field.to_owned() } else { format!("{field}: {value}") } }
    }
    pub fn unmapped(field: &str, unmapped: Unmapped) -> Self {
        Self::new(Reason::Unmapped, field, &unmapped.0)
    }
    pub fn value(field: &str, value: &str) -> Self {
        Self::new(Reason::Value, field, &value.chars().take(80).collect::<String>())
    }
    pub fn unknown(field: &str, value: &str) -> Self {
        Self::new(Reason::Unknown, field, value)
    }
    fn missing(field: &str) -> Self {
        Self::new(Reason::Missing, field, "")
    }
}

impl Understand<'_> {
    /// The steps of a row, in the order of their moments.
    pub(super) fn row(&mut self, row: Record<'_>) -> Result<Vec<Step>, Fault> {
        let mapping = self.mapping;
        let at = self.moment(row, &mapping.time.0.text)?.ok_or_else(|| Fault::new(Reason::Moment, &mapping.time.0.text, ""))?;
        let by = match &mapping.actor {
            Some(rule) => self.person(&rule.text, row, at)?,
            None => None,
        };
        let state = self.state(row)?;
        let mut wants = self.wants(row, at, state.as_ref())?;
        if mapping.case.blank == Blank::Keep {
            wants.retain(|want| !want.is_nothing());
        }
        let spoken = self.spoken(row, at, by.as_ref())?;
        let line = row.row.line;
        let mut later = Vec::new();
        for moment in &mapping.later {
            let Some(at) = self.moment(row, &moment.column.text)? else { continue };
            let by = match &moment.actor {
                Some(rule) => self.person(&rule.text, row, at)?,
                None => None,
            };
            let state = self.state_of(&moment.state.text)?;
            later.push(Step { line, at, by, wants: vec![state], spoken: Vec::new(), counts: false });
        }
        later.sort_by_key(|step| step.at);
        // The state column says how it ended: it holds from the last moment on, and before that the
        // ticket was new.
        let first = match later.last_mut() {
            Some(last) => {
                if let Some(state) = state {
                    last.wants = vec![state];
                }
                Some(self.state_of(&self.kind.initial)?)
            }
            None => state,
        };
        let mut steps = vec![Step { line, at, by, wants: first.into_iter().chain(wants).collect(), spoken, counts: true }];
        steps.append(&mut later);
        Ok(steps)
    }

    /// The moment in a column; nothing when it is empty.
    fn moment(&self, row: Record<'_>, column: &str) -> Result<Option<Time>, Fault> {
        let text = row.get(column);
        if text.is_empty() {
            return Ok(None);
        }
        match self.mapping.time.1.parse(text) {
            None => Err(Fault::new(Reason::Moment, column, text)),
            Some(at) if at > self.now => Err(Fault::new(Reason::Future, column, text)),
            Some(at) => Ok(Some(at)),
        }
    }

    fn state(&self, row: Record<'_>) -> Result<Option<Want>, Fault> {
        match self.given("state", &self.mapping.fields.state, row)? {
            Some(key) => self.state_of(&key).map(Some),
            None if self.mapping.case.blank == Blank::Keep => Ok(None),
            None => Err(Fault::missing("state")),
        }
    }

    fn state_of(&self, key: &str) -> Result<Want, Fault> {
        let state = self.kind.state(key).ok_or_else(|| Fault::value("state", key))?;
        Ok(Want::State(state.key.clone(), state.category))
    }

    fn given(&self, field: &str, value: &Option<Value>, row: Record<'_>) -> Result<Option<String>, Fault> {
        match value {
            Some(value) => value.of_row(row).map_err(|e| Fault::unmapped(field, e)),
            None => Ok(None),
        }
    }

    /// Everything but the state.
    fn wants(&mut self, row: Record<'_>, at: Time, state: Option<&Want>) -> Result<Vec<Want>, Fault> {
        let of = &self.mapping.fields;
        let mut wants = Vec::new();
        type Grade = (&'static str, fn(&str) -> Option<i64>, fn(i64) -> Want);
        let grades: [(&Option<Value>, Grade); 3] = [
            (&of.impact, ("impact", fields::impact_of, Want::Impact)),
            (&of.urgency, ("urgency", fields::urgency_of, Want::Urgency)),
            (&of.priority, ("priority", fields::priority_of, Want::Priority)),
        ];
        for (value, (field, grade, want)) in grades {
            if let Some(key) = self.given(field, value, row)? {
                wants.push(want(grade(&key).ok_or_else(|| Fault::value(field, &key))?));
            }
        }
        type Place = fn(Option<Arc<Party>>) -> Want;
        let places: [(&Option<Value>, Sort, Place); 3] = [
            (&of.organisation, Sort::Organisation, Want::Organisation),
            (&of.location, Sort::Location, Want::Location),
            (&of.service, Sort::Service, Want::Service),
        ];
        for (value, sort, want) in places {
            if value.is_some() {
                let name = self.given(sort.key(), value, row)?;
                wants.push(want(name.map(|name| self.place(sort, &name)).transpose()?));
            }
        }
        if of.team.is_some() {
            let name = self.given("team", &of.team, row)?;
            wants.push(Want::Team(name.map(|name| self.team(&name, row)).transpose()?));
        }
        let people: [(&Option<PersonField>, Place); 3] =
            [(&of.requester, Want::Requester), (&of.beneficiary, Want::Beneficiary), (&of.assignee, Want::Assignee)];
        for (field, want) in people {
            let Some(field) = field else { continue };
            let named = !field.unless_state.iter().any(|said| matches!(state, Some(Want::State(key, _)) if *key == said.text));
            match self.named(&field.person.text, row, at)? {
                _ if !named => wants.push(want(None)),
                Named::Program => {}
                found => wants.push(want(found.somebody())),
            }
        }
        wants.extend(self.resolution(row)?);
        Ok(wants)
    }

    fn resolution(&self, row: Record<'_>) -> Result<Vec<Want>, Fault> {
        let of = &self.mapping.fields;
        let mut wants = Vec::new();
        if of.resolution_code.is_some() {
            let code = self.given("resolution_code", &of.resolution_code, row)?;
            if let Some(code) = code.as_ref().filter(|code| !self.catalogue.codes().iter().any(|known| known.key == **code)) {
                return Err(Fault::value("resolution_code", code));
            }
            wants.push(Want::Code(code));
        }
        if let Some(report) = self.given("resolution_report", &of.resolution_report, row)? {
            wants.push(Want::Report(text::body("resolution_report", &report).map_err(|_| Fault::value("resolution_report", &report))?));
        }
        Ok(wants)
    }

    fn spoken(&mut self, row: Record<'_>, at: Time, by: Option<&Arc<Party>>) -> Result<Vec<Spoken>, Fault> {
        let mut found = Vec::new();
        for rule in &self.mapping.messages {
            let Some(raw) = rule.text.of_row(row).map_err(|e| Fault::unmapped("text", e))? else { continue };
            let body = text::body("text", &raw).map_err(|_| Fault::value("text", &raw))?;
            let author = match &rule.author {
                Some(rule) => self.person(&rule.text, row, at)?,
                None => by.cloned(),
            };
            let public = match &rule.public {
                Public::Always(public) => *public,
                Public::By(value) => value.of_row(row).map_err(|e| Fault::unmapped("public", e))?.is_some_and(|word| word == "true"),
            };
            found.push(Spoken { kind: rule.kind, public, from_requester: rule.from_requester, author, body });
        }
        Ok(found)
    }
}
