//! The log as administrators read it: everything but what happens to tickets, whose timelines and rights
//! are their own.

use db::{Rd, params, sql};
use kernel::{Page, PageRequest, Result, SettingId, Time};
use party::Tenants;
use sea_query::{Expr, ExprTrait, Order, Query};

db::row! {
    /// An event as it is stored.
    pub struct Line {
        pub seq: i64,
        pub tenant: i64,
        pub object: String,
        pub object_id: i64,
        pub kind: String,
        pub occurred: Time,
        pub recorded: Time,
        pub actor_kind: String,
        pub actor: i64,
        pub cause: String,
        pub payload: String,
    }
}

/// Which events.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Who did it.
    pub person: Option<i64>,
    pub object: Option<String>,
    pub object_id: Option<i64>,
    pub kind: Option<String>,
    /// Recorded at this moment or later.
    pub from: Option<Time>,
    /// Recorded before.
    pub to: Option<Time>,
}

/// A page of the log, newest first, of these tenants.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn page(rd: &mut Rd<'_>, tenants: &Tenants, filter: &Filter, request: &PageRequest) -> Result<Page<Line>> {
    let mut query = Query::select();
    query
        .columns(["seq", "tenant_id", "object", "object_id", "kind", "occurred_at", "recorded_at"].map(|c| ("event", c)))
        .columns(["actor_kind", "actor_id", "cause", "payload"].map(|c| ("event", c)))
        .from("event")
        // A literal: the index of these events is chosen by it.
        .and_where(Expr::cust("\"event\".\"object\" <> 'ticket'"))
        .cond_where(tenants.condition("event"))
        .order_by(("event", "seq"), Order::Desc)
        .limit(u64::try_from(request.limit() + 1).unwrap_or(1));
    let col = |name: &'static str| Expr::col(("event", name));
    if let Some(before) = request.after::<i64>()? {
        query.and_where(col("seq").lt(before));
    }
    if let Some(person) = filter.person {
        query.and_where(col("actor_kind").eq("person")).and_where(col("actor_id").eq(person));
    }
    if let Some(object) = &filter.object {
        query.and_where(col("object").eq(object.as_str()));
    }
    if let Some(id) = filter.object_id {
        query.and_where(col("object_id").eq(id));
    }
    if let Some(kind) = &filter.kind {
        query.and_where(col("kind").eq(kind.as_str()));
    }
    if let Some(from) = filter.from {
        query.and_where(col("recorded_at").gte(from.0));
    }
    if let Some(to) = filter.to {
        query.and_where(col("recorded_at").lt(to.0));
    }
    Ok(Page::of(rd.select(&query)?, request.limit(), |line: &Line| line.seq))
}

db::row! {
    /// A configuration object with its newest change.
    pub struct Object {
        pub id: SettingId,
        pub tenant: i64,
        pub kind: String,
        pub key: String,
        pub version: i64,
        pub deleted: bool,
        pub updated: Time,
        pub by: i64,
    }
}

/// Configuration objects of these tenants, the latest changed first.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn objects(rd: &mut Rd<'_>, tenants: &Tenants, request: &PageRequest) -> Result<Page<Object>> {
    let mut query = Query::select();
    query
        .columns(["id", "tenant_id", "kind", "key", "version", "deleted", "updated_at", "updated_by"].map(|c| ("setting", c)))
        .from("setting")
        .cond_where(tenants.condition("setting"))
        .order_by(("setting", "updated_at"), Order::Desc)
        .order_by(("setting", "id"), Order::Desc)
        .limit(u64::try_from(request.limit() + 1).unwrap_or(1));
    if let Some((at, id)) = request.after::<(i64, i64)>()? {
        let (updated, own) = (Expr::col(("setting", "updated_at")), Expr::col(("setting", "id")));
        query.and_where(updated.clone().lt(at).or(updated.eq(at).and(own.lt(id))));
    }
    Ok(Page::of(rd.select(&query)?, request.limit(), |object: &Object| (object.updated.0, object.id.raw())))
}

/// One of them.
///
/// # Errors
/// Not found when there is none.
pub fn object(rd: &mut Rd<'_>, id: SettingId) -> Result<Object> {
    rd.one(
        sql!(Object, "SELECT id, tenant_id, kind, key, version, deleted, updated_at, updated_by FROM setting WHERE id = $1"),
        &params![id],
    )
}
