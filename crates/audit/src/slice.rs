//! The endpoints of this slice.

use std::sync::Arc;

use api_kit::{Slice, routes};
use axum::Extension;
use events::chain::Signer;

use crate::api;

/// What this slice gives to the desk; `signer` is the key of its data folder.
pub fn slice(signer: Arc<Signer>) -> Slice {
    let mut slice = Slice::new("audit").api(routes!(api::chain::show)).api(routes!(api::chain::heads));
    slice.api = slice.api.layer(Extension(signer));
    slice
}
