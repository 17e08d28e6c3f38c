//! People with their addresses and memberships.

use std::sync::Arc;

use db::{Db, Tx};
use futures_util::stream::{self, StreamExt as _};
use kernel::{PersonId, Result};
use party::store::{address, membership, person};
use party::{AddressKind, NewAddress, NewMembership, PersonData};

use super::ids::Ids;
use super::{Ground, IN_FLIGHT, Progress, Stage, patiently};

/// People made in one action: each is some 25 rows with the words they are found by.
const CHUNK: usize = 6;

/// Makes all people, in the order of the plan.
pub(super) async fn all(db: &Db, ground: &Arc<Ground>, ids: &Ids, progress: &mut impl FnMut(Progress)) -> Result<Vec<PersonId>> {
    let total = ground.plan.company.people.len();
    let ids = Arc::new(ids.clone());
    let mut made = Vec::with_capacity(total);
    let mut running = stream::iter((0..total).step_by(CHUNK))
        .map(|first| {
            let (ground, ids) = (Arc::clone(ground), Arc::clone(&ids));
            patiently(db, "demo.people", move |tx| {
                (first..total.min(first + CHUNK)).map(|place| one(tx, &ground, &ids, place)).collect::<Result<Vec<PersonId>>>()
            })
        })
        .buffered(IN_FLIGHT);
    while let Some(people) = running.next().await {
        made.extend(people?);
        progress(Progress { stage: Stage::People, done: made.len(), total });
    }
    Ok(made)
}

fn one(tx: &mut Tx<'_>, ground: &Ground, ids: &Ids, place: usize) -> Result<PersonId> {
    let company = &ground.plan.company;
    let it = &company.people[place];
    let since = ground.founded();
    let tenant = ids.organisation(company.organisation(it.organisation).tenant);
    let data = PersonData {
        title: it.title.clone(),
        lang: Some(it.lang),
        time_zone: Some(it.time_zone.clone()),
        location: Some(ids.location(it.location)),
        vip: it.vip,
        ..PersonData::named(it.name())
    };
    let id = person::insert(tx, tenant, &data, since)?;
    // The directory of the company vouches for the mail address.
    let email = NewAddress { verified_at: Some(since), ..NewAddress::main(AddressKind::Email, &it.email) };
    let mut addresses = vec![
        email,
        NewAddress::main(AddressKind::Phone, &it.phone),
        NewAddress::main(AddressKind::Room, &it.room),
        NewAddress::main(AddressKind::Tag, &it.device),
    ];
    addresses.extend(it.mobile.as_ref().map(|number| NewAddress::main(AddressKind::Mobile, number)));
    for new in &addresses {
        address::put(tx, id, new, since)?;
    }
    let belongs = NewMembership { role_title: it.title.clone(), ..NewMembership::main(ids.organisation(it.organisation), since) };
    membership::put(tx, id, &belongs, since)?;
    Ok(id)
}
