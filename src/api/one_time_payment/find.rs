//! Finds a payment by its external id, for which Compago has no call: all pages of the list are read.
//!
//! Used when an answer to creating was lost, when a checkout URL could not be proved, and as the last look before an
//! order is given up. See [`super::list`] for why one scan that misses is no proof of absence.

use super::list::{ListedPayment, Pages};
use crate::endpoint::{CallError, Compago, Transport, call};
use crate::error::Refusal;
use crate::value::ExternalId;

/// The most pages that one search reads: half a million payments.
const MAX_PAGES: u32 = 1_000;

/// What a scan of the whole list tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    /// Exactly one payment has the external id.
    Found(Box<ListedPayment>),
    /// None has it, and every item could be read.
    Missing,
    /// More than one payment has it, which Compago rules out: nothing can be concluded.
    Ambiguous,
    /// None has it, but some items could not be read, or the list is longer than a search reads.
    Inconclusive,
}

/// Scans the list for `external_id`.
///
/// A payment that shifts to a later page while the list is read is met twice and counts once.
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
