//! Compago's one-time payments on the operator's desk: the list, one payment with its order, cancelling, and reports.

use compago::api::one_time_payment::list::ListOneTimePayments;
use compago::edge::list::{ListQuery, PageView};
use compago::edge::one_time_payment::{PaymentQuery, PaymentView, ReportQuery};
use compago::edge::{CapabilityPurpose, ReturnParams, Role};
use compago::endpoint::call;
use compago::value::Reference;
use worker::{Env, Response};

use crate::compago::CompagoApi;
use crate::config::{Config, KeyedConfig};
use crate::http::error::{ApiError, ProviderCall};
use crate::http::methods::{Methods, get, post};
use crate::http::request::{Incoming, locale};
use crate::http::respond::json_answer;
use crate::runtime::clock::now;

mod one;
mod pages;
mod reads;
mod report;
mod summary;

use one::PaymentRequest;

/// A route about one-time payments.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// `GET /api/operator/one-time-payments`
    List,
    /// `GET /api/operator/one-time-payments/{id}`
    Read(&'a str),
    /// `POST /api/operator/one-time-payments/{id}/cancel`
    Cancel(&'a str),
    /// `GET /api/operator/reports/summary`
    Summary,
    /// `GET /api/operator/reports/one-time-payments.csv`
    Report,
}

impl<'a> Route<'a> {
    /// Finds the route by what follows `/api/operator`; `None` if it is not about payments.
    ///
    /// # Errors
    /// The methods that the path has instead.
    pub(super) fn find(method: &str, rest: &[&'a str]) -> Result<Option<Self>, Methods> {
        let route = match *rest {
            ["one-time-payments"] => get(method, Self::List),
            ["one-time-payments", id] => get(method, Self::Read(id)),
            ["one-time-payments", id, "cancel"] => post(method, Self::Cancel(id)),
            ["reports", "summary"] => get(method, Self::Summary),
            ["reports", "one-time-payments.csv"] => get(method, Self::Report),
            _ => return Ok(None),
        };
        Ok(Some(route?))
    }

    /// Its `operationId` in `/openapi.json`.
    pub(super) const fn operation_id(&self) -> &'static str {
        match self {
            Self::List => "oneTimePayments",
            Self::Read(_) => "oneTimePayment",
            Self::Cancel(_) => "cancelOneTimePayment",
            Self::Summary => "summary",
            Self::Report => "oneTimePaymentsReport",
        }
    }

    /// What its path names, if it changes that.
    pub(super) fn subject(&self) -> Option<String> {
        match self {
            Self::Cancel(id) => Some((*id).to_owned()),
            Self::List | Self::Read(_) | Self::Summary | Self::Report => None,
        }
    }
}

/// Answers a request about payments.
///
/// # Errors
/// The query; [`ApiError::NotFound`]; what Compago said.
pub(super) async fn answer(
    role: Role,
    route: &Route<'_>,
    query: &str,
    request: &Incoming,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Response, ApiError> {
    let api = CompagoApi::new(&Config::read(env)?);
    let payment = |id: &str, wanted: ProviderCall| {
        let id = id.parse().map_err(|_| ApiError::NotFound)?;
        Ok::<_, ApiError>(PaymentRequest { id, wanted, role, api: &api, locale: locale(request), config, env })
    };
    match route {
        Route::List => list(query, &api, config).await,
        Route::Read(id) => payment(id, ProviderCall::Read)?.show().await,
        Route::Cancel(id) => payment(id, ProviderCall::Cancel)?.cancel().await,
        Route::Summary => summary::answer(api, env).await,
        Route::Report => {
            let wanted = ReportQuery::parse(query).ok_or(ApiError::InvalidQuery)?;
            report::answer(wanted, api, request, config.clone(), env).await
        }
    }
}

async fn list(query: &str, api: &CompagoApi, config: &KeyedConfig) -> Result<Response, ApiError> {
    let PaymentQuery { list, currency } = PaymentQuery::parse(query).ok_or(ApiError::InvalidQuery)?;
    let ListQuery { status, page, page_size } = list.clone();
    let listed = call(&ListOneTimePayments { status, currency, page, page_size }, api).await;
    let listed = listed.map_err(|error| ApiError::from_list_error(&error))?;
    let view = PageView::of(&list, listed, |payment| {
        let reference = reference_in(payment.redirect_url.as_deref(), config);
        PaymentView::of_listed(payment, reference, now())
    });
    Ok(json_answer(200, &view)?)
}

/// The order that a payment was made for: its return URL carries the order's capability, which nobody else can write.
fn reference_in(redirect_url: Option<&str>, config: &KeyedConfig) -> Option<Reference> {
    let (_, query) = redirect_url?.split_once('?')?;
    ReturnParams::parse(query)?.order.open(CapabilityPurpose::Order, &config.keys)
}
