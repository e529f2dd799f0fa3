//! A page of a list of Compago's, as our own API is asked for it and shows it.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::api::list::{Page, PageSize, PageSizeError};
use crate::problem::{ProblemCode, Refusal};
use crate::value::clean_code;

/// A state by which a list can be filtered.
pub trait Filter: Sized {
    /// The state that the word names, which is one of ours or of Compago's in the spelling of [`spelling`].
    fn named(word: &str) -> Option<Self>;

    /// The word that names the state.
    fn word(&self) -> String;
}

/// The state that a text names in whatever spelling; `None` if it names none.
pub fn filter<State: Filter>(text: &str) -> Option<State> {
    State::named(&spelling(text))
}

/// The word of a filter in the one spelling that is compared: cleaned, in lower case, with hyphens.
///
/// ```
/// use compago::edge::list::spelling;
///
/// assert_eq!(spelling(" NOT_INITIALIZED"), "not-initialized");
/// assert_eq!(spelling("awaiting-payment"), "awaiting-payment");
/// ```
pub fn spelling(text: &str) -> String {
    let spelled = |character| if character == '_' { '-' } else { char::to_ascii_lowercase(&character) };
    clean_code(text).chars().map(spelled).collect()
}

/// The query of a list: `status`, `page` counted from 1, and `pageSize`, 1 to 500.
///
/// ```
/// use compago::api::payment_method::MethodStatus;
/// use compago::edge::list::ListQuery;
///
/// let query = ListQuery::<MethodStatus>::parse("status=active&page=2").unwrap();
/// assert_eq!(ListQuery::<MethodStatus>::parse("status=ACTIVE&page=2"), Some(query.clone()));
/// assert_eq!((query.status, query.page, query.page_size.get()), (Some(MethodStatus::Active), 2, 100));
/// for wrong in ["status=activ", "page=0", "pageSize=501", "page=1&page=1", "limit=5"] {
///     assert!(ListQuery::<MethodStatus>::parse(wrong).is_none(), "{wrong}");
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery<Status> {
    /// Only what is in this state.
    pub status: Option<Status>,
    /// Counted from 1.
    pub page: u32,
    /// 100, as Compago has it, unless it is said.
    pub page_size: PageSize,
}

impl<Status> Default for ListQuery<Status> {
    fn default() -> Self {
        Self { status: None, page: 1, page_size: PageSize::DEFAULT }
    }
}

impl<Status: Filter> ListQuery<Status> {
    /// Returns the pairs of the query, as [`Self::parse`] reads them. The Worker refuses a status that Compago does not
    /// document.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let status = self.status.as_ref().map(|status| ("status", status.word()));
        status.into_iter().chain(page_pairs(self.page, self.page_size)).collect()
    }

    /// Reads a query; `None` if it holds anything else, or something twice.
    pub fn parse(query: &str) -> Option<Self> {
        let mut query = Query::parse(query)?;
        let asked = Self::take(&mut query)?;
        query.is_empty().then_some(asked)
    }

    /// Takes the list's own part of a query; `None` if it cannot be read.
    pub fn take(query: &mut Query) -> Option<Self> {
        let status = take_status(query)?;
        let (page, page_size) = query.page().ok()?;
        Some(Self { status, page, page_size })
    }
}

/// Returns `page` and `pageSize`.
pub(super) fn page_pairs(page: u32, size: PageSize) -> [(&'static str, String); 2] {
    [("page", page.to_string()), ("pageSize", size.get().to_string())]
}

/// Takes `status`; `None` if it names no state.
pub(super) fn take_status<Status: Filter>(query: &mut Query) -> Option<Option<Status>> {
    match query.text("status") {
        Some(word) => filter(&word).map(Some),
        None => Some(None),
    }
}

/// A page of a list of Compago's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "{T}Page"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PageView<T> {
    /// The number of items on all pages together, if Compago returned it.
    pub count: Option<u64>,
    /// The number of the page, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub page: u32,
    /// The most items that a page has.
    pub page_size: PageSize,
    /// The number of items of this page that are not of the documented shape, and are left out.
    pub unreadable: usize,
    /// The items.
    pub items: Vec<T>,
}

impl<T> PageView<T> {
    /// The page that was asked for, each item in our words.
    pub fn of<Status, Item>(asked: &ListQuery<Status>, page: Page<Item>, convert: impl FnMut(Item) -> T) -> Self {
        let items = page.readable.into_iter().map(convert).collect();
        let ListQuery { page: number, page_size, .. } = *asked;
        Self { count: page.count, page: number, page_size, unreadable: page.unreadable, items }
    }
}

impl From<PageSizeError> for Refusal {
    fn from(_: PageSizeError) -> Self {
        ProblemCode::PageSizeRange.into()
    }
}
