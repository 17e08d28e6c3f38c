//! Tickets over REST: everything that console and portal can do to a ticket, and the event feed.
//!
//! What a reader may not know is absent from an answer: fields that their roles hide, and the desk's
//! own business for who is not of the desk.

mod api;
mod dto;

use api_kit::Slice;
use utoipa_axum::routes;

/// The endpoints of tickets, views, kinds and events.
pub fn slice() -> Slice {
    Slice::new("rest")
        .api(routes!(api::tickets::list, api::register::register))
        .api(routes!(api::tickets::count))
        .api(routes!(api::tickets::get, api::change::change))
        .api(routes!(api::bulk::start))
        .api(routes!(api::bulk::get))
        .api(routes!(api::bulk::undo))
        .api(routes!(api::timeline::timeline))
        .api(routes!(api::messages::list, api::messages::post))
        .api(routes!(api::messages::waiting))
        .api(routes!(api::messages::take_back))
        .api(routes!(api::confirm::confirm))
        .api(routes!(api::confirm::reopen))
        .api(routes!(api::undo::undo))
        .api(routes!(api::seen::see, api::seen::unsee))
        .api(routes!(api::merge::merge))
        .api(routes!(api::merge::unmerge))
        .api(routes!(api::split::split))
        .api(routes!(api::split::unsplit))
        .api(routes!(api::trash::list, api::trash::keep))
        .api(routes!(api::trash::discard))
        .api(routes!(api::trash::restore))
        .api(routes!(api::trash::remove))
        .api(routes!(api::links::list, api::links::link))
        .api(routes!(api::links::unlink))
        .api(routes!(api::involved::list, api::involved::involve))
        .api(routes!(api::involved::release))
        .api(routes!(api::unseal::unseal))
        .api(routes!(api::redact::redact))
        .api(routes!(api::secrets::list))
        .api(routes!(api::secrets::reveal))
        .api(routes!(api::why::why))
        .api(routes!(api::tags::tag))
        .api(routes!(api::tags::untag))
        .api(routes!(api::files::list, api::files::attach))
        .api(routes!(api::files::describe))
        .api(routes!(api::views::list, api::views::save))
        .api(routes!(api::views::arrange))
        .api(routes!(api::views::change, api::views::delete))
        .api(routes!(api::drafts::list))
        .api(routes!(api::drafts::get, api::drafts::keep, api::drafts::discard))
        .api(routes!(api::kinds::kinds))
        .api(routes!(api::fields::fields))
        .api(routes!(api::feed::feed))
        .api(routes!(api::feed::stream))
}
