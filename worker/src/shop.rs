//! The anonymous routes: what a payer's browser may ask.

use compago::edge::{Capability, Catalog, IdempotencyKey, ReturnHint, Scope, ShopOrderRequest};
use compago::flow::order::terms::Terms;
use compago::value::{Currency, HttpsUrl, Loopback, Reference, Ttl};
use web_sys::{Request, Response};
use worker::Env;

use crate::access::refuse_foreign_page;
use crate::assets;
use crate::env::Config;
use crate::fault::Fault;
use crate::limit::{Costly, admit};
use crate::order::message::{Ask, Claim, Placing};
use crate::order::{ask, place};
use crate::receive::{idempotency_key, json_body, locale};
use crate::respond::{json_answer, see_other};

const CATALOG: &str = "/catalog.json";
/// The page that follows an order, for payers who come back.
pub(crate) const RETURN_PAGE: &str = "/return.html";

/// `GET /api/shop/catalog`.
///
/// # Errors
/// [`Fault::Internal`] for a catalog file that cannot be read.
pub(crate) async fn catalog(env: &Env) -> Result<Response, Fault> {
    Ok(json_answer(200, &load_catalog(env).await?)?)
}

/// `POST /api/shop/orders`.
///
/// # Errors
/// See `http-api`: the body, the key, the client's allowance, or what Compago said.
pub(crate) async fn create(request: &Request, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_foreign_page(request, config)?;
    let key = idempotency_key(request)?;
    let (text, body) = json_body(request).await?;
    let wanted = ShopOrderRequest::from_json(&body)?;
    let priced = load_catalog(env).await?.price(&wanted)?;
    admit(Costly::Creating, request, env).await?;
    let (reference, capability) = identity(&key, Scope::Shop, config);
    let terms = Terms {
        reference,
        amount: priced.amount,
        currency: Currency::Mxn,
        description: priced.description,
        external_id: None,
        ttl: wanted.ttl.unwrap_or(Ttl::DEFAULT),
        redirect_url: redirect_url(&capability, config)?,
        homepage_url: homepage_url(&shop_home(config)?, &reference)?,
        billing_information: Some(wanted.billing_information),
    };
    let placing = Placing { terms, body: text, capability: capability.as_str().to_owned(), return_page: None };
    place(&key, Scope::Shop, placing, locale(request), config, env).await
}

/// `GET /api/shop/orders/{order}`.
///
/// # Errors
/// [`Fault::NotFound`].
pub(crate) async fn view(order: &str, request: &Request, config: &Config, env: &Env) -> Result<Response, Fault> {
    ask(&open(order, config)?, Ask::Watch, locale(request), env).await
}

/// `POST /api/shop/orders/{order}/retry`.
///
/// # Errors
/// 409 while the last attempt can still be paid, or once paid; else as for creating.
pub(crate) async fn retry(order: &str, request: &Request, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_foreign_page(request, config)?;
    let reference = open(order, config)?;
    admit(Costly::Creating, request, env).await?;
    ask(&reference, Ask::Retry, locale(request), env).await
}

/// `POST /api/shop/orders/{order}/cancel`.
///
/// # Errors
/// 409 if it turned out to be paid, or cannot be cancelled now.
pub(crate) async fn cancel(order: &str, request: &Request, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_foreign_page(request, config)?;
    ask(&open(order, config)?, Ask::Cancel, locale(request), env).await
}

/// `GET /api/shop/return`: the payer's browser comes back. It is believed nothing; it is sent on in any case, since the
/// page says what is known. A client that comes too often causes nothing more.
///
/// # Errors
/// [`Fault::Internal`] alone.
pub(crate) async fn came_back(query: &str, request: &Request, config: &Config, env: &Env) -> Result<Response, Fault> {
    let Some(hint) = ReturnHint::parse(query) else { return Ok(see_other(RETURN_PAGE)?) };
    let Some(reference) = hint.order.open(&config.keys) else { return Ok(see_other(RETURN_PAGE)?) };
    let allowed = admit(Costly::Returning, request, env).await.is_ok();
    let claimed = hint.id.zip(hint.external_id).filter(|_| allowed);
    let claim = claimed.map(|(payment_id, external_id)| Claim { payment_id, external_id });
    let response = ask(&reference, Ask::Return { claim }, locale(request), env).await?;
    if response.status() == 303 { Ok(response) } else { send_on(query) }
}

/// Sends a payer who comes back to the page that follows the order, whatever else is wrong.
///
/// # Errors
/// [`Fault::Internal`] alone.
pub(crate) fn send_on(query: &str) -> Result<Response, Fault> {
    let page = ReturnHint::parse(query).map(|hint| format!("{RETURN_PAGE}?order={}", hint.order.as_str()));
    Ok(see_other(page.as_deref().unwrap_or(RETURN_PAGE))?)
}

/// The reference and the capability that a key gives.
pub(crate) fn identity(key: &IdempotencyKey, scope: Scope, config: &Config) -> (Reference, Capability) {
    let reference = key.reference(scope, &config.keys);
    let capability = Capability::issue(&reference, &config.keys);
    (reference, capability)
}

/// Our return route for an order.
///
/// # Errors
/// [`Fault::Internal`]: the shop's origin allows no such URL.
pub(crate) fn redirect_url(capability: &Capability, config: &Config) -> Result<HttpsUrl, Fault> {
    let route = shop_home(config)?.join_path("api/shop/return").map_err(|_| Fault::Internal)?;
    route.with_query_pair("order", capability.as_str()).map_err(|_| Fault::Internal)
}

/// A home page that differs for each order, and tells nobody how to reach it.
///
/// # Errors
/// [`Fault::Internal`]: the page's URL is too long for one more pair.
pub(crate) fn homepage_url(home: &HttpsUrl, reference: &Reference) -> Result<HttpsUrl, Fault> {
    home.with_query_pair("reference", &reference.compact()).map_err(|_| Fault::Internal)
}

/// The shop's first page.
///
/// # Errors
/// [`Fault::Internal`], never with an origin that was read from the configuration.
pub(crate) fn shop_home(config: &Config) -> Result<HttpsUrl, Fault> {
    HttpsUrl::parse(&format!("{}/", config.shop_origin), Loopback::Allowed).map_err(|_| Fault::Internal)
}

/// A capability that we issued: nothing is asked of anybody before this is known.
///
/// # Errors
/// [`Fault::NotFound`].
pub(crate) fn open(order: &str, config: &Config) -> Result<Reference, Fault> {
    let capability: Capability = order.parse().map_err(|_| Fault::NotFound)?;
    capability.open(&config.keys).ok_or(Fault::NotFound)
}

async fn load_catalog(env: &Env) -> Result<Catalog, Fault> {
    Catalog::parse(&assets::text(CATALOG, env).await?).map_err(|_| Fault::Internal)
}
