//! What a hand-over of team or person means for the other of the two.

use kernel::{PersonId, TeamId};

/// What is wanted and what is known.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// `None`: not asked for; `Some(None)`: nobody.
    pub team: Option<Option<TeamId>>,
    pub assignee: Option<Option<PersonId>>,
}

/// The team and person that follow. A new team drops the person unless that person is in it; a person
/// without a team brings the first of theirs.
pub fn settle(
    now: (Option<TeamId>, Option<PersonId>),
    wanted: Wanted,
    is_member: impl Fn(TeamId, PersonId) -> bool,
    first_team: impl Fn(PersonId) -> Option<TeamId>,
) -> (Option<TeamId>, Option<PersonId>) {
    let mut team = wanted.team.unwrap_or(now.0);
    let mut assignee = wanted.assignee.unwrap_or(now.1);
    if let (Some(team), Some(person), None) = (team, assignee, wanted.assignee)
        && wanted.team.is_some()
        && !is_member(team, person)
    {
        assignee = None;
    }
    if let Some(Some(person)) = wanted.assignee
        && wanted.team.is_none()
        && !team.is_some_and(|team| is_member(team, person))
    {
        team = first_team(person).or(team);
    }
    (team, assignee)
}

#[cfg(test)]
mod tests {
    use super::*;

    const L1: TeamId = TeamId::new(1);
    const L2: TeamId = TeamId::new(2);
    const ANA: PersonId = PersonId::new(10);
    const OLGA: PersonId = PersonId::new(20);

    fn run(now: (Option<TeamId>, Option<PersonId>), wanted: Wanted) -> (Option<TeamId>, Option<PersonId>) {
        let member = |team, person| (team == L1 && person == ANA) || (team == L2 && person == OLGA);
        let first = |person| if person == ANA { Some(L1) } else { Some(L2) };
        settle(now, wanted, member, first)
    }

    #[test]
    fn a_new_team_drops_a_stranger_and_keeps_a_member() {
        let to_l2 = Wanted { team: Some(Some(L2)), assignee: None };
        assert_eq!(run((Some(L1), Some(ANA)), to_l2), (Some(L2), None));
        assert_eq!(run((Some(L1), Some(OLGA)), to_l2), (Some(L2), Some(OLGA)));
    }

    #[test]
    fn a_person_brings_their_team_when_the_present_one_is_not_theirs() {
        let olga = Wanted { team: None, assignee: Some(Some(OLGA)) };
        assert_eq!(run((Some(L1), None), olga), (Some(L2), Some(OLGA)));
        let ana = Wanted { team: None, assignee: Some(Some(ANA)) };
        assert_eq!(run((Some(L1), None), ana), (Some(L1), Some(ANA)));
        let nobody = Wanted { team: None, assignee: Some(None) };
        assert_eq!(run((Some(L1), Some(ANA)), nobody), (Some(L1), None));
    }
}
