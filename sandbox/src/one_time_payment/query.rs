//! The query of `GET /one-time-payment` (docs.compago.com/one-time-payment/list, read November 2026).

use super::{Payment, Status};
use crate::list::{self, ListQuery, QueryProblem};
use crate::money::CURRENCY;

/// A query for a page of payments. Only this list has the filter `currency`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PaymentQuery {
    pub(super) list: ListQuery<Status>,
    currency: Option<&'static str>,
}

impl PaymentQuery {
    pub(crate) fn parse(parameters: &[(String, String)]) -> Result<Self, QueryProblem> {
        let currency = match list::only(parameters, "currency")? {
            None => None,
            Some(CURRENCY) => Some(CURRENCY),
            Some(_) => return Err(QueryProblem::Malformed("currency must be MXN")),
        };
        Ok(Self { list: ListQuery::parse(parameters)?, currency })
    }

    pub(super) fn asks_for(&self, payment: &Payment, shown: Status) -> bool {
        self.list.status.is_none_or(|status| status == shown)
            && self.currency.is_none_or(|currency| payment.currency == currency)
    }
}
