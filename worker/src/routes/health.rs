//! `GET /healthz`: whether the Worker runs, and whether it is configured and can take orders.

use compago::edge::status_answers::Health;
use compago::problem::Locale;
use worker::{Env, Response};

use super::{catalog, shop_file};
use crate::config::{self, Config, Misconfigured};
use crate::http::error::ApiError;
use crate::http::respond::json_answer;

/// 200 when all is configured, and the shop's file and the catalog can be read, else 503 with the names of settings that are not, why
/// secrets cannot be used and what is wrong with the files; never a setting's value. It writes nothing, and asks nobody but the site's own
/// files.
///
/// # Errors
/// [`ApiError::Internal`] alone.
pub(crate) async fn report(locale: Locale, env: &Env) -> Result<Response, ApiError> {
    let wrong = Config::read(env).err();
    let shop = shop_file::state(env).await;
    let catalog = catalog::state(env).await;
    let (code, status) =
        if wrong.is_none() && shop.is_good() && catalog.is_good() { (200, "ok") } else { (503, "misconfigured") };
    let Misconfigured { missing, malformed, reasons } = wrong.unwrap_or_default();
    let body = Health {
        status,
        version: env!("CARGO_PKG_VERSION"),
        environment: config::environment(env),
        missing,
        malformed,
        reasons: reasons.into_iter().collect(),
        catalog: catalog.view(catalog::FILE, locale),
        shop: shop.view(shop_file::FILE, locale),
    };
    Ok(json_answer(code, &body)?)
}
