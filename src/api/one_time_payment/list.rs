//! `GET /one-time-payment`: the organisation's payments, page by page.
//!
//! <https://docs.compago.com/one-time-payment/list>, read November 2026. It is the only call whose answer contains id,
//! external id, amount and state of a final payment together. It cannot filter by id, external id or date, and the
//! order of the list is not documented: pages may shift while they are read.

use std::borrow::Cow;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Status;
use crate::api::list::{self, PageSize, Walk};
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::redacted::debug_only;
use crate::value::{Amount, Currency, PaymentId, UnixMillis};

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListOneTimePayments {
    /// Only payments in this state.
    pub status: Option<Status>,
    /// Only payments in this currency.
    pub currency: Option<Currency>,
    /// The page number, counted from 1.
    pub page: u32,
    /// The number of payments per page.
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

    fn query(&self) -> Vec<(Cow<'static, str>, String)> {
        let mut query = Vec::new();
        if let Some(status) = &self.status {
            query.push(("status".into(), status.to_string()));
        }
        if let Some(currency) = &self.currency {
            query.push(("currency".into(), currency.to_string()));
        }
        query.extend(list::query(self.page, self.page_size));
        query
    }

    fn read(&self, body: &[u8]) -> Result<Page, DecodeError> {
        read_json(body)
    }
}

/// One page of the list.
pub type Page = list::Page<ListedPayment>;

/// One payment of the list. Orders depend on the fields up to `homepage_url`. The others are for display only: one that
/// cannot be read is `None` and does not make the payment unreadable. The answer also contains the payer's address,
/// which is not read. `Debug` shows no text that another program may have chosen.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
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
    /// The external id. It may have any form, since other programs create payments too.
    pub external_id: String,
    /// The description that the payer sees, of any length and form.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub description: Option<String>,
    /// When the link expires.
    pub expires_at: Option<UnixMillis>,
    /// The return URL that was sent at creation.
    pub redirect_url: Option<String>,
    /// The home page URL that was sent at creation.
    pub homepage_url: Option<String>,
    /// When the payment was created.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub created_at: Option<UnixMillis>,
    /// When the payment last changed; presumably when it was confirmed or cancelled.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub updated_at: Option<UnixMillis>,
    /// The payer.
    #[serde(rename(deserialize = "billingInformation"), default, deserialize_with = "json::if_readable")]
    pub payer: Option<ListedPayer>,
}

debug_only!(ListedPayment { id, status });

/// The payer as the program that created the payment described them: text of any form.
///
/// Personal data: `Debug` does not show it.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
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

/// Iterates over all pages of payments: request [`Pages::next`], pass the answer to [`Pages::accept`], and repeat until
/// there is no page left. See [`Walk`] for how the last page is recognised.
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
    /// Starts at the first page of the payments in this state, or in any. Pages have the maximum size.
    pub const fn new(status: Option<Status>) -> Self {
        Self { status, walk: Walk::new() }
    }

    /// Returns the next request; `None` after the last page.
    #[allow(clippy::should_implement_trait, reason = "the next page depends on the answer to this one")]
    pub fn next(&self) -> Option<ListOneTimePayments> {
        let page = self.walk.page()?;
        Some(ListOneTimePayments { status: self.status.clone(), currency: None, page, page_size: PageSize::MAX })
    }

    /// Updates the iteration with the answer to the last request.
    pub fn accept(&mut self, answer: &Page) {
        self.walk.accept(answer);
    }
}
