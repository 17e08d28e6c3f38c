//! A slice: its pages with their doors, its endpoints, its jobs, its tables, its ways in.

use axum::Router;
use axum::handler::Handler;
use axum::routing::MethodFilter;
use http::Method;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
use web_kit::{App, NavEntry, SideSection};

use crate::Door;
use crate::door::Behind;

/// A route as it is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub method: Method,
    /// As the router has it, such as `/desk/tickets/{id}`.
    pub path: String,
    pub door: Door,
}

/// What a slice gives to the desk.
pub struct Slice {
    pub name: &'static str,
    pub routes: Vec<Route>,
    pub pages: Router<App>,
    pub api: OpenApiRouter<App>,
    pub navigation: Vec<NavEntry>,
    pub sections: Vec<SideSection>,
    pub migrations: &'static [db::Migration],
}

impl Slice {
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            routes: Vec::new(),
            pages: Router::new(),
            api: OpenApiRouter::new(),
            navigation: Vec::new(),
            sections: Vec::new(),
            migrations: &[],
        }
    }

    #[must_use]
    pub fn migrations(mut self, migrations: &'static [db::Migration]) -> Self {
        self.migrations = migrations;
        self
    }

    /// A page.
    #[must_use]
    pub fn get<H, T>(self, path: &str, door: Door, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.page(Method::GET, MethodFilter::GET, path, door, handler)
    }

    /// A form.
    #[must_use]
    pub fn post<H, T>(self, path: &str, door: Door, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.page(Method::POST, MethodFilter::POST, path, door, handler)
    }

    fn page<H, T>(mut self, method: Method, filter: MethodFilter, path: &str, door: Door, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.pages = self.pages.route(path, axum::routing::on(filter, Behind { door, handler }));
        self.routes.push(Route { method, path: path.to_owned(), door });
        self
    }

    /// Endpoints with their description: `slice.api(routes!(list, create))`. Their paths are full, from
    /// `/api/v1` on. The door is in the description: `security(())` is open, else signed in.
    #[must_use]
    pub fn api(mut self, routes: UtoipaMethodRouter<App>) -> Self {
        self.api = self.api.routes(routes);
        self
    }

    /// A part of the panel beside a ticket.
    #[must_use]
    pub fn beside(mut self, section: SideSection) -> Self {
        self.sections.push(section);
        self
    }

    /// A way in.
    #[must_use]
    pub fn nav(mut self, entry: NavEntry) -> Self {
        self.navigation.push(entry);
        self
    }
}
