//! What an import stands on: the tenant, the kind with its states, who is known already.

use std::sync::Arc;

use db::{Db, Rd};
use kernel::{OrganisationId, Result as CoreResult, fold};
use party::store::organisation;
use ticket::{Catalogue, KindDef};

use crate::directory::Directory;
use crate::error::Result;
use crate::mapping::{Mapping, Mistake, Mistakes, TenantRule, extended};
use crate::store::directory;

/// The tenant that a mapping means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tenant {
    There(OrganisationId),
    /// To be made, under this name.
    New(String),
}

/// Read before a row is understood.
#[derive(Debug)]
pub(crate) struct Ground {
    pub tenant: Tenant,
    pub catalogue: Arc<Catalogue>,
    /// With the states that the mapping adds.
    pub kind: KindDef,
    /// Those of them that the kind does not have yet.
    pub new_states: Vec<String>,
    pub directory: Directory,
}

impl Ground {
    /// # Errors
    /// The mapping names a tenant, kind, state or code that the desk does not have.
    pub fn find(db: &Db, mapping: &Mapping) -> Result<Self> {
        let tenant = match mapping.only {
            Some(id) => Tenant::There(id),
            None => {
                let tenants = db.read_wait("import.tenants", organisation::tenants)?;
                let named: Vec<(OrganisationId, &str)> = tenants.iter().map(|t| (t.id, t.name.as_str())).collect();
                choose(&mapping.file_name, mapping.tenant.as_ref(), &named)?
            }
        };
        let catalogue = db.read_wait("import.catalogue", Catalogue::load).map(Arc::new)?;
        let id = if let Tenant::There(id) = tenant { id } else { OrganisationId::new(0) };
        let kind = catalogue.kind(id, &mapping.kind.text).cloned();
        let known = catalogue.kinds(id);
        let kind = kind.ok_or_else(|| mapping.no_kind(known.iter().map(|k| k.key.as_str())))?;
        mapping.suits(&catalogue, &kind)?;
        let more = extended(&kind, &mapping.states);
        let new_states = more.states[kind.states.len()..].iter().map(|s| s.key.clone()).collect();
        let source = mapping.source.clone();
        let directory = match tenant {
            Tenant::There(id) => {
                db.read_wait("import.directory", move |rd: &mut Rd<'_>| -> CoreResult<Directory> { directory::load(rd, id, &source) })?
            }
            Tenant::New(_) => Directory::default(),
        };
        Ok(Self { tenant, catalogue, kind: more, new_states, directory })
    }
}

pub(crate) fn choose(file: &str, rule: Option<&TenantRule>, tenants: &[(OrganisationId, &str)]) -> Result<Tenant, Mistakes> {
    let wrong = |line: usize, message: String| Mistakes { file: file.to_owned(), list: vec![Mistake { line, message }] };
    let names = || tenants.iter().map(|(_, name)| *name);
    let Some(rule) = rule else {
        return match tenants {
            [(only, _)] => Ok(Tenant::There(*only)),
            [] => Err(wrong(1, "the desk has no tenant yet; write [tenant] with name and create = true".into())),
            _ => Err(wrong(
                1,
                format!("the desk has several tenants; write [tenant] with one of: {}", names().collect::<Vec<_>>().join(", ")),
            )),
        };
    };
    let named: Vec<OrganisationId> = tenants.iter().filter(|(_, name)| fold(name) == fold(&rule.name.text)).map(|(id, _)| *id).collect();
    match (named.as_slice(), rule.create) {
        ([only], _) => Ok(Tenant::There(*only)),
        ([], true) => Ok(Tenant::New(rule.name.text.clone())),
        ([], false) => {
            let near = query::nearest(&rule.name.text, names()).first().map(|name| format!("; did you mean {name}?")).unwrap_or_default();
            Err(wrong(rule.name.line, format!("there is no tenant {}{near}", rule.name.text)))
        }
        _ => Err(wrong(rule.name.line, format!("several tenants are called {}", rule.name.text))),
    }
}
