//! Links and parents: added when both tickets are there.

use std::sync::Arc;

use access::Actor;
use db::{Db, Tx};
use futures_util::stream::{self, StreamExt as _};
use kernel::{Result, TicketId};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::link::link;
use ticket::{Frame, LinkKind};

use super::ids::Ids;
use super::{Ground, IN_FLIGHT, Progress, Stage, patiently};
use crate::model::{Link, Step, What};

pub(super) async fn all(db: &Db, ground: &Arc<Ground>, ids: &Ids, tickets: &[TicketId], progress: &mut impl FnMut(Progress)) -> Result<()> {
    let mut wanted = Vec::new();
    for (case, this) in ground.plan.cases.iter().zip(tickets) {
        for step in &case.steps {
            if let What::Link { link, other } = step.what {
                wanted.push((*this, link, tickets[other.index()], step.clone()));
            }
        }
    }
    let total = wanted.len();
    let ids = Arc::new(ids.clone());
    let mut running = stream::iter(wanted)
        .map(|(this, kind, other, step)| {
            let (ground, ids) = (Arc::clone(ground), Arc::clone(&ids));
            patiently(db, "demo.link", move |tx| add(tx, &ground, &ids, (this, kind, other), &step))
        })
        .buffered(IN_FLIGHT);
    let mut done = 0;
    while let Some(answer) = running.next().await {
        answer?;
        done += 1;
        progress(Progress { stage: Stage::Links, done, total });
    }
    Ok(())
}

fn add(tx: &mut Tx<'_>, ground: &Ground, ids: &Ids, (this, kind, other): (TicketId, Link, TicketId), step: &Step) -> Result<()> {
    let act = ground.act(step.by.map(|p| ids.person(p)), step.at);
    let frame = Frame { desk: &ground.desk, actor: &Actor::system(), act: &act };
    let (from, kind, to) = match kind {
        Link::ChildOf => {
            let patch = Patch { parent: Some(Some(other)), ..Patch::default() };
            return change(tx, frame, this, Base::Latest, &patch).map(drop);
        }
        Link::DuplicateOf => (this, LinkKind::Duplicate, other),
        Link::RelatesTo => (this, LinkKind::Relates, other),
        Link::BlockedBy => (other, LinkKind::Blocks, this),
        Link::CausedBy => (this, LinkKind::CausedBy, other),
    };
    link(tx, frame, from, kind, to).map(drop)
}
