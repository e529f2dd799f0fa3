//! `GET /api/operator/reports/summary`: how many payments there are in each state, and how much they are together.

use compago::api::list::PageSize;
use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::ListOneTimePayments;
use compago::edge::one_time_payment::PaymentStatus;
use compago::endpoint::call;
use compago::json::{Object, ToJson, Writer};
use compago::value::Currency;
use web_sys::Response;

use super::pages::Pages;
use crate::clock::now;
use crate::fault::Fault;
use crate::respond::json_answer;
use crate::transport::CompagoApi;

/// The payments in one state.
struct Sum {
    status: Status,
    /// As Compago counts them.
    count: Option<u64>,
    centavos: u64,
    /// How many were summed.
    read: u64,
}

impl ToJson for Sum {
    fn to_json(&self, out: &mut Writer) {
        let amount = format!("{}.{:02}", self.centavos / 100, self.centavos % 100);
        out.object()
            .field("status", &PaymentStatus::of(&self.status).as_str())
            .field("count", &self.count)
            .field("amount", &amount)
            .field("read", &self.read)
            .end();
    }
}

/// Counts by asking for the count of each list, sums by reading the whole list.
///
/// # Errors
/// What Compago said.
pub(super) async fn answer(api: CompagoApi) -> Result<Response, Fault> {
    let mut sums = [Status::Pending, Status::Confirmed, Status::Cancelled].map(|status| Sum {
        status,
        count: None,
        centavos: 0,
        read: 0,
    });
    for sum in &mut sums {
        sum.count = count(Some(sum.status.clone()), &api).await?;
    }
    let mut pages = Pages::new(api);
    while let Some(payments) = pages.next().await.map_err(|error| Fault::of_list(&error))? {
        // Amounts of another currency, of which Compago has none, are no pesos.
        for payment in payments.iter().filter(|payment| payment.currency == Currency::Mxn.as_str()) {
            if let Some(sum) = sums.iter_mut().find(|sum| sum.status == payment.status) {
                sum.centavos = sum.centavos.saturating_add(payment.amount.centavos());
                sum.read += 1;
            }
        }
    }
    let body = Object(&[
        ("at", &now()),
        ("statuses", &sums.as_slice()),
        ("unreadable", &pages.sweep().unreadable()),
        ("whole", &pages.sweep().is_whole()),
    ]);
    Ok(json_answer(200, &body)?)
}

/// How many payments there are in this state, or in any, if Compago tells.
///
/// # Errors
/// What Compago said.
pub(super) async fn count(status: Option<Status>, api: &CompagoApi) -> Result<Option<u64>, Fault> {
    let probe = ListOneTimePayments { status, currency: None, page: 1, page_size: PageSize::ONE };
    let page = call(&probe, api).await.map_err(|error| Fault::of_list(&error))?;
    Ok(page.count)
}
