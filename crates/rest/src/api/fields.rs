//! The custom fields as they are configured.

use access::Verb;
use axum::extract::State;
use kernel::OrganisationId;
use serde::Serialize;
use settings::field::{Audience, FieldDef, Object};
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Result, Viewer};

use super::DeskRef;

/// A value that can be chosen.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldItemOut {
    #[schema(example = "laptop")]
    pub key: String,
    /// In the reader's language.
    pub name: String,
    /// Of a tree: the key of the one above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// No longer offered.
    pub retired: bool,
}

/// A custom field. Its values stand in `fields` of the record, by key.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldOut {
    /// ticket person organisation service
    #[schema(example = "ticket")]
    pub object: String,
    #[schema(example = "asset_tag")]
    pub key: String,
    /// In the reader's language.
    pub name: String,
    pub help: String,
    /// text long_text number money date time choice several tree person file checkbox address
    #[serde(rename = "type")]
    #[schema(example = "choice")]
    pub ty: String,
    /// What the requester has of it: desk reads fills
    pub audience: String,
    /// Only tickets of these kinds; empty: all.
    pub kinds: Vec<String>,
    /// Only tickets for these services; empty: all.
    pub services: Vec<i64>,
    pub decimals: u8,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub currency: String,
    pub items: Vec<FieldItemOut>,
}

/// The custom fields that the reader may know.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldsOut {
    pub items: Vec<FieldOut>,
}

fn told(def: &FieldDef, lang: kernel::Lang) -> FieldOut {
    let item = |item: &settings::field::Item| FieldItemOut {
        key: item.key.clone(),
        name: item.names.get(lang).to_owned(),
        parent: item.parent.clone(),
        retired: item.retired,
    };
    FieldOut {
        object: def.object.key().to_owned(),
        key: def.key.clone(),
        name: def.names.get(lang).to_owned(),
        help: def.help.get(lang).to_owned(),
        ty: def.ty.key().to_owned(),
        audience: def.audience.key().to_owned(),
        kinds: def.kinds.clone(),
        services: def.services.clone(),
        decimals: def.decimals,
        currency: def.currency.clone(),
        items: def.items.iter().map(item).collect(),
    }
}

/// The custom fields of tickets, people, organisations and services that the reader may know.
#[utoipa::path(get, path = "/api/v1/fields", tag = "configuration", operation_id = "listFields", responses((status = 200, body = FieldsOut)))]
pub async fn fields(State(app): State<App>, viewer: Viewer, desk: DeskRef) -> Result<axum::Json<FieldsOut>> {
    let lang = viewer.t.lang();
    let out = serve::read_bounded(&app, &viewer, &desk, "api.fields", move |rd, frame| {
        let catalogue = frame.desk.catalogue(rd)?;
        let actor = frame.actor;
        let mut items = Vec::new();
        for object in Object::ALL {
            let hides = actor.hidden(hidden_by(*object));
            for (tenant, def) in catalogue.fields().everywhere(*object) {
                let here = if tenant == 0 { actor.tenant } else { OrganisationId::new(tenant) };
                let staff = actor.may(Verb::TicketSeeInternal, here);
                let seen = staff || (here == actor.tenant && *object == Object::Ticket && def.audience != Audience::Desk);
                if seen && !hides.contains(def.property().as_str()) {
                    items.push(told(def, lang));
                }
            }
        }
        Ok(FieldsOut { items })
    })
    .await?;
    Ok(axum::Json(out))
}

/// The object of roles that hides fields of this one.
const fn hidden_by(object: Object) -> access::Object {
    match object {
        Object::Ticket => access::Object::Ticket,
        Object::Person => access::Object::Person,
        Object::Organisation => access::Object::Organisation,
        Object::Service => access::Object::Service,
    }
}
