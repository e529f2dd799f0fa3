//! The whole list, page by page: every payment once.

use std::collections::BTreeSet;
use std::time::Duration;

use compago::api::one_time_payment::list::{ListOneTimePayments, ListedPayment, Page};
use compago::api::one_time_payment::sweep::Sweep;
use compago::endpoint::{CallError, call};
use compago::error::{Blame, Refusal};
use compago::value::PaymentId;
use worker::Delay;

use crate::compago::CompagoApi;
use crate::runtime::clock::now;

/// How long to wait before a page is asked for again that could not be read.
const WAITS: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(5)];

/// A sweep over the list that is under way. It stores the ids of the payments that it has returned.
///
/// A request may make so many calls and no more: when they are used up, the sweep is over and not whole.
pub(super) struct Pages {
    api: CompagoApi,
    sweep: Sweep,
    seen: BTreeSet<PaymentId>,
    calls_left: u32,
}

impl Pages {
    /// Of all payments, whatever their state: while they are read, one may change it, and would be in neither list.
    pub(super) fn new(api: CompagoApi, calls: u32) -> Self {
        Self { api, sweep: Sweep::new(None), seen: BTreeSet::new(), calls_left: calls }
    }

    /// Returns the state of the sweep.
    pub(super) fn sweep(&self) -> &Sweep {
        &self.sweep
    }

    /// The payments of the next page that were not seen before; `None` when the sweep is over.
    ///
    /// # Errors
    /// A failure of the first page is returned at once, that of a later one after a few tries.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<ListedPayment>>, CallError<Refusal>> {
        let Some(request) = self.sweep.next().filter(|_| self.calls_left > 0) else { return Ok(None) };
        let tries = if self.seen.is_empty() { 0 } else { WAITS.len() };
        let page = self.read(&request, tries).await?;
        let are_fresh: Vec<bool> = page.readable.iter().map(|payment| self.seen.insert(payment.id)).collect();
        let fresh: Vec<&ListedPayment> = page
            .readable
            .iter()
            .zip(&are_fresh)
            .filter_map(|(payment, is_fresh)| is_fresh.then_some(payment))
            .collect();
        self.sweep.accept(&page, &fresh, now());
        let payments = page.readable.into_iter().zip(are_fresh);
        Ok(Some(payments.filter_map(|(payment, is_fresh)| is_fresh.then_some(payment)).collect()))
    }

    async fn read(&mut self, request: &ListOneTimePayments, tries: usize) -> Result<Page, CallError<Refusal>> {
        let mut waits = WAITS.iter().take(tries);
        loop {
            self.calls_left = self.calls_left.saturating_sub(1);
            let answer = call(request, &self.api).await;
            let passes = match &answer {
                Ok(_) => return answer,
                Err(CallError::Refused(refusal)) => refusal.reason.blame() == Blame::Provider,
                Err(CallError::Undelivered(_) | CallError::Decode(_)) => true,
            };
            match waits.next() {
                Some(wait) if passes && self.calls_left > 0 => Delay::from(*wait).await,
                Some(_) | None => return answer,
            }
        }
    }
}
