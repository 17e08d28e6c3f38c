//! Lists by cursor.

use kernel::{Page, PageRequest};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageParams {
    /// Rows wanted, 1 to 200; 50 when unsaid.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "crate::rows")]
    pub limit: Option<u32>,
    /// `next` of the page before.
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "crate::short::<2000, _>")]
    pub cursor: Option<String>,
}

impl From<PageParams> for PageRequest {
    fn from(params: PageParams) -> Self {
        PageRequest { limit: params.limit, cursor: params.cursor }
    }
}

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct List<T> {
    pub items: Vec<T>,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> List<T> {
    pub fn of<R>(page: Page<R>, item: impl FnMut(R) -> T) -> Self {
        let page = page.map(item);
        Self { items: page.rows, next: page.next }
    }
}
