//! `POST /desk/tickets/{number}/change`: one field or several, over the version that was read.

use access::Verb;
use kernel::{Error, TicketId};
use ticket::actions::change::{self as act, Base, Patch, Why};
use ticket::timeline::handover_label;
use ticket::{Frame, HandoverReason, actions};
use web_kit::{Path, Result};

use super::problem::{Form, Refusal};
use super::{refused, to_changed};
use crate::web::named::Named;
use crate::web::{Agent, Fields};

/// What the form wants, before names are looked up.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    patch: Patch,
    requester: Option<Named>,
    beneficiary: Option<Named>,
    organisation: Option<Named>,
    location: Option<Named>,
    service: Option<Named>,
    team: Option<Named>,
    owner_team: Option<Named>,
    assignee: Option<Named>,
    parent: Option<Named>,
}

pub async fn change(agent: Agent, Path(id): Path<TicketId>, fields: Fields) -> Result {
    let done = run(&agent, id, &fields).await;
    let form = if fields.is_set("solve") { Form::Solve } else { Form::Change };
    match done {
        Ok(()) => Ok(to_changed(id, "changed")),
        Err(error) => refused(&agent, id, Refusal { form, error, typed: fields, uploads: Vec::new() }).await,
    }
}

async fn run(agent: &Agent, id: TicketId, fields: &Fields) -> kernel::Result<()> {
    let wish = wish(fields)?;
    let base = fields.number("version")?.map_or(Base::Latest, Base::Since);
    agent
        .act("ticket.change", None, move |tx, frame| {
            let patch = wish.patch(tx, frame)?;
            actions::change::change(tx, frame, id, base, &patch).map(|_| ())
        })
        .await
}

fn wish(fields: &Fields) -> kernel::Result<Wish> {
    let set = |name| fields.get(name).map(str::to_owned);
    Ok(Wish {
        patch: Patch {
            title: set("title"),
            impact: fields.number("impact")?,
            urgency: fields.number("urgency")?,
            priority: fields.number("priority")?,
            state: set("state").filter(|s| !s.is_empty()),
            resolution_code: set("resolution_code").filter(|c| !c.is_empty()).map(Some),
            resolution_report: set("resolution_report"),
            confidential: set("confidential").map(|to| to == "1"),
            handover: why(fields)?,
            ..Patch::default()
        },
        requester: Named::of(fields, "requester")?,
        beneficiary: Named::of(fields, "beneficiary")?,
        organisation: Named::of(fields, "organisation")?,
        location: Named::of(fields, "location")?,
        service: Named::of(fields, "service")?,
        team: Named::of(fields, "team")?,
        owner_team: Named::of(fields, "owner_team")?,
        assignee: Named::of(fields, "assignee")?,
        parent: Named::of(fields, "parent")?,
    })
}

/// Why it goes to somebody else: words alone are a reason of their own.
fn why(fields: &Fields) -> kernel::Result<Option<Why>> {
    let words = fields.text("handover_words").to_owned();
    let reason = match fields.text("handover_reason") {
        "" if words.is_empty() => return Ok(None),
        "" => HandoverReason::Other,
        key => HandoverReason::from_key(key).ok_or_else(|| Error::invalid("handover_reason", "error-choice"))?,
    };
    Ok(Some(Why { reason, words }))
}

/// The reasons to choose from.
pub(super) fn handover_reasons(t: &i18n::T) -> Vec<ui::Choice> {
    HandoverReason::ALL.iter().map(|reason| ui::Choice::new(reason.key(), t.msg(handover_label(*reason)), false)).collect()
}

impl Wish {
    fn patch(&self, tx: &mut db::Tx<'_>, frame: Frame<'_>) -> kernel::Result<act::Patch> {
        let mut patch = self.patch.clone();
        patch.requester = self.requester.as_ref().map(|n| n.person(tx, frame, Verb::PersonSee)).transpose()?;
        patch.beneficiary = self.beneficiary.as_ref().map(|n| n.person(tx, frame, Verb::PersonSee)).transpose()?;
        patch.organisation = self.organisation.as_ref().map(|n| n.organisation(tx, frame)).transpose()?;
        patch.location = self.location.as_ref().map(|n| n.location(tx, frame)).transpose()?;
        patch.service = self.service.as_ref().map(|n| n.service(tx, frame)).transpose()?;
        patch.team = self.team.as_ref().map(|n| n.team(tx, frame)).transpose()?;
        patch.owner_team = self.owner_team.as_ref().map(|n| n.team(tx, frame)).transpose()?;
        patch.assignee = self.assignee.as_ref().map(|n| n.person(tx, frame, Verb::PersonSee)).transpose()?;
        patch.parent = self.parent.as_ref().map(|n| n.ticket(tx, frame)).transpose()?;
        Ok(patch)
    }
}
