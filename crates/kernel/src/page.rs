//! Paging by cursor: stable under inserts, bounded in cost.

use base64::Engine as _;

/// What a caller asks of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRequest {
    /// Rows wanted; see [`PageRequest::limit`].
    pub limit: Option<u32>,
    /// The opaque cursor of the page before.
    pub cursor: Option<String>,
}

impl PageRequest {
    pub const DEFAULT: u32 = 50;
    pub const MAX: u32 = 200;

    /// Rows to read: 1 to [`PageRequest::MAX`], [`PageRequest::DEFAULT`] when unsaid.
    pub fn limit(&self) -> i64 {
        i64::from(self.limit.unwrap_or(Self::DEFAULT).clamp(1, Self::MAX))
    }

    /// The sort values the cursor stands for, or nothing on the first page.
    ///
    /// # Errors
    /// The cursor was not made by [`Page::cursor_of`].
    pub fn after<T: serde::de::DeserializeOwned>(&self) -> crate::Result<Option<T>> {
        let Some(cursor) = self.cursor.as_deref().filter(|c| !c.is_empty()) else { return Ok(None) };
        base64::engine::general_purpose::URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .map(Some)
            .ok_or_else(|| crate::Error::invalid("cursor", "error-cursor"))
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Cursor of the next page; none on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Makes a page of rows read with `LIMIT limit + 1`: the extra row only says that more follow.
    pub fn of<C: serde::Serialize>(mut rows: Vec<T>, limit: i64, sort_key: impl Fn(&T) -> C) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(|row| Self::cursor_of(&sort_key(row))) } else { None };
        Self { rows, next }
    }

    /// The opaque cursor for sort values.
    pub fn cursor_of<C: serde::Serialize>(key: &C) -> String {
        let json = serde_json::to_vec(key).unwrap_or_default();
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json)
    }

    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(f).collect(), next: self.next }
    }
}
