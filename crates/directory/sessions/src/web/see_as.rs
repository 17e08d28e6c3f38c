//! `/desk/people/{id}/see-as` and `/seeing/end`.

use access::Verb;
use axum::extract::State;
use kernel::{Error, PersonId};
use serde::Deserialize;
use ui::FormErrors;
use web_kit::{App, Form, Path, Result, Side, Viewer, html, see_other};

use super::{Desk, comes_back, refused, words};
use crate::Own;
use crate::actions::see_as;
use crate::views::see_as::SeeAsPage;

/// What the form says.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    reason: String,
}

/// # Errors
/// The person is out of reach.
pub async fn show(State(app): State<App>, desk: Desk, viewer: Viewer, Path(id): Path<PersonId>) -> Result {
    html(askama::Template::render(&page(&app, &desk, &viewer, id).await?))
}

/// # Errors
/// The person may not be seen so.
pub async fn begin(State(app): State<App>, desk: Desk, viewer: Viewer, Path(id): Path<PersonId>, Form(typed): Form<Typed>) -> Result {
    match see_as::begin(&desk, &Own::of(&viewer)?, id, &typed.reason).await {
        Ok(_) => Ok(see_other("/")),
        Err(error) if comes_back(&error) => {
            let mut page = page(&app, &desk, &viewer, id).await?;
            page.errors = words(&viewer.t, &error);
            page.reason = typed.reason;
            refused(html(askama::Template::render(&page)), error)
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(app: &App, desk: &Desk, viewer: &Viewer, id: PersonId) -> Result<SeeAsPage, web_kit::Fail> {
    let actor = std::sync::Arc::clone(&viewer.actor);
    let person = desk.db.read_bounded("see_as.page", move |rd| actor.persons(Verb::PersonSeeAs).get(rd, id)).await?;
    let t = viewer.t.clone();
    let chrome = viewer.chrome(app, Side::Console, t.with("sessions-see-as-title", &[("name", person.name.as_str().into())]));
    Ok(SeeAsPage { person: person.id, name: person.name, reason: String::new(), errors: FormErrors::new(), chrome, t })
}

/// # Errors
/// The database does not answer.
pub async fn end(desk: Desk, viewer: Viewer) -> Result {
    // A second press finds one's own desk.
    let Some(looker) = &viewer.actor.looker else { return Ok(see_other("/")) };
    let session = viewer.session.as_deref().and_then(|id| id.parse().ok()).ok_or_else(Error::unauthenticated)?;
    see_as::end(&desk, looker, session).await?;
    Ok(see_other(&format!("/desk/people/{}", viewer.actor.require_person()?)))
}
