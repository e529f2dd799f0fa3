//! `GET /payment-method/{id}/payment`: the charges of a saved card, page by page.
//!
//! <https://docs.compago.com/payment-method/manage>, read November 2026. The only way to learn of a charge whose answer was
//! lost. Neither the order of the list nor how soon a charge appears in it is documented.

use super::CardPaymentStatus;
use super::payment::CardPayment;
use crate::api::list::{self, Page, PageSize, Walk};
use crate::endpoint::{CallError, Compago, Endpoint, Method, Transport, Unreadable, call, read_json};
use crate::error::Refusal;
use crate::value::PaymentMethodId;

/// The most pages that are read of one card: fifty thousand charges.
const MAX_PAGES: u32 = 100;

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListCardPayments {
    /// Whose card.
    pub method: PaymentMethodId,
    /// Only charges in this state.
    pub status: Option<CardPaymentStatus>,
    /// Counted from 1.
    pub page: u32,
    /// How many on a page.
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

    fn query(&self) -> Vec<(&'static str, String)> {
        let status = self.status.as_ref().map(|status| ("status", status.as_str().to_owned()));
        status.into_iter().chain(list::query(self.page, self.page_size)).collect()
    }

    fn read(&self, body: &[u8]) -> Result<Page<CardPayment>, Unreadable> {
        read_json(body)
    }
}

/// All charges of a card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AllCardPayments {
    /// Each once, however the pages shifted.
    pub payments: Vec<CardPayment>,
    /// Whether nothing can have been overlooked: every item could be read, and no page was left out.
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
