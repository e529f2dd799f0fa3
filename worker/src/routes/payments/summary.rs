//! `GET /api/operator/reports/summary`: how many payments there are in each state, and how much they are together.

use compago::api::list::PageSize;
use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::ListOneTimePayments;
use compago::edge::one_time_payment::PaymentStatus;
use compago::edge::status_answers::{StatusSummary, Summary, SummarySource};
use compago::edge::total;
use compago::endpoint::call;
use compago::value::{Currency, UnixMillis};
use worker::{Env, Response};

use super::pages::Pages;
use crate::compago::CompagoApi;
use crate::http::error::ApiError;
use crate::http::respond::json_answer;
use crate::objects::index_client::{StatusSum, list_sums};
use crate::runtime::clock::now;

/// The payments in one state.
struct Sum {
    status: Status,
    /// As Compago counts them.
    count: Option<u64>,
    centavos: u64,
    /// How many were summed.
    read: u64,
}

impl Sum {
    /// Returns the sum as the answer shows it.
    fn summary(&self) -> StatusSummary {
        let amount = total::Sum::from_centavos(self.centavos);
        StatusSummary { status: PaymentStatus::of(&self.status), count: self.count, amount, read: self.read }
    }
}

/// How many pages of the list one request reads: with the counts, less than the 50 calls that Cloudflare's free plan allows.
const CALLS: u32 = 44;

/// How many payments they can hold, and a few pages that are asked for again.
const MOST_PAYMENTS: u64 = 40 * 500;

/// Counts by asking for the count of each list, sums by reading the whole list. Of a list that is too long for that, the sums are
/// those that reconciliation came to when it last read all of it; before the first time, those of as many payments as can be read.
///
/// # Errors
/// What Compago said.
pub(super) async fn answer(api: CompagoApi, env: &Env) -> Result<Response, ApiError> {
    let mut sums = [Status::Pending, Status::Confirmed, Status::Cancelled].map(|status| Sum {
        status,
        count: None,
        centavos: 0,
        read: 0,
    });
    for sum in &mut sums {
        sum.count = count(Some(sum.status.clone()), &api).await?;
    }
    let all: u64 = sums.iter().filter_map(|sum| sum.count).fold(0, u64::saturating_add);
    if all > MOST_PAYMENTS
        && let Some(kept) = list_sums(env).await?
    {
        for sum in &mut sums {
            if let Some(StatusSum { centavos, read, .. }) = kept.statuses.iter().find(|kept| kept.status == sum.status)
            {
                (sum.centavos, sum.read) = (*centavos, *read);
            }
        }
        return report(kept.at, &sums, kept.unreadable, kept.whole, SummarySource::Reconciliation);
    }
    let mut pages = Pages::new(api, CALLS);
    while let Some(payments) = pages.next().await.map_err(|error| ApiError::from_list_error(&error))? {
        // Amounts of another currency, of which Compago has none, are no pesos.
        for payment in payments.iter().filter(|payment| payment.currency == Currency::Mxn.as_str()) {
            if let Some(sum) = sums.iter_mut().find(|sum| sum.status == payment.status) {
                sum.centavos = sum.centavos.saturating_add(payment.amount.centavos());
                sum.read += 1;
            }
        }
    }
    report(now(), &sums, pages.sweep().unreadable(), pages.sweep().is_whole(), SummarySource::List)
}

fn report(
    at: UnixMillis,
    sums: &[Sum],
    unreadable: u64,
    whole: bool,
    source: SummarySource,
) -> Result<Response, ApiError> {
    let statuses = sums.iter().map(Sum::summary).collect();
    Ok(json_answer(200, &Summary { at, statuses, unreadable, whole, source })?)
}

/// Returns how many payments there are in this state, or in any; `None` if Compago returns no count.
///
/// # Errors
/// What Compago said.
pub(super) async fn count(status: Option<Status>, api: &CompagoApi) -> Result<Option<u64>, ApiError> {
    let probe = ListOneTimePayments { status, currency: None, page: 1, page_size: PageSize::ONE };
    let page = call(&probe, api).await.map_err(|error| ApiError::from_list_error(&error))?;
    Ok(page.count)
}
