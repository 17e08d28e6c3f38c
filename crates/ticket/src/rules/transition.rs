//! Whether a ticket may go from one state to another.

use kernel::{Error, FieldError, Result};

use crate::catalogue::{Children, KindDef, Requirement, StateDef, Taker, TransitionDef};
use crate::{Category, Ticket};

/// What is known about the ticket's surroundings when it is to leave the open states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Around {
    pub open_children: usize,
    pub open_blockers: usize,
}

/// Who wants the step.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    pub staff: bool,
    /// Whether they may take a requester's step as its requester would.
    pub requester: &'a dyn Fn(&TransitionDef) -> bool,
}

/// The step, if the graph has it and this sort of person may take it. Verbs and roles are checked by
/// the caller.
///
/// # Errors
/// Conflict with the states that can be reached instead.
pub fn step<'k>(kind: &'k KindDef, ticket: &Ticket, to: &str, asker: Asker<'_>) -> Result<(&'k TransitionDef, &'k StateDef)> {
    let known = kind.state(to).ok_or_else(|| Error::invalid("state", "error-state-unknown").field_arg("state", to))?;
    let step = kind.transitions.iter().find(|t| t.from == ticket.state && t.to == to && takes(t, asker));
    match step {
        Some(step) => Ok((step, known)),
        None => {
            let reachable: Vec<&str> =
                kind.transitions.iter().filter(|t| t.from == ticket.state && takes(t, asker)).map(|t| t.to.as_str()).collect();
            Err(Error::conflict("error-transition").arg("from", &ticket.state).arg("to", to).arg("allowed", reachable.join(", ")))
        }
    }
}

fn takes(step: &TransitionDef, asker: Asker<'_>) -> bool {
    step.by.iter().any(|taker| match taker {
        Taker::Staff => asker.staff,
        Taker::Requester => (asker.requester)(step),
    })
}

/// What must be there before the state is entered: given now or stored before.
///
/// # Errors
/// Invalid, with each thing that is missing.
pub fn requirements(state: &StateDef, has_code: bool, has_report: bool) -> Result<()> {
    let missing = state
        .requires
        .iter()
        .filter_map(|requirement| match requirement {
            Requirement::ResolutionCode if !has_code => Some(FieldError::new("resolution_code", "error-resolution-code-missing")),
            Requirement::ResolutionReport if !has_report => Some(FieldError::new("resolution_report", "error-resolution-report-missing")),
            _ => None,
        })
        .collect();
    Error::of_fields(missing)
}

/// Whether a ticket may leave the open states now.
///
/// # Errors
/// Conflict: a child or a blocker is open.
pub fn may_end(kind: &KindDef, from: Category, to: Category, around: Around) -> Result<()> {
    if !from.is_open() || to.is_open() || to == Category::Cancelled {
        return Ok(());
    }
    if around.open_blockers > 0 {
        return Err(Error::conflict("error-blocked").arg("count", around.open_blockers));
    }
    if around.open_children > 0 && kind.children == Children::Block {
        return Err(Error::conflict("error-children-open").arg("count", around.open_children));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;

    fn kind(key: &str) -> KindDef {
        Catalogue::delivered().expect("readable").kind(kernel::Id::new(0), key).expect("delivered").clone()
    }

    #[test]
    fn a_parent_waits_for_its_children_unless_it_takes_them_along() {
        let open = Around { open_children: 2, open_blockers: 0 };
        let refused = may_end(&kind("request"), Category::Active, Category::Resolved, open).expect_err("blocked");
        assert_eq!(refused.code(), "error-children-open");
        may_end(&kind("incident"), Category::Active, Category::Resolved, open).expect("cascades");
        may_end(&kind("request"), Category::Active, Category::Cancelled, open).expect("cancelling leaves the children alone");
        may_end(&kind("request"), Category::Active, Category::Waiting, open).expect("still open");
    }

    #[test]
    fn a_blocked_ticket_stays_open() {
        let blocked = Around { open_children: 0, open_blockers: 1 };
        let refused = may_end(&kind("question"), Category::Active, Category::Resolved, blocked).expect_err("blocked");
        assert_eq!(refused.code(), "error-blocked");
    }

    #[test]
    fn what_is_missing_is_named() {
        let incident = kind("incident");
        let solved = incident.state("solved").expect("there");
        let missing = requirements(solved, false, false).expect_err("both are missing");
        assert_eq!(missing.fields().len(), 2);
        requirements(solved, true, true).expect("complete");
    }
}
