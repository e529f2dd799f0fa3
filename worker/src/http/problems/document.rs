//! Problem documents (RFC 9457).

use compago::json;
use compago::problem::{Locale, LocalizedProblem};
use compago::value::Amount;
use serde::Serialize;
use worker::{Response, Result};

use super::table::problem_type;
use super::{ProblemType, Text};
use crate::http::error::ApiError;
use crate::http::respond::{VARY_NOT_FOUND, answer};

/// Returns an error as problem details (RFC 9457).
pub(crate) fn respond_problem(error: &ApiError, locale: Locale) -> Result<Response> {
    let ProblemType { status, code, es, en } = problem_type(error);
    let Text { title, detail } = match locale {
        Locale::EsMx => es,
        Locale::En => en,
    };
    // These end with where to send the request instead, or from where.
    let detail = if let ApiError::WrongHost { origin }
    | ApiError::HttpsRequired { origin }
    | ApiError::ForeignPage { expected: origin }
    | ApiError::ForeignOrigin { expected: origin } = error
    {
        format!("{detail} {origin}")
    } else {
        (*detail).to_owned()
    };
    let body = ProblemDocument {
        r#type: format!("/problems/{}", code),
        title,
        status: *status,
        detail,
        code,
        extension: Extension::of(error, locale),
    };
    let mut headers = Vec::from([
        ("content-type", "application/problem+json; charset=utf-8"),
        ("content-language", locale.as_str()),
        ("vary", if matches!(error, ApiError::NotFound) { VARY_NOT_FOUND } else { "accept-language" }),
    ]);
    let wait = if let ApiError::TooMany { seconds }
    | ApiError::TooManyOpenLinks { seconds }
    | ApiError::ShopBusy { seconds }
    | ApiError::RotatedRecently { seconds } = error
    {
        seconds.to_string()
    } else {
        "5".to_owned()
    };
    if matches!(
        error,
        ApiError::TooMany { .. }
            | ApiError::TooManyOpenLinks { .. }
            | ApiError::ShopBusy { .. }
            | ApiError::ProviderUnavailable(_)
            | ApiError::InFlight
            | ApiError::Verifying
            | ApiError::CardBusy
            | ApiError::Misconfigured
            | ApiError::CatalogUnreadable
            | ApiError::ShopFileUnreadable
            | ApiError::SettingsUnavailable
            | ApiError::SigningKeyRemoved
            | ApiError::RotatedRecently { .. }
    ) {
        headers.push(("retry-after", &wait));
    }
    if let ApiError::Method(allowed) = error {
        headers.push(("allow", allowed.as_str()));
    }
    if matches!(error, ApiError::Unauthenticated | ApiError::WrongToken) {
        headers.push(("www-authenticate", "Bearer"));
    }
    answer(*status, Some(json::to_string(&body)), &headers)
}

#[derive(Serialize)]
struct ProblemDocument<'a> {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    code: &'static str,
    #[serde(flatten)]
    extension: Extension<'a>,
}

/// What a problem document has beyond the texts of its type.
#[derive(Default, Serialize)]
struct Extension<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<LocalizedProblem>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<&'a Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

impl<'a> Extension<'a> {
    fn of(error: &'a ApiError, locale: Locale) -> Self {
        let mut extension = Self::default();
        if let ApiError::InvalidBody(problems) = error {
            extension.errors = Some(problems.localized(locale));
        }
        if let ApiError::AmountBelowMinimum { minimum } = error {
            extension.minimum = minimum.as_ref();
        }
        if let ApiError::PaymentOnHold { reference } = error {
            extension.reference = Some(reference.to_string());
        }
        extension
    }
}
