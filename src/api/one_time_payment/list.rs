//! `GET /one-time-payment`: the organisation's payments, page by page.
//!
//! <https://docs.compago.com/one-time-payment/list>, read November 2026. It is the only call that tells id, external id,
//! amount and state of a finished payment together. There is no filter by id, external id or date, and the order is not
//! documented: pages may shift while they are read.

use thiserror::Error;

use super::Status;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json::{FromJson, Json, Unexpected};
use crate::value::amount::Pesos;
use crate::value::{Amount, Currency, PaymentId, UnixMillis};

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListOneTimePayments {
    /// Only payments in this state.
    pub status: Option<Status>,
    /// Only payments in this currency.
    pub currency: Option<Currency>,
    /// Counted from 1.
    pub page: u32,
    /// How many on a page.
    pub page_size: PageSize,
}

impl Endpoint for ListOneTimePayments {
    type Host = Compago;
    type Answer = Page;

    const NAME: &'static str = "one-time-payment.list";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/one-time-payment".to_string()
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
        if let Some(status) = &self.status {
            query.push(("status", status.to_string()));
        }
        if let Some(currency) = &self.currency {
            query.push(("currency", currency.to_string()));
        }
        query.push(("page", self.page.to_string()));
        query.push(("pageSize", self.page_size.0.to_string()));
        query
    }

    fn read(&self, body: &[u8]) -> Result<Page, Unreadable> {
        read_json(body)
    }
}

/// How many payments a page holds: 1 to 500, as Compago refuses more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize(u16);

impl PageSize {
    /// The most that Compago allows.
    pub const MAX: Self = Self(500);
    /// Enough to learn the count.
    pub const ONE: Self = Self(1);

    /// A page of `size` payments.
    ///
    /// # Errors
    /// [`PageSizeError`] outside 1..=500.
    pub const fn new(size: u16) -> Result<Self, PageSizeError> {
        if size >= 1 && size <= 500 { Ok(Self(size)) } else { Err(PageSizeError) }
    }

    /// The number of payments.
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// A page size outside 1..=500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a page holds 1 to 500 payments")]
pub struct PageSizeError;

/// One page as answered. Which of its fields are required is not documented; without `items` it is no page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// How many payments match the filter on all pages together.
    pub count: Option<u64>,
    /// How many payments a page holds, in case it is fewer than were asked for.
    pub page_size: Option<u64>,
    /// The payments that could be read.
    pub payments: Payments,
}

record_from_json!(Page { count: "count", page_size: "pageSize", payments: "items" });

/// The payments of a page, and how many more stood there that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Payments {
    /// In the order of the answer.
    pub readable: Vec<ListedPayment>,
    /// Items that are not of the documented shape: a search that meets one cannot say "not there".
    pub unreadable: usize,
}

impl Payments {
    fn len(&self) -> u64 {
        u64::try_from(self.readable.len().saturating_add(self.unreadable)).unwrap_or(u64::MAX)
    }
}

/// One payment of the list. The payer's data stands in the answer too and is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPayment {
    /// The payment's id.
    pub id: PaymentId,
    /// The state.
    pub status: Status,
    /// The amount.
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
    /// The external id, of any form: others than this project make payments too.
    pub external_id: String,
    /// When the link runs out.
    pub expires_at: Option<UnixMillis>,
    /// The return URL that was sent at creation.
    pub redirect_url: Option<String>,
    /// The home page that was sent at creation.
    pub homepage_url: Option<String>,
}

impl FromJson for ListedPayment {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        Ok(Self {
            id: json.field("id")?,
            status: json.field("status")?,
            amount: json.field::<Pesos>("amount")?.0,
            currency: json.field("currency")?,
            external_id: json.field("externalId")?,
            expires_at: json.field("expiresAt")?,
            redirect_url: json.field("redirectUrl")?,
            homepage_url: json.field("homepageUrl")?,
        })
    }
}

impl FromJson for Payments {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        let items = json.entries()?;
        let readable: Vec<_> = items.iter().filter_map(|item| ListedPayment::from_json(item).ok()).collect();
        Ok(Self { unreadable: items.len() - readable.len(), readable })
    }
}

/// Walks over all pages: ask for [`Pages::next`], hand the answer to [`Pages::accept`], until there is none to ask for.
///
/// The last page is one that is empty, or that is not full while as many payments came as there are. A full page is
/// never taken for the last, whatever the count says: a payment that is overlooked is worse than one call more.
///
/// ```
/// use compago::api::one_time_payment::list::{Page, Pages};
///
/// let mut pages = Pages::new(None);
/// let first = pages.next().unwrap();
/// assert_eq!((first.page, first.page_size.get()), (1, 500));
/// pages.accept(&Page::default());
/// assert!(pages.next().is_none());
/// ```
#[derive(Debug, Clone)]
pub struct Pages {
    status: Option<Status>,
    next: Option<u32>,
    received: u64,
}

impl Pages {
    /// All pages of payments in this state, or in any, of the largest size.
    pub const fn new(status: Option<Status>) -> Self {
        Self { status, next: Some(1), received: 0 }
    }

    /// The page to ask for, or `None` behind the last.
    #[allow(clippy::should_implement_trait, reason = "the next page depends on the answer to this one")]
    pub fn next(&self) -> Option<ListOneTimePayments> {
        let page = self.next?;
        Some(ListOneTimePayments { status: self.status.clone(), currency: None, page, page_size: PageSize::MAX })
    }

    /// Learns from the page that was asked for whether there is another.
    pub fn accept(&mut self, answer: &Page) {
        let Some(page) = self.next else { return };
        let received = answer.payments.len();
        self.received = self.received.saturating_add(received);
        let asked = u64::from(PageSize::MAX.get());
        let full = received >= answer.page_size.map_or(asked, |size| size.min(asked));
        let all = answer.count.is_some_and(|count| self.received >= count);
        self.next = if received == 0 || (all && !full) { None } else { page.checked_add(1) };
    }
}
