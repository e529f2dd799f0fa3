//! The URLs of orders and saved cards, and the capabilities in them.

use compago::edge::{Capability, CapabilityPurpose, IdempotencyKey, Scope};
use compago::value::{HttpsUrl, Loopback, Reference};

use super::error::{ApiError, InternalError};
use crate::config::{Config, KeyedConfig};

/// The page that follows an order, for payers who come back.
pub(crate) const RETURN_PAGE: &str = "/return.html";

/// Returns the reference and the capability that a key gives.
pub(crate) fn identity(key: &IdempotencyKey, scope: Scope, config: &KeyedConfig) -> (Reference, Capability) {
    let reference = key.reference(scope, &config.keys);
    let capability = Capability::issue(CapabilityPurpose::Order, &reference, &config.keys);
    (reference, capability)
}

/// Returns the URL of our return route for an order.
///
/// # Errors
/// [`ApiError::Internal`]: the shop's origin allows no such URL.
pub(crate) fn redirect_url(capability: &Capability, config: &Config) -> Result<HttpsUrl, ApiError> {
    let route = shop_home(config)?.join_path("api/shop/return").map_err(InternalError::from)?;
    Ok(route.with_query_pair("order", capability.as_str()).map_err(InternalError::from)?)
}

/// Returns a home page that differs for each order, and does not reveal the order's capability.
///
/// # Errors
/// [`ApiError::Internal`]: the page's URL is too long for one more pair.
pub(crate) fn homepage_url(home: &HttpsUrl, reference: &Reference) -> Result<HttpsUrl, ApiError> {
    Ok(home.with_query_pair("reference", &reference.compact()).map_err(InternalError::from)?)
}

/// Returns the URL of the shop's first page.
///
/// # Errors
/// [`ApiError::Internal`], never with an origin that was read from the configuration.
pub(crate) fn shop_home(config: &Config) -> Result<HttpsUrl, ApiError> {
    Ok(HttpsUrl::parse(&format!("{}/", config.site.shop()), Loopback::Allowed).map_err(InternalError::from)?)
}

/// Returns the reference of a capability that we issued: no object is called before this is known.
///
/// # Errors
/// [`ApiError::NotFound`].
pub(crate) fn open(purpose: CapabilityPurpose, text: &str, config: &KeyedConfig) -> Result<Reference, ApiError> {
    let capability: Capability = text.parse().map_err(|_| ApiError::NotFound)?;
    capability.open(purpose, &config.keys).ok_or(ApiError::NotFound)
}
