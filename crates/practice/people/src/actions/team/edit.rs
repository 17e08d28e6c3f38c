//! Changing a team.

use access::{Actor, Object, Verb};
use db::{Rd, Tx};
use kernel::{PersonId, Result, TeamId};
use party::{Team, TeamData, store};

use crate::actions::person::edit::put;
use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// What to change; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patch {
    pub name: Option<String>,
    /// Support line, 1 to 3.
    pub line: Option<i64>,
    pub lead: Option<Option<PersonId>>,
    pub note: Option<String>,
    pub active: Option<bool>,
}

/// Changes a team from the version that was read; none: from the newest.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Stale`; a field is wrong.
pub fn edit(tx: &mut Tx<'_>, frame: Frame<'_>, id: TeamId, base: Option<i64>, patch: &Patch) -> Result<TeamId> {
    let team = permit::team(tx, frame.actor, id, Verb::TeamEdit)?;
    let version = check::base(base, team.version)?;
    let (after, fields) = apply(&team, patch);
    if fields.is_empty() {
        return Ok(id);
    }
    for field in &fields {
        permit::shown(frame.actor, Object::Team, team.tenant, field)?;
    }
    check_data(tx, frame.actor, &after, fields.contains(&"lead"))?;
    store::team::update(tx, id, version, &after, frame.act.now)?;
    record(tx, frame.act, team.tenant, log::Object::Team(id), "team.changed", &Payload::Fields { fields })?;
    Ok(id)
}

fn apply(team: &Team, patch: &Patch) -> (TeamData, Vec<&'static str>) {
    let mut after = TeamData { name: team.name.clone(), line: team.line, lead: team.lead, note: team.note.clone(), active: team.active };
    let mut fields = Vec::new();
    let mut set = |name: &'static str, changed: bool| {
        if changed {
            fields.push(name);
        }
    };
    let trimmed = |text: &Option<String>| text.as_deref().map(|t| t.trim().to_owned());
    set("name", put(&mut after.name, trimmed(&patch.name)));
    set("line", put(&mut after.line, patch.line));
    set("lead", put(&mut after.lead, patch.lead));
    set("note", put(&mut after.note, trimmed(&patch.note)));
    set("active", put(&mut after.active, patch.active));
    (after, fields)
}

pub(super) fn check_data(rd: &mut Rd<'_>, actor: &Actor, data: &TeamData, led: bool) -> Result<()> {
    check::text("note", &data.note, 10_000)?;
    if let Some(lead) = data.lead.filter(|_| led) {
        permit::active_person(rd, actor, "lead", lead)?;
    }
    Ok(())
}
