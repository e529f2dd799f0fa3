//! Finds a payment by its external id by reading all pages of the list, since Compago has no call for it.
//!
//! Used when the answer to a create call was lost, when a checkout URL could not be proved, and as the final check
//! before an order is closed. See [`super::sweep`] for why one scan without a match does not prove absence.

use super::list::{ListedPayment, Pages};
use crate::endpoint::{CallError, Compago, Transport, call};
use crate::error::Refusal;
use crate::value::ExternalId;

/// The maximum number of pages per search: 500,000 payments.
const MAX_PAGES: u32 = 1_000;

/// The result of a scan of the whole list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Search {
    /// Exactly one payment has the external id.
    Found(Box<ListedPayment>),
    /// No payment has it, and every item was readable.
    Missing,
    /// More than one payment has it, which contradicts Compago's documentation: no conclusion is possible.
    Ambiguous,
    /// No payment was found, but some items were not readable or the list is longer than the maximum of a search.
    Inconclusive,
}

/// Scans the list for the payment with this external id.
///
/// A payment that moves to a later page during the scan is read twice and counted once.
///
/// # Errors
/// The first [`CallError`] of a page.
pub async fn find<T: Transport<Compago>>(
    external_id: &ExternalId,
    transport: &T,
) -> Result<Search, CallError<Refusal>> {
    let mut pages = Pages::new(None);
    let mut matches: Vec<ListedPayment> = Vec::new();
    let mut all_readable = true;
    while let Some(request) = pages.next() {
        if request.page > MAX_PAGES {
            all_readable = false;
            break;
        }
        let page = call(&request, transport).await?;
        pages.accept(&page);
        all_readable &= page.unreadable == 0;
        for payment in page.readable {
            if payment.external_id != external_id.as_str() {
                continue;
            }
            matches.retain(|earlier| earlier.id != payment.id);
            matches.push(payment);
        }
    }
    Ok(match (matches.pop(), matches.is_empty(), all_readable) {
        (Some(payment), true, _) => Search::Found(Box::new(payment)),
        (Some(_), false, _) => Search::Ambiguous,
        (None, _, true) => Search::Missing,
        (None, _, false) => Search::Inconclusive,
    })
}
