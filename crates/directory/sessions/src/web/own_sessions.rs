//! `/me/sessions`

use web_kit::{Path, Result, Viewer, see_other};

use super::Desk;
use crate::Own;
use crate::actions::end_sessions;
use crate::session::SessionId;

/// # Errors
/// It is not one's own session.
pub async fn end(desk: Desk, viewer: Viewer, Path(id): Path<SessionId>) -> Result {
    end_sessions::end(&desk, &Own::of(&viewer)?, id).await?;
    Ok(see_other("/me?done=session"))
}

/// # Errors
/// The database does not answer.
pub async fn end_others(desk: Desk, viewer: Viewer) -> Result {
    end_sessions::end_others(&desk, &Own::of(&viewer)?).await?;
    Ok(see_other("/me?done=sessions"))
}
