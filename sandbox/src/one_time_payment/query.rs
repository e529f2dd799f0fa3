//! The query of `GET /one-time-payment` (docs.compago.com/one-time-payment/list, read November 2026).

use super::Status;
use crate::money::CURRENCY;

/// Which page of which payments. Unknown parameters are ignored, repeated ones refused: neither is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListQuery {
    /// From 1.
    pub(crate) page: usize,
    /// 1 to 500.
    pub(crate) page_size: usize,
    pub(crate) status: Option<Status>,
}

impl ListQuery {
    pub(crate) fn parse(parameters: &[(String, String)]) -> Result<Self, QueryProblem> {
        if let Some(currency) = only(parameters, "currency")?
            && currency != CURRENCY
        {
            return Err(QueryProblem::Malformed("currency must be MXN"));
        }
        Ok(Self {
            page: number(parameters, "page", 1)?
                .filter(|page| *page >= 1)
                .ok_or(QueryProblem::Malformed("page must be a positive integer"))?,
            page_size: number(parameters, "pageSize", 100)?
                .filter(|size| (1..=500).contains(size))
                .ok_or(QueryProblem::Malformed("pageSize must be between 1 and 500"))?,
            status: match only(parameters, "status")? {
                None => None,
                Some(text) => Some(
                    Status::parse(text)
                        .ok_or(QueryProblem::Malformed("status must be one of PENDING, CONFIRMED, CANCELLED"))?,
                ),
            },
        })
    }
}

/// What is wrong with a query. The texts are ours: the vendor's page gives the code 400 only.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum QueryProblem {
    #[error("{0}")]
    Malformed(&'static str),
    #[error("{0} must be given once")]
    Repeated(&'static str),
}

fn only<'a>(parameters: &'a [(String, String)], name: &'static str) -> Result<Option<&'a str>, QueryProblem> {
    let mut values = parameters.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let first = values.next();
    if values.next().is_some() { Err(QueryProblem::Repeated(name)) } else { Ok(first) }
}

/// `Ok(None)` for a text that is no number.
fn number(parameters: &[(String, String)], name: &'static str, default: usize) -> Result<Option<usize>, QueryProblem> {
    Ok(match only(parameters, name)? {
        None => Some(default),
        Some(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        Some(_) => None,
    })
}
