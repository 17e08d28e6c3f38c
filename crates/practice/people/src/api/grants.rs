//! `/api/v1/grants`: who holds which role where.

use access::{Verb, store};
use api_kit::{List, Posted, RequestKeyed as _};
use axum::extract::State;
use http::StatusCode;
use kernel::{Error, Id, PageRequest, PersonId};
use party::{TenantId, Wanted};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Path, Query, Result, Viewer};

use super::asker;
use crate::actions::role::{grant as granting, revoke as revoking};
use crate::dto::{GrantOut, NamedRef};
use crate::{permit, serve};

/// By person, or by role and tenant.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// The roles of this person; at most 500, in one page.
    person: Option<i64>,
    /// Who holds this role.
    #[param(max_length = 64, example = "operator")]
    #[serde(default, deserialize_with = "api_kit::short::<64, _>")]
    role: Option<String>,
    /// Where it is held; 0: in all tenants; without it: in the tenant of whoever asks.
    tenant: Option<i64>,
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "api_kit::rows")]
    limit: Option<u32>,
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "api_kit::short::<2000, _>")]
    cursor: Option<String>,
}

/// The roles of a person, or the holders of a role. Name one of the two.
#[utoipa::path(get, path = "/api/v1/grants", tag = "roles", operation_id = "listGrants", params(ListParams), responses((status = 200, body = List<GrantOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Query(params): Query<ListParams>) -> Result<axum::Json<List<GrantOut>>> {
    let listed = serve::read(&app, &viewer, "api.grants", move |rd, actor| match (params.person, params.role) {
        (Some(person), role) => {
            let person = permit::person(rd, actor, Id::new(person), Verb::PersonSee)?;
            let rows = store::grant::of_person(rd, person.id)?;
            let oneself = actor.person == Some(person.id);
            let seen = rows.into_iter().filter(|g| oneself || actor.may(Verb::RoleSee, g.tenant));
            let wanted = seen.filter(|g| role.as_ref().is_none_or(|r| *r == g.role) && params.tenant.is_none_or(|t| t == g.tenant.raw()));
            let items = wanted.map(|g| GrantOut {
                person: NamedRef::new(person.id.raw(), person.name.as_str()),
                role: g.role,
                tenant: g.tenant.raw(),
                granted_at: Some(g.granted_at.to_rfc3339()),
            });
            Ok(List { items: items.collect(), next: None })
        }
        (None, Some(role)) => {
            let tenant = permit::tenant(rd, actor, params.tenant.map(Id::new), Verb::RoleSee)?;
            let request = PageRequest { limit: params.limit, cursor: params.cursor };
            let page = store::grant::holders(rd, tenant, &role, &request)?;
            let scope = actor.persons(Verb::PersonSee);
            let mut items = Vec::new();
            for holder in page.rows {
                if scope.reaches(rd, holder.person)? {
                    let person = NamedRef::new(holder.person.raw(), holder.name);
                    items.push(GrantOut { person, role: role.clone(), tenant: tenant.raw(), granted_at: None });
                }
            }
            Ok(List { items, next: page.next })
        }
        (None, None) => Err(Error::invalid("role", "error-required")),
    })
    .await?;
    Ok(axum::Json(listed))
}

/// A role to give.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantIn {
    person: i64,
    #[schema(example = "operator", max_length = 64)]
    role: String,
    /// Where; 0: in all tenants.
    tenant: i64,
}

/// Gives somebody a role. Nobody gives away more than they have.
#[utoipa::path(post, path = "/api/v1/grants", tag = "roles", operation_id = "grantRole", request_body = GrantIn, responses((status = 200, body = GrantOut)))]
pub async fn grant(State(app): State<App>, viewer: Viewer, posted: Posted<GrantIn>) -> Result<axum::Json<GrantOut>> {
    let key = posted.key.stored(asker(&viewer)?, "role.grant");
    let body = posted.body;
    let (role, tenant): (String, TenantId) = (body.role.clone(), Id::new(body.tenant));
    let id =
        serve::act(&app, &viewer, "role.grant", key, move |tx, frame| granting::grant(tx, frame, Id::new(body.person), &body.role, tenant))
            .await?;
    let name =
        serve::read_bounded(&app, &viewer, "api.grant", move |rd, _| Ok(Wanted::default().person(id).load(rd)?.person_name(id).to_owned()))
            .await?;
    Ok(axum::Json(GrantOut { person: NamedRef::new(id.raw(), name), role, tenant: tenant.raw(), granted_at: None }))
}

/// Takes a role away.
#[utoipa::path(delete, path = "/api/v1/grants/{tenant}/{role}/{person}", tag = "roles", operation_id = "revokeRole",
    params(("tenant" = i64, Path, description = "Where it is held; 0: in all tenants"), ("role" = String, Path, description = "The role"), ("person" = i64, Path, description = "The person")),
    responses((status = 204, description = "It is taken away")))]
pub async fn revoke(
    State(app): State<App>,
    viewer: Viewer,
    Path((tenant, role, person)): Path<(TenantId, String, PersonId)>,
) -> Result<StatusCode> {
    serve::act(&app, &viewer, "role.revoke", None, move |tx, frame| revoking::revoke(tx, frame, person, &role, tenant)).await?;
    Ok(StatusCode::NO_CONTENT)
}
