//! A person with a log-in and roles.

use access::{Actor, SYSTEM};
use db::{Db, Tx};
use kernel::{Error, OrganisationId, PersonId, Result, fold};
use party::store::{account, organisation};
use party::{AddressKind, NewAddress, PersonData, SHARED};
use people::Frame;
use people::actions::person::create::NewPerson;
use people::actions::{person, role};

/// A user to be.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Also the address, when it looks like one.
    pub login: String,
    pub name: String,
    /// Name or number of a tenant; none: the only one there is.
    pub organisation: Option<String>,
    /// Keys of roles, granted in the tenant.
    pub roles: Vec<String>,
}

/// Makes the person with the log-in and the roles, all or nothing.
///
/// # Errors
/// The log-in is taken; there is no such organisation or role.
pub fn add(db: &Db, new: &NewUser) -> Result<PersonId> {
    let (new, act) = (new.clone(), super::act());
    db.write_wait("user.add", move |tx| {
        let actor = Actor::system();
        let frame = Frame { actor: &actor, act: &act };
        let tenant = tenant(tx, new.organisation.as_deref())?;
        let addresses = if new.login.contains('@') { vec![NewAddress::main(AddressKind::Email, new.login.trim())] } else { Vec::new() };
        let wanted = NewPerson { data: PersonData::named(new.name.trim()), organisation: Some(tenant), addresses, ..NewPerson::default() };
        let id = person::create::create(tx, frame, &wanted)?;
        account::insert(tx, id, &new.login, act.now)?;
        for key in &new.roles {
            // The administrator's role is for the installation, every other one for its tenant.
            let place = if key == SYSTEM { SHARED } else { tenant };
            role::grant::grant(tx, frame, id, key, place)?;
        }
        Ok(id)
    })
}

fn tenant(tx: &mut Tx<'_>, named: Option<&str>) -> Result<OrganisationId> {
    let tenants = organisation::tenants(tx)?;
    let found = match named {
        Some(name) => {
            let key = fold(name);
            tenants.iter().find(|it| it.name_key == key || it.id.to_string() == name)
        }
        None if tenants.len() == 1 => tenants.first(),
        None => None,
    };
    found.map(|it| it.id).ok_or_else(|| Error::invalid("organisation", "error-required"))
}
