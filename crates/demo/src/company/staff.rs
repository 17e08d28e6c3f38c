//! The people of IT: teams on three lines and those who lead them.

use super::people::{Job, Maker};
use super::shape::{Office, Shape, missing};
use crate::corpus::CorpusError;
use crate::dice::Dice;
use crate::model::{Role, Team};

/// The people above the teams, each with a role.
pub(super) fn leaders(maker: &mut Maker, dice: &mut Dice) -> Result<(), CorpusError> {
    let shape = maker.shape;
    for leader in &shape.teams.leader {
        let office = office(shape, &leader.office)?;
        let organisation =
            maker.organisation(&leader.department).ok_or_else(|| missing("company.toml", "department", &leader.department))?;
        let job = Job { title: &leader.title, organisation, role: leader.role, vip: leader.role == Role::Cio };
        maker.hire(dice, office, &job);
    }
    Ok(())
}

/// The teams with members of their own and members borrowed from teams before them.
pub(super) fn teams(maker: &mut Maker, dice: &mut Dice) -> Result<Vec<Team>, CorpusError> {
    let shape = maker.shape;
    let mut list: Vec<Team> = Vec::new();
    for data in &shape.teams.team {
        let organisation = maker.organisation(&data.department).ok_or_else(|| missing("company.toml", "department", &data.department))?;
        let mut members = Vec::new();
        for key in &data.staff {
            let office = office(shape, key)?;
            let job = Job { title: &data.title, organisation, role: data.role, vip: false };
            members.push(maker.hire(dice, office, &job));
        }
        for (key, count) in &data.also {
            let from = list.iter().find(|t| t.key == *key).ok_or_else(|| missing("teams.toml", "team", key))?;
            let mut others = from.members.clone();
            dice.shuffle(&mut others);
            others.truncate(*count);
            members.extend(others.into_iter().filter(|p| !members.contains(p)).collect::<Vec<_>>());
        }
        let lead = *members.first().ok_or_else(|| missing("teams.toml", "staff of", &data.key))?;
        list.push(Team {
            key: data.key.clone(),
            name: data.name.clone(),
            line: data.line,
            email: format!("{}@{}", data.key, shape.company.operator.domain),
            lead,
            members,
        });
    }
    Ok(list)
}

fn office<'a>(shape: &'a Shape, key: &str) -> Result<&'a Office, CorpusError> {
    shape.company.office.iter().find(|o| o.key == key).ok_or_else(|| missing("company.toml", "office", key))
}
