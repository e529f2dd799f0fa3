//! The operator's routes: orders of any amount, for invoices and for a merchant's own backend.

use compago::edge::fulfilment::FulfilmentRequest;
use compago::edge::shipping::{DeliveryTo, Shipping};
use compago::edge::{BodyFingerprints, OperatorOrderRequest, Query, Role, Scope};
use compago::flow::order::terms::Terms;
use compago::problem::Locale;
use compago::value::{Currency, MetadataSource, Reference, Ttl};
use worker::{Env, Response};

use crate::config::KeyedConfig;
use crate::http::error::ApiError;
use crate::http::order_urls::{homepage_url, identity, redirect_url, shop_home};
use crate::http::request::{Incoming, idempotency_key, json_body, locale};
use crate::objects::index_client;
use crate::objects::order::message::{Command, PlaceOrder};
use crate::objects::order::{place, recall, send};
use crate::routes::{catalog, shop_file};

/// `POST /api/operator/orders`.
///
/// # Errors
/// The body, the key, or what Compago said.
pub(super) async fn create(request: &Incoming, config: &KeyedConfig, env: &Env) -> Result<Response, ApiError> {
    let key = idempotency_key(request)?;
    let (text, body) = json_body(request).await?;
    let wanted = OperatorOrderRequest::from_json(&body, config.site.shop())?;
    let locale = locale(request);
    let shipped = match ship(&wanted, locale, env).await {
        Ok(shipped) => shipped,
        // A request that has placed an order is answered alike, whatever the catalog has become.
        Err(refusal) => return recall(&key, Scope::Operator, &text, locale, config, env).await?.ok_or(refusal),
    };
    let (shipping, delivery) = shipped.unzip();
    let (reference, capability) = identity(&key, Scope::Operator, config);
    let home = match wanted.homepage_url {
        Some(home) => home,
        None => shop_home(config)?,
    };
    let terms = Terms {
        reference,
        amount: wanted.amount,
        currency: Currency::Mxn,
        description: wanted.description,
        external_id: wanted.external_id,
        ttl: wanted.ttl.unwrap_or(Ttl::DEFAULT),
        redirect_url: redirect_url(&capability, config)?,
        homepage_url: homepage_url(&home, &reference)?,
        billing_information: Some(wanted.billing_information),
        items: wanted.items,
        shipping,
        delivery,
        metadata: wanted.metadata,
        metadata_source: MetadataSource::Backend,
        retain_days: config.retain_days,
        locale,
    };
    let capability = capability.as_str().to_owned();
    let body = BodyFingerprints::of(text.as_bytes(), &config.keys);
    let new_order = PlaceOrder { terms, body, capability, return_page: wanted.return_url, ticket: None };
    place(&key, Scope::Operator, new_order, locale, config, env).await
}

/// How the order is delivered, by the methods of the catalog as it is now; `None` if the request names no method.
async fn ship(
    wanted: &OperatorOrderRequest,
    locale: Locale,
    env: &Env,
) -> Result<Option<(Shipping, DeliveryTo)>, ApiError> {
    if wanted.shipping.is_none() {
        return Ok(None);
    }
    let catalog = catalog::for_sale(shop_file::catalog_rules(env).await?, env).await?;
    Ok(wanted.shipping_by(&catalog, locale)?)
}

/// `GET /api/operator/orders/{reference}`; with `watch=true` for a page that follows the order.
///
/// # Errors
/// [`ApiError::InvalidQuery`], [`ApiError::NotFound`].
pub(super) async fn detail(
    role: Role,
    reference: &str,
    query: &str,
    request: &Incoming,
    env: &Env,
) -> Result<Response, ApiError> {
    let mut query = Query::parse(query).ok_or(ApiError::InvalidQuery)?;
    let watch: bool = query.value("watch").map_err(|_| ApiError::InvalidQuery)?.unwrap_or_default();
    if !query.is_empty() {
        return Err(ApiError::InvalidQuery);
    }
    send_to_known(reference, if watch { Command::WatchDetail { role } } else { Command::Detail { role } }, request, env)
        .await
}

/// `POST /api/operator/orders/{reference}/check`.
///
/// # Errors
/// [`ApiError::NotFound`].
pub(super) async fn check(role: Role, reference: &str, request: &Incoming, env: &Env) -> Result<Response, ApiError> {
    send_to_known(reference, Command::Check { role }, request, env).await
}

/// `GET /api/operator/orders/{reference}/delivery`.
///
/// # Errors
/// [`ApiError::NotFound`], [`ApiError::PersonalDataDeleted`].
pub(super) async fn delivery(role: Role, reference: &str, request: &Incoming, env: &Env) -> Result<Response, ApiError> {
    send_to_known(reference, Command::Delivery { role }, request, env).await
}

/// `POST /api/operator/orders/{reference}/fulfilment`. It needs no idempotency key: the same content again changes nothing.
///
/// # Errors
/// The body; [`ApiError::NotFound`], [`ApiError::NotPaid`].
pub(super) async fn fulfil(role: Role, reference: &str, request: &Incoming, env: &Env) -> Result<Response, ApiError> {
    let (_, body) = json_body(request).await?;
    let wanted = Box::new(FulfilmentRequest::from_json(&body)?);
    send_to_known(reference, Command::Fulfil { request: wanted, role }, request, env).await
}

/// Sends a command to an order; reports to the index if the order is not there.
async fn send_to_known(reference: &str, wanted: Command, request: &Incoming, env: &Env) -> Result<Response, ApiError> {
    let reference: Reference = reference.parse().map_err(|_| ApiError::NotFound)?;
    let answer = send(&reference, wanted, locale(request), env).await?;
    if answer.status_code() == 404 {
        index_client::report_missing(&reference, env).await?;
    }
    Ok(answer)
}
