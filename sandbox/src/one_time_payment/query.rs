//! The query of `GET /one-time-payment` (docs.compago.com/one-time-payment/list, read November 2026).

use super::Status;
use crate::list::{self, ListQuery, QueryProblem};
use crate::money::CURRENCY;

/// Reads `currency`, which this list alone has, and the rest.
pub(crate) fn parse(parameters: &[(String, String)]) -> Result<ListQuery<Status>, QueryProblem> {
    match list::only(parameters, "currency")? {
        None | Some(CURRENCY) => ListQuery::parse(parameters),
        Some(_) => Err(QueryProblem::Malformed("currency must be MXN")),
    }
}
