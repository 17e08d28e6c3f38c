//! From page and endpoint to a change of a field's type: its values are looked at in small reads, so that no
//! reader of the database is held for long.

use std::sync::Arc;

use i18n::key;
use kernel::{Error, Result};
use settings::changes::ChangeId;
use settings::field::cast::How;
use ticket::{Desk, serve};
use web_kit::{App, Viewer};

use crate::actions::retype::{self as action, Preview, Wish};

/// By which words and clock values become text and text values: those of whoever asks.
pub fn how(viewer: &Viewer) -> How {
    let t = &viewer.t;
    let word = |key: &str| t.msg(key).into_owned();
    How { zone: viewer.actor.time_zone.clone(), lang: t.lang(), yes: word(key!("yes")), no: word(key!("no")) }
}

/// What would become of all values.
///
/// # Errors
/// As [`action::begin`]; invalid when rules or forms do not bear the new type.
pub async fn preview(app: &App, viewer: &Viewer, desk: &Arc<Desk>, (object, key): (&str, &str), wish: &Wish) -> Result<Preview> {
    let (object, key, wanted, how) = (object.to_owned(), key.to_owned(), wish.clone(), how(viewer));
    let begin = move |rd: &mut db::Rd<'_>, frame: ticket::Frame<'_>| action::begin(rd, frame, (&object, &key), &wanted, how);
    let mut found = serve::read(app, viewer, desk, "field.retype.begin", begin).await?;
    let mut more = found.to.ty.chooses();
    while more {
        let gather = move |rd: &mut db::Rd<'_>, _: ticket::Frame<'_>| found.gather(rd).map(|more| (found, more));
        (found, more) = serve::read(app, viewer, desk, "field.retype.gather", gather).await?;
    }
    if wish.add {
        found.offer();
    }
    more = true;
    while more {
        let count = move |rd: &mut db::Rd<'_>, frame: ticket::Frame<'_>| found.count(rd, frame).map(|more| (found, more));
        (found, more) = serve::read(app, viewer, desk, "field.retype.count", count).await?;
    }
    serve::read(app, viewer, desk, "field.retype.borne", move |rd, frame| found.borne(rd, frame).map(|()| found)).await
}

/// Begins a change as it was shown: of that version of the field, and confirmed when values are lost.
///
/// # Errors
/// As [`preview`] and [`action::start`]; conflict when the field is of another version; invalid when values
/// are lost and nobody said that they may be.
pub async fn start(
    app: &App,
    viewer: &Viewer,
    desk: &Arc<Desk>,
    place: (&str, &str),
    wish: &Wish,
    (version, confirmed): (i64, bool),
) -> Result<ChangeId> {
    let found = preview(app, viewer, desk, place, wish).await?;
    if found.version != version {
        return Err(Error::conflict("error-setting-changed"));
    }
    if found.lost > 0 && !confirmed {
        return Err(Error::invalid("confirm", "error-retype-confirm").field_arg("count", found.lost));
    }
    serve::act(app, viewer, desk, "field.retype", None, move |tx, frame| action::start(tx, frame, &found)).await
}
