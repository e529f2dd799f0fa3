//! `GET /payment-method/{id}/payment`: the charges of a saved card, page by page.
//!
//! <https://docs.compago.com/payment-method/manage>, read November 2026. The list is the only way to find a charge
//! whose answer was lost. Neither its order nor how soon a charge appears in it is documented.

use std::borrow::Cow;

use super::CardPaymentStatus;
use super::payment::CardPayment;
use crate::api::list::{self, Page, PageSize, Walk};
use crate::endpoint::{CallError, Compago, DecodeError, Endpoint, Method, Transport, call, read_json};
use crate::error::Refusal;
use crate::value::PaymentMethodId;

/// The maximum number of pages that are read for one card: 50,000 charges.
const MAX_PAGES: u32 = 100;

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListCardPayments {
    /// The saved card.
    pub method: PaymentMethodId,
    /// Only charges in this state.
    pub status: Option<CardPaymentStatus>,
    /// The page number, counted from 1.
    pub page: u32,
    /// The number of charges per page.
    pub page_size: PageSize,
}

impl Endpoint for ListCardPayments {
    type Host = Compago;
    type Answer = Page<CardPayment>;

    const NAME: &'static str = "payment-method.payments";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/payment-method/{}/payment", self.method)
    }

    fn query(&self) -> Vec<(Cow<'static, str>, String)> {
        let status = self.status.as_ref().map(|status| ("status".into(), status.as_str().to_owned()));
        status.into_iter().chain(list::query(self.page, self.page_size)).collect()
    }

    fn read(&self, body: &[u8]) -> Result<Page<CardPayment>, DecodeError> {
        read_json(body)
    }
}

/// All charges of a card.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AllCardPayments {
    /// Each charge once, even if pages shifted while they were read.
    pub payments: Vec<CardPayment>,
    /// Whether no charge can have been missed: every item was readable and no page was left out.
    pub complete: bool,
}

/// Reads all charges of a card, in any state.
///
/// # Errors
/// The first [`CallError`] of a page.
pub async fn all_payments<T: Transport<Compago>>(
    method: PaymentMethodId,
    transport: &T,
) -> Result<AllCardPayments, CallError<Refusal>> {
    let mut all = AllCardPayments { payments: Vec::new(), complete: true };
    let mut walk = Walk::new();
    while let Some(page) = walk.page() {
        if page > MAX_PAGES {
            all.complete = false;
            break;
        }
        let answer =
            call(&ListCardPayments { method, status: None, page, page_size: PageSize::MAX }, transport).await?;
        walk.accept(&answer);
        all.complete &= answer.unreadable == 0;
        for payment in answer.readable {
            all.payments.retain(|earlier| earlier.id != payment.id);
            all.payments.push(payment);
        }
    }
    Ok(all)
}
