//! `GET /payment-method`: the organisation's saved cards, page by page.
//!
//! <https://docs.compago.com/payment-method/manage>, read November 2026. The list cannot be filtered by external id.

use std::borrow::Cow;

use super::MethodStatus;
use super::get::MethodReading;
use crate::api::list::{self, Page, PageSize};
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListPaymentMethods {
    /// Only methods in this state.
    pub status: Option<MethodStatus>,
    /// The page number, counted from 1.
    pub page: u32,
    /// The number of methods per page.
    pub page_size: PageSize,
}

impl Endpoint for ListPaymentMethods {
    type Host = Compago;
    type Answer = Page<MethodReading>;

    const NAME: &'static str = "payment-method.list";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/payment-method".to_owned()
    }

    fn query(&self) -> Vec<(Cow<'static, str>, String)> {
        let status = self.status.as_ref().map(|status| ("status".into(), status.as_str().to_owned()));
        status.into_iter().chain(list::query(self.page, self.page_size)).collect()
    }

    fn read(&self, body: &[u8]) -> Result<Page<MethodReading>, DecodeError> {
        read_json(body)
    }
}
