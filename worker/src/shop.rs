//! The anonymous routes: what a payer's browser may ask.

use compago::edge::{Capability, Catalog, IdempotencyKey, ReturnHint, Scope, ShopOrderRequest};
use compago::flow::order::terms::Terms;
use compago::value::{HttpsUrl, Reference};
use worker::{Env, Request, Response};

use crate::access::refuse_foreign_page;
use crate::assets;
use crate::env::Config;
use crate::fault::Fault;
use crate::limit::{Costly, admit};
use crate::order::message::{Answer, Ask};
use crate::order::{ask, place};
use crate::receive::{idempotency_key, json_body};
use crate::respond::{json_answer, see_other};

const CATALOG: &str = "/catalog.json";
const RETURN_PAGE: &str = "/return.html";

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
pub(crate) async fn create(request: &mut Request, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_foreign_page(request, config)?;
    let key = idempotency_key(request)?;
    let (text, body) = json_body(request).await?;
    let wanted = ShopOrderRequest::from_json(&body).map_err(Fault::InvalidBody)?;
    let priced = load_catalog(env).await?.price(&wanted).map_err(Fault::InvalidBody)?;
    admit(Costly::Creating, request, env).await?;
    let (reference, capability) = identity(&key, Scope::Shop, config);
    let terms = Terms {
        reference,
        amount: priced.amount,
        currency: compago::value::Currency::Mxn,
        description: priced.description,
        external_id: None,
        ttl: wanted.ttl.unwrap_or(compago::value::Ttl::DEFAULT),
        redirect_url: redirect_url(&capability, config)?,
        homepage_url: homepage_url(&shop_home(config)?, &reference)?,
        billing_information: Some(wanted.billing_information),
    };
    created(place(&key, Scope::Shop, terms, text, capability, None, config, env).await?)
}

/// `GET /api/shop/orders/{order}`.
///
/// # Errors
/// [`Fault::NotFound`].
pub(crate) async fn view(order: &str, config: &Config, env: &Env) -> Result<Response, Fault> {
    viewed(ask(&open(order, config)?.1, &Ask::Watch, env).await?)
}

/// `POST /api/shop/orders/{order}/retry`.
///
/// # Errors
/// 409 while the last attempt can still be paid, or once paid; else as for creating.
pub(crate) async fn retry(order: &str, request: &Request, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_foreign_page(request, config)?;
    let (_, reference) = open(order, config)?;
    admit(Costly::Creating, request, env).await?;
    created(ask(&reference, &Ask::Retry { capability: order.to_owned() }, env).await?)
}

/// `POST /api/shop/orders/{order}/cancel`.
///
/// # Errors
/// 409 if it turned out to be paid, or cannot be cancelled now.
pub(crate) async fn cancel(order: &str, request: &Request, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_foreign_page(request, config)?;
    let (_, reference) = open(order, config)?;
    viewed(ask(&reference, &Ask::Cancel, env).await?)
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
    let claim = if allowed { hint.id.zip(hint.external_id) } else { None };
    let answer = ask(&reference, &Ask::Return { claim }, env).await?;
    if let Answer::Returned { return_page: Some(page) } = answer {
        let page = page.with_query_pair("order", hint.order.as_str()).map_err(|_| Fault::Internal)?;
        return Ok(see_other(page.as_str())?);
    }
    Ok(see_other(&format!("{RETURN_PAGE}?order={}", hint.order.as_str()))?)
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
    use compago::value::Loopback;
    HttpsUrl::parse(&format!("{}/", config.shop_origin), Loopback::Allowed).map_err(|_| Fault::Internal)
}

/// 201, with the link.
///
/// # Errors
/// Why there is no link.
pub(crate) fn created(answer: Answer) -> Result<Response, Fault> {
    if let Answer::Created { created } = answer {
        return Ok(json_answer(201, &created)?);
    }
    Err(answer.refusal())
}

fn viewed(answer: Answer) -> Result<Response, Fault> {
    if let Answer::View { view } = answer {
        return Ok(json_answer(200, &view)?);
    }
    Err(answer.refusal())
}

/// A capability that we issued: nothing is asked of anybody before this is known.
fn open(order: &str, config: &Config) -> Result<(Capability, Reference), Fault> {
    let capability: Capability = order.parse().map_err(|_| Fault::NotFound)?;
    let reference = capability.open(&config.keys).ok_or(Fault::NotFound)?;
    Ok((capability, reference))
}

async fn load_catalog(env: &Env) -> Result<Catalog, Fault> {
    Catalog::parse(&assets::text(CATALOG, env).await?).map_err(|_| Fault::Internal)
}
