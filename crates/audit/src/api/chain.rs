//! `/api/v1/audit/chain` and its heads.

use std::sync::Arc;

use access::Verb;
use api_kit::{List, PageParams};
use axum::extract::State;
use axum::{Extension, Json};
use events::chain::{self, Signer};
use kernel::{Page, PageRequest};
use party::SHARED;
use serde::Serialize;
use utoipa::ToSchema;
use web_kit::{App, Query, Result, Viewer};

/// The newest link of the audit chain.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChainOut {
    /// How many links there are: one for each event that was ever linked, purged ones included.
    pub links: i64,
    /// Signed now; keep it elsewhere, and `spoc audit verify --heads` proves later that nothing up to here
    /// was changed or cut off. Absent while there is no link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<HeadOut>,
}

/// A signed link. Bytes are hexadecimal digits.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeadOut {
    /// How many links there were.
    #[schema(example = 5127)]
    pub place: i64,
    /// The number of the newest event.
    pub seq: i64,
    /// SHA-256 over all links up to here.
    pub link: String,
    /// RFC 3339.
    pub signed_at: String,
    /// Ed25519.
    pub public_key: String,
    pub signature: String,
}

impl HeadOut {
    fn of(head: chain::Head) -> Self {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Self {
            place: head.place,
            seq: head.seq,
            link: hex(&head.link),
            signed_at: head.signed_at.to_rfc3339(),
            public_key: hex(&head.public_key),
            signature: hex(&head.signature),
        }
    }
}

/// The audit chain with a fresh signed head. Needs `audit.see` for the whole installation
#[utoipa::path(get, path = "/api/v1/audit/chain", operation_id = "getAuditChain", tag = "audit",
    responses((status = 200, description = "The chain", body = ChainOut)))]
pub async fn show(State(app): State<App>, viewer: Viewer, Extension(signer): Extension<Arc<Signer>>) -> Result<Json<ChainOut>> {
    viewer.actor.require(Verb::AuditSee, SHARED)?;
    let now = viewer.act(&app)?.now;
    let newest = app.db.read_bounded("audit.chain", chain::newest).await?;
    let links = newest.map_or(0, |(place, _, _)| place);
    Ok(Json(ChainOut { links, head: newest.map(|newest| HeadOut::of(chain::sign(&signer, newest, now))) }))
}

/// The heads that the desk has signed, one an hour while something happened, newest first. Needs
/// `audit.see` for the whole installation
#[utoipa::path(get, path = "/api/v1/audit/heads", operation_id = "listAuditHeads", tag = "audit", params(PageParams),
    responses((status = 200, description = "Signed heads", body = List<HeadOut>)))]
pub async fn heads(State(app): State<App>, viewer: Viewer, Query(params): Query<PageParams>) -> Result<Json<List<HeadOut>>> {
    viewer.actor.require(Verb::AuditSee, SHARED)?;
    let request = PageRequest::from(params);
    let page = app.db.read("audit.heads", move |rd| {
        let below = request.after::<i64>()?.unwrap_or(i64::MAX);
        let rows = chain::heads(rd, below, request.limit() + 1)?;
        Ok(Page::of(rows, request.limit(), |head| head.place))
    });
    Ok(Json(List::of(page.await?, HeadOut::of)))
}
