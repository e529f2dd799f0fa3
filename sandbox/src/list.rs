//! Pagination: the query that all of Compago's lists share, and their pages (docs.compago.com/one-time-payment/list and
//! /payment-method/manage, read November 2026).

use std::str::FromStr;

use serde::Serialize;
use strum::VariantNames;

use crate::settings::ListOrder;

/// A query for a page. Unknown parameters are ignored, repeated ones refused; neither is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListQuery<S> {
    /// The page number, from 1.
    page: usize,
    /// The number of items per page, 1 to 500.
    page_size: usize,
    pub(crate) status: Option<S>,
}

impl<S: FromStr + VariantNames> ListQuery<S> {
    pub(crate) fn parse(parameters: &[(String, String)]) -> Result<Self, QueryProblem> {
        Ok(Self {
            page: number(parameters, "page", 1)?
                .filter(|page| *page >= 1)
                .ok_or(QueryProblem::Malformed("page must be a positive integer"))?,
            page_size: number(parameters, "pageSize", 100)?
                .filter(|size| (1..=500).contains(size))
                .ok_or(QueryProblem::Malformed("pageSize must be between 1 and 500"))?,
            status: only(parameters, "status")?.map(status).transpose()?,
        })
    }

    /// Returns the requested page of `matching`, whose order is oldest first, or last updated last for an order by
    /// update.
    pub(crate) fn cut<T>(&self, mut matching: Vec<T>, order: ListOrder) -> List<T> {
        match order {
            ListOrder::Newest | ListOrder::Updated => matching.reverse(),
            ListOrder::Oldest | ListOrder::UpdatedOldest => {}
        }
        let skipped = (self.page - 1).saturating_mul(self.page_size);
        List {
            count: matching.len(),
            page: self.page,
            page_size: self.page_size,
            items: matching.into_iter().skip(skipped).take(self.page_size).collect(),
        }
    }
}

/// One page of a list; `count` is the number of all that match.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct List<T> {
    count: usize,
    page: usize,
    page_size: usize,
    items: Vec<T>,
}

impl<T> List<T> {
    pub(crate) fn map<U>(self, write: impl FnMut(T) -> U) -> List<U> {
        let Self { count, page, page_size, items } = self;
        List { count, page, page_size, items: items.into_iter().map(write).collect() }
    }
}

/// The problem of a query. The texts are ours: Compago documents only the code 400.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum QueryProblem {
    #[error("{0}")]
    Malformed(&'static str),
    #[error("status must be one of {0}")]
    Status(String),
    #[error("{0} must be given once")]
    Repeated(&'static str),
}

/// Returns the value of a parameter that may be given once.
pub(crate) fn only<'a>(
    parameters: &'a [(String, String)],
    name: &'static str,
) -> Result<Option<&'a str>, QueryProblem> {
    let mut values = parameters.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let first = values.next();
    if values.next().is_some() { Err(QueryProblem::Repeated(name)) } else { Ok(first) }
}

fn status<S: FromStr + VariantNames>(text: &str) -> Result<S, QueryProblem> {
    text.parse().map_err(|_| QueryProblem::Status(S::VARIANTS.join(", ")))
}

/// Parses a number; `Ok(None)` for a text that is not a number.
fn number(parameters: &[(String, String)], name: &'static str, default: usize) -> Result<Option<usize>, QueryProblem> {
    Ok(match only(parameters, name)? {
        None => Some(default),
        Some(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        Some(_) => None,
    })
}
