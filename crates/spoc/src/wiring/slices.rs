//! The slices of this desk.

use std::sync::Arc;

use api_kit::{Route, Slice};
use axum::{Extension, Router};
use events::chain::Signer;
use notify::Bell;
use notify::push::key::Keeper;
use search::Search;
use sessions::Sessions;
use ticket::Desk;
use utoipa::openapi::OpenApi;
use web_kit::{App, NavEntry, SideSection};

use crate::backup::scheduled::Plan;

/// All slices of one process.
pub fn all(sessions: &Arc<Sessions>, search: &Search, signer: &Arc<Signer>, backups: &Plan) -> Vec<Slice> {
    vec![
        sessions::slice(Arc::clone(sessions)),
        console::slice(),
        people::slice(),
        forms::slice(),
        privacy::slice(),
        notify::slice(),
        work::slice(),
        portal::slice(),
        rest::slice(),
        search::slice(search.clone()),
        import::slice(),
        export::slice(),
        audit::slice(Arc::clone(signer), backups.said()),
        crate::jobs::slice(),
    ]
}

/// The slices joined: their router, the description of their endpoints, their doors.
pub struct Joined {
    pub router: Router<App>,
    pub openapi: OpenApi,
    /// Pages only; endpoints stand in the description.
    pub routes: Vec<Route>,
    pub navigation: Vec<NavEntry>,
    /// In their order.
    pub sections: Vec<SideSection>,
}

/// What tells people of something new.
#[derive(Clone)]
pub struct Told {
    pub bell: Arc<Bell>,
    /// The key by which push services know the desk.
    pub keeper: Arc<Keeper>,
}

/// Joins slices; `desk`, `files`, `search` and the parts of `told` become arguments of their handlers.
pub fn join(slices: Vec<Slice>, desk: &Arc<Desk>, files: &files::Files, search: &Search, told: &Told) -> Joined {
    let mut joined =
        Joined { router: Router::new(), openapi: OpenApi::default(), routes: Vec::new(), navigation: Vec::new(), sections: Vec::new() };
    let mut descriptions = Vec::new();
    for slice in slices {
        let (api, description) = slice.api.split_for_parts();
        joined.router = joined.router.merge(slice.pages).merge(api);
        joined.routes.extend(slice.routes);
        joined.navigation.extend(slice.navigation);
        joined.sections.extend(slice.sections);
        descriptions.push(description);
    }
    joined.sections.sort_by_key(|section| section.order);
    debug_assert_eq!(api_kit::clashes(&descriptions), [""; 0], "two schemas of one name");
    joined.openapi = api_kit::document(descriptions);
    joined.router = joined.router.layer(Extension(Arc::clone(desk))).layer(Extension(files.clone())).layer(Extension(search.clone()));
    joined.router = joined.router.layer(Extension(Arc::clone(&told.bell))).layer(Extension(Arc::clone(&told.keeper)));
    joined
}
