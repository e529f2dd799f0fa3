//! What all lists of Compago's have in common: pages that are counted from 1, hold at most 500 items and may shift while
//! they are read (<https://docs.compago.com/one-time-payment/list>, read November 2026).

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::json::Json;

/// How many items a page holds: 1 to 500, as Compago refuses more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32")]
pub struct PageSize(u16);

impl PageSize {
    /// The most that Compago allows.
    pub const MAX: Self = Self(500);
    /// What Compago takes when none is asked for.
    pub const DEFAULT: Self = Self(100);
    /// Enough to learn the count.
    pub const ONE: Self = Self(1);

    /// A page of `size` items.
    ///
    /// # Errors
    /// [`PageSizeError`] outside 1..=500.
    pub const fn new(size: u16) -> Result<Self, PageSizeError> {
        if size >= 1 && size <= 500 { Ok(Self(size)) } else { Err(PageSizeError) }
    }

    /// The number of items.
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

/// The pairs of a query that ask for one page.
pub(super) fn query(page: u32, size: PageSize) -> [(&'static str, String); 2] {
    [("page", page.to_string()), ("pageSize", size.0.to_string())]
}

/// One page as answered. Which of its fields are required is not documented; without `items` it is no page. It serialises to what callers
/// in other languages get ([`crate::by_name`]): that is not what Compago writes, and is not read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned"), from = "Answer")]
pub struct Page<T> {
    /// How many items match the filter on all pages together.
    pub count: Option<u64>,
    /// How many items a page holds, in case it is fewer than were asked for.
    #[serde(skip_serializing)]
    pub page_size: Option<u64>,
    /// The items that could be read, in the order of the answer.
    #[serde(rename = "items")]
    pub readable: Vec<T>,
    /// How many more stood there that are not of the documented shape: a search that meets one cannot say "not there".
    pub unreadable: usize,
}

/// A page as Compago writes it, with items of any form.
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
    /// How many items stood on the page.
    pub(super) fn len(&self) -> u64 {
        u64::try_from(self.readable.len().saturating_add(self.unreadable)).unwrap_or(u64::MAX)
    }

    /// Whether there was no room for more of them.
    pub(super) fn is_full(&self) -> bool {
        let asked = u64::from(PageSize::MAX.get());
        self.len() >= self.page_size.map_or(asked, |size| size.min(asked))
    }
}

/// Walks over all pages: ask for [`Walk::page`], hand the answer to [`Walk::accept`], until there is none to ask for.
///
/// The last page is one that is empty, or that is not full while as many items came as there are. A full page is never
/// taken for the last, whatever the count says: an item that is overlooked is worse than one call more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    next: Option<u32>,
    received: u64,
}

impl Walk {
    /// From the first page on.
    #[allow(clippy::new_without_default, reason = "a walk begins somewhere; it has no default place")]
    pub const fn new() -> Self {
        Self { next: Some(1), received: 0 }
    }

    /// The page to ask for, of the largest size; `None` behind the last.
    pub const fn page(&self) -> Option<u32> {
        self.next
    }

    /// Learns from the page that was asked for whether there is another.
    pub fn accept<T>(&mut self, answer: &Page<T>) {
        let Some(page) = self.next else { return };
        let received = answer.len();
        self.received = self.received.saturating_add(received);
        let all = answer.count.is_some_and(|count| self.received >= count);
        self.next = if received == 0 || (all && !answer.is_full()) { None } else { page.checked_add(1) };
    }
}
