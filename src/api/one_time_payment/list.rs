//! `GET /one-time-payment`: the organisation's payments, page by page.
//!
//! <https://docs.compago.com/one-time-payment/list>, read November 2026. It is the only call that tells id, external id,
//! amount and state of a finished payment together. There is no filter by id, external id or date, and the order is not
//! documented: pages may shift while they are read.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Status;
use crate::api::list::{self, PageSize, Walk};
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json;
use crate::value::amount::pesos;
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
        query.extend(list::query(self.page, self.page_size));
        query
    }

    fn read(&self, body: &[u8]) -> Result<Page, Unreadable> {
        read_json(body)
    }
}

/// One page as answered.
pub type Page = list::Page<ListedPayment>;

/// One payment of the list. Orders rest on the first eight fields; what cannot be read of the others, which only people
/// look at, is `None` and makes no payment unreadable. The payer's address stands in the answer too and is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedPayment {
    /// The payment's id.
    pub id: PaymentId,
    /// The state.
    pub status: Status,
    /// The amount.
    #[serde(deserialize_with = "pesos::read")]
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
    /// The external id, of any form: others than this project make payments too.
    pub external_id: String,
    /// What the payer is shown, of any length and form.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub description: Option<String>,
    /// When the link runs out.
    pub expires_at: Option<UnixMillis>,
    /// The return URL that was sent at creation.
    pub redirect_url: Option<String>,
    /// The home page that was sent at creation.
    pub homepage_url: Option<String>,
    /// When the payment was made.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub created_at: Option<UnixMillis>,
    /// When it last changed: when it was confirmed or cancelled, for all that is known.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub updated_at: Option<UnixMillis>,
    /// Who was to pay.
    #[serde(rename(deserialize = "billingInformation"), default, deserialize_with = "json::if_readable")]
    pub payer: Option<ListedPayer>,
}

/// Who was to pay, as the payment's maker told it: text of any form. Personal data: `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedPayer {
    /// The given name.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub first_name: Option<String>,
    /// The family name.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub last_name: Option<String>,
    /// The e-mail address.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub email: Option<String>,
    /// The telephone number.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub phone_number: Option<String>,
}

impl fmt::Debug for ListedPayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ListedPayer(redacted)")
    }
}

/// Walks over all pages of payments: ask for [`Pages::next`], hand the answer to [`Pages::accept`], until there is none to
/// ask for. See [`Walk`] for how the end is known.
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
    walk: Walk,
}

impl Pages {
    /// All pages of payments in this state, or in any, of the largest size.
    pub const fn new(status: Option<Status>) -> Self {
        Self { status, walk: Walk::new() }
    }

    /// The page to ask for, or `None` behind the last.
    #[allow(clippy::should_implement_trait, reason = "the next page depends on the answer to this one")]
    pub fn next(&self) -> Option<ListOneTimePayments> {
        let page = self.walk.page()?;
        Some(ListOneTimePayments { status: self.status.clone(), currency: None, page, page_size: PageSize::MAX })
    }

    /// Learns from the page that was asked for whether there is another.
    pub fn accept(&mut self, answer: &Page) {
        self.walk.accept(answer);
    }
}
