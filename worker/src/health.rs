//! `GET /healthz`: whether the Worker runs, and whether it is configured and can take orders.

use compago::json::{IfSome, Object, ToJson};
use compago::problem::Locale;
use worker::{Env, Response};

use crate::catalog;
use crate::env::{self, Config, Misconfigured};
use crate::fault::Fault;
use crate::respond::json_answer;

/// 200 when all is configured and the catalog can be read, else 503 with the names of settings that are not, why secrets cannot be used
/// and what is wrong with the catalog; never a setting's value. It writes nothing, and asks nobody but the site's own files.
///
/// # Errors
/// [`Fault::Internal`] alone.
pub(crate) async fn report(locale: Locale, env: &Env) -> Result<Response, Fault> {
    let wrong = Config::read(env).err();
    let catalog = catalog::Health::of(env, locale).await;
    let (code, status) = if wrong.is_none() && catalog.is_good() { (200, "ok") } else { (503, "misconfigured") };
    let Misconfigured { missing, malformed, reasons } = wrong.unwrap_or_default();
    let reasons: Vec<(&str, &dyn ToJson)> =
        reasons.iter().map(|(name, reason)| (*name, reason as &dyn ToJson)).collect();
    let reasons = (!reasons.is_empty()).then_some(Object(&reasons));
    let body = Object(&[
        ("status", &status),
        ("version", &env!("CARGO_PKG_VERSION")),
        ("environment", &IfSome(&env::environment(env))),
        ("missing", &missing),
        ("malformed", &malformed),
        ("reasons", &IfSome(&reasons)),
        ("catalog", &catalog),
    ]);
    Ok(json_answer(code, &body)?)
}
