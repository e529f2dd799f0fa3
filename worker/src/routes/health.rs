//! `GET /healthz`: whether the Worker runs, and whether it is configured and can take orders.

use std::collections::BTreeMap;

use compago::problem::Locale;
use compago::value::Environment;
use serde::Serialize;
use worker::{Env, Response};

use super::catalog;
use crate::config::{self, Config, Misconfigured};
use crate::http::error::ApiError;
use crate::http::respond::json_answer;

/// 200 when all is configured and the catalog can be read, else 503 with the names of settings that are not, why secrets cannot be used
/// and what is wrong with the catalog; never a setting's value. It writes nothing, and asks nobody but the site's own files.
///
/// # Errors
/// [`ApiError::Internal`] alone.
pub(crate) async fn report(locale: Locale, env: &Env) -> Result<Response, ApiError> {
    let wrong = Config::read(env).err();
    let catalog = catalog::Health::of(env, locale).await;
    let (code, status) = if wrong.is_none() && catalog.is_good() { (200, "ok") } else { (503, "misconfigured") };
    let Misconfigured { missing, malformed, reasons } = wrong.unwrap_or_default();
    let body = Report {
        status,
        version: env!("CARGO_PKG_VERSION"),
        environment: config::environment(env),
        missing,
        malformed,
        reasons: reasons.into_iter().collect(),
        catalog,
    };
    Ok(json_answer(code, &body)?)
}

#[derive(Serialize)]
struct Report {
    status: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<Environment>,
    missing: Vec<&'static str>,
    malformed: Vec<&'static str>,
    /// Why secrets cannot be used, by their names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    reasons: BTreeMap<&'static str, String>,
    catalog: catalog::Health,
}
