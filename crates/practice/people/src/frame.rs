//! What every action of this crate is given.

use access::Actor;
use events::Act;

/// Who acts, when and why.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub actor: &'a Actor,
    pub act: &'a Act,
}
