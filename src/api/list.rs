//! Pagination of Compago's lists: pages are counted from 1, hold at most 500 items and may shift while they are read
//! (<https://docs.compago.com/one-time-payment/list>, read November 2026).

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::json::Json;

/// The number of items on a page: 1 to 500, Compago's maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32")]
pub struct PageSize(u16);

impl PageSize {
    /// 500, the maximum that Compago allows.
    pub const MAX: Self = Self(500);
    /// 100, Compago's default.
    pub const DEFAULT: Self = Self(100);
    /// One item: enough to read the count.
    pub const ONE: Self = Self(1);

    /// Creates a page size.
    ///
    /// # Errors
    /// [`PageSizeError`] outside 1..=500.
    pub const fn new(size: u16) -> Result<Self, PageSizeError> {
        if size >= 1 && size <= 500 { Ok(Self(size)) } else { Err(PageSizeError) }
    }

    /// Returns the number of items.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u32> for PageSize {
    type Error = PageSizeError;

    fn try_from(size: u32) -> Result<Self, PageSizeError> {
        Self::new(u16::try_from(size).map_err(|_| PageSizeError)?)
    }
}

/// A page size outside 1..=500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a page holds 1 to 500 items")]
pub struct PageSizeError;

/// Returns the query parameters that request one page.
pub(super) fn query(page: u32, size: PageSize) -> [(Cow<'static, str>, String); 2] {
    [("page".into(), page.to_string()), ("pageSize".into(), size.0.to_string())]
}

/// One page of a list. Compago does not document which fields are required; an answer without `items` is an error.
///
/// It serialises to the form that callers in other languages get ([`crate::operations`]), which differs from Compago's
/// and is not read back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned"), from = "Answer")]
pub struct Page<T> {
    /// The number of items that match the filter on all pages together.
    pub count: Option<u64>,
    /// The number of items per page that Compago applied, which may be fewer than requested.
    #[serde(skip_serializing)]
    pub page_size: Option<u64>,
    /// The items that could be read, in the order of the answer.
    #[serde(rename = "items")]
    pub readable: Vec<T>,
    /// The number of further items that are not of the documented shape. A search that finds any cannot conclude that
    /// an item is absent.
    pub unreadable: usize,
}

/// A page in Compago's format, with undecoded items.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    count: Option<u64>,
    page_size: Option<u64>,
    items: Vec<Json>,
}

impl<T: DeserializeOwned> From<Answer> for Page<T> {
    fn from(answer: Answer) -> Self {
        let readable: Vec<T> = answer.items.iter().filter_map(|item| item.read().ok()).collect();
        let unreadable = answer.items.len() - readable.len();
        Self { count: answer.count, page_size: answer.page_size, readable, unreadable }
    }
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { count: None, page_size: None, readable: Vec::new(), unreadable: 0 }
    }
}

impl<T> Page<T> {
    /// Returns the number of items on the page, readable or not.
    pub(super) fn len(&self) -> u64 {
        u64::try_from(self.readable.len().saturating_add(self.unreadable)).unwrap_or(u64::MAX)
    }

    /// Returns whether the page holds as many items as fit on it.
    pub(super) fn is_full(&self) -> bool {
        let asked = u64::from(PageSize::MAX.get());
        self.len() >= self.page_size.map_or(asked, |size| size.min(asked))
    }
}

/// Iterates over all pages: request [`Walk::page`], pass the answer to [`Walk::accept`], and repeat until there is no
/// page left.
///
/// The walk ends at an empty page, or at a page that is not full once as many items were received as the list counts. A
/// full page is never taken for the last one, whatever the count says: missing an item is worse than one more call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    next: Option<u32>,
    received: u64,
}

impl Walk {
    /// Starts at the first page.
    #[allow(clippy::new_without_default, reason = "a walk has a start, not a default")]
    pub const fn new() -> Self {
        Self { next: Some(1), received: 0 }
    }

    /// Returns the number of the page to request, of the maximum size; `None` after the last.
    pub const fn page(&self) -> Option<u32> {
        self.next
    }

    /// Updates the walk with the answer for the requested page.
    pub fn accept<T>(&mut self, answer: &Page<T>) {
        let Some(page) = self.next else { return };
        let received = answer.len();
        self.received = self.received.saturating_add(received);
        let all = answer.count.is_some_and(|count| self.received >= count);
        self.next = if received == 0 || (all && !answer.is_full()) { None } else { page.checked_add(1) };
    }
}
