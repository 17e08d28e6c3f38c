//! The kinds of tickets as they are configured.

use axum::extract::State;
use serde::Serialize;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Result, Viewer};

use super::DeskRef;

/// A state of a kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StateDefOut {
    #[schema(example = "waiting")]
    pub key: String,
    /// In the reader's language.
    pub name: String,
    pub category: String,
    /// States that can follow.
    pub next: Vec<String>,
}

/// A kind of ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KindOut {
    #[schema(example = "incident")]
    pub key: String,
    pub name: String,
    #[schema(example = "INC")]
    pub prefix: String,
    pub initial: String,
    /// The fields of its form.
    pub form: Vec<String>,
    pub states: Vec<StateDefOut>,
}

/// How tickets are solved.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CodeOut {
    #[schema(example = "fixed")]
    pub key: String,
    pub name: String,
}

/// The configuration that tickets live by.
#[derive(Debug, Serialize, ToSchema)]
pub struct KindsOut {
    pub items: Vec<KindOut>,
    pub resolution_codes: Vec<CodeOut>,
}

/// The kinds of tickets with their states and transitions, and the resolution codes.
#[utoipa::path(get, path = "/api/v1/kinds", tag = "configuration", operation_id = "listKinds", responses((status = 200, body = KindsOut)))]
pub async fn kinds(State(app): State<App>, viewer: Viewer, desk: DeskRef) -> Result<axum::Json<KindsOut>> {
    let lang = viewer.t.lang();
    let out = serve::read_bounded(&app, &viewer, &desk, "api.kinds", move |rd, frame| {
        let catalogue = frame.desk.catalogue(rd)?;
        let items = catalogue
            .kinds(frame.actor.tenant)
            .into_iter()
            .map(|k| KindOut {
                key: k.key.clone(),
                name: k.names.get(lang).to_owned(),
                prefix: k.prefix.clone(),
                initial: k.initial.clone(),
                form: k.form.clone(),
                states: k
                    .states
                    .iter()
                    .map(|s| StateDefOut {
                        key: s.key.clone(),
                        name: s.names.get(lang).to_owned(),
                        category: s.category.key().to_owned(),
                        next: k.transitions.iter().filter(|t| t.from == s.key).map(|t| t.to.clone()).collect(),
                    })
                    .collect(),
            })
            .collect();
        let resolution_codes =
            catalogue.codes().iter().map(|c| CodeOut { key: c.key.clone(), name: c.names.get(lang).to_owned() }).collect();
        Ok(KindsOut { items, resolution_codes })
    })
    .await?;
    Ok(axum::Json(out))
}
