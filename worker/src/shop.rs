//! The anonymous routes: what a payer's browser may ask.

use compago::edge::{Capability, CapabilityPurpose, IdempotencyKey, Priced, ReturnHint, Scope, ShopOrderRequest};
use compago::flow::open_links::LinkFor;
use compago::flow::order::terms::Terms;
use compago::value::{Currency, HttpsUrl, Loopback, Reference, Ttl};
use serde_json::json;
use worker::{Env, Response};

use crate::access::refuse_foreign_page;
use crate::catalog;
use crate::env::Config;
use crate::fault::{Fault, InternalError};
use crate::limit;
use crate::log::{self, Level};
use crate::open_links;
use crate::order::message::{Ask, Claim, Placing};
use crate::order::{ask, place, recall};
use crate::receive::{Incoming, idempotency_key, json_body, locale};
use crate::respond::see_other;

/// The page that follows an order, for payers who come back.
pub(crate) const RETURN_PAGE: &str = "/return.html";

/// `POST /api/shop/orders`.
///
/// # Errors
/// See `http-api`: the body, the key, the client's allowance, or what Compago said.
pub(crate) async fn create(request: &Incoming, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_foreign_page(request, config)?;
    let key = idempotency_key(request)?;
    let (text, body) = json_body(request).await?;
    let wanted = ShopOrderRequest::from_json(&body)?;
    let priced = match price(&wanted, env).await {
        Ok(priced) => priced,
        // A request that has placed an order is answered alike, whatever the catalog has become.
        Err(refusal) => {
            limit::platform_admits_create(limit::client(request), env).await?;
            return recall(&key, Scope::Shop, &text, locale(request), config, env).await?.ok_or(refusal);
        }
    };
    let (reference, capability) = identity(&key, Scope::Shop, config);
    let admitted = open_links::admit(&reference, LinkFor::Order, request, config, env).await;
    if let Err(Fault::TooManyOpenLinks { .. } | Fault::ShopBusy { .. }) = admitted
        && let Some(answer) = recall(&key, Scope::Shop, &text, locale(request), config, env).await?
    {
        // The request has a link already, or gets one soon: it asks for no other.
        return Ok(answer);
    }
    let ticket = admitted?;
    let terms = Terms {
        reference,
        amount: priced.amount,
        currency: Currency::Mxn,
        description: priced.description,
        external_id: None,
        ttl: link_life(wanted.ttl, config),
        redirect_url: redirect_url(&capability, config)?,
        homepage_url: homepage_url(&shop_home(config)?, &reference)?,
        billing_information: Some(wanted.billing_information),
    };
    let capability = capability.as_str().to_owned();
    let placing = Placing { terms, body: text, capability, return_page: None, counted: Some(true), ticket };
    place(&key, Scope::Shop, placing, locale(request), config, env).await
}

/// What is wanted, by the prices of the catalog as it is now.
async fn price(wanted: &ShopOrderRequest, env: &Env) -> Result<Priced, Fault> {
    Ok(catalog::for_sale(env).await?.price(wanted)?)
}

/// A visitor may want a shorter link, not a longer one. A shorter one counts as long as any, so it makes no room for more.
fn link_life(wanted: Option<Ttl>, config: &Config) -> Ttl {
    let longest = config.limits.link_life;
    wanted.map_or(longest, |wanted| wanted.min(longest))
}

/// `GET /api/shop/orders/{order}`.
///
/// # Errors
/// [`Fault::NotFound`].
pub(crate) async fn view(order: &str, request: &Incoming, config: &Config, env: &Env) -> Result<Response, Fault> {
    ask(&open(CapabilityPurpose::Order, order, config)?, Ask::Watch, locale(request), env).await
}

/// `POST /api/shop/orders/{order}/retry`.
///
/// # Errors
/// 409 while the last attempt can still be paid, or once paid; else as for creating.
pub(crate) async fn retry(order: &str, request: &Incoming, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_foreign_page(request, config)?;
    let reference = open(CapabilityPurpose::Order, order, config)?;
    let ticket = open_links::admit(&reference, LinkFor::NextAttempt, request, config, env).await?;
    ask(&reference, Ask::Retry(ticket), locale(request), env).await
}

/// `POST /api/shop/orders/{order}/cancel`.
///
/// # Errors
/// 409 if it turned out to be paid, or cannot be cancelled now.
pub(crate) async fn cancel(order: &str, request: &Incoming, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_foreign_page(request, config)?;
    ask(&open(CapabilityPurpose::Order, order, config)?, Ask::Cancel, locale(request), env).await
}

/// `GET /api/shop/return`: the payer's browser comes back. Nothing that it says is believed, and it is redirected in any case,
/// since the page says what is known: also if the configuration is incomplete or the order's object fails. A client that comes
/// too often causes nothing more. `base` is the shop's origin, if the request came in elsewhere.
///
/// # Errors
/// [`Fault::Internal`] alone.
pub(crate) async fn on_return(query: &str, base: &str, request: &Incoming, env: &Env) -> Result<Response, Fault> {
    let location = match ReturnHint::parse(query) {
        Some(hint) => location_of(hint, request, env).await,
        None => RETURN_PAGE.to_owned(),
    };
    let base = if location.starts_with('/') { base } else { "" };
    Ok(see_other(&format!("{base}{location}"))?)
}

/// Where a payer with this hint is sent.
async fn location_of(hint: ReturnHint, request: &Incoming, env: &Env) -> String {
    let page = format!("{RETURN_PAGE}?order={}", hint.order.as_str());
    // Without a configuration it cannot be told whether the order is genuine. The page finds out later.
    let Ok(config) = Config::needed(env) else { return page };
    match hint.order.open(CapabilityPurpose::Order, &config.keys) {
        Some(reference) => report_return(&reference, hint, request, env).await.unwrap_or(page),
        None => RETURN_PAGE.to_owned(),
    }
}

/// Reports the return to the order; where it sends its payers.
async fn report_return(reference: &Reference, hint: ReturnHint, request: &Incoming, env: &Env) -> Option<String> {
    let allowed = limit::admits_return(request, env).await;
    let claimed = hint.id.zip(hint.external_id).filter(|_| allowed);
    let claim = claimed.map(|(payment_id, external_id)| Claim { payment_id, external_id });
    match ask(reference, Ask::Return { claim }, locale(request), env).await {
        Ok(response) if response.status_code() == 303 => response.headers().get("location").ok()?,
        Ok(response) => {
            let status = response.status_code();
            log::write(
                Level::Warn,
                "return-not-reported",
                json!({ "reference": reference.to_string(), "status": status }),
            );
            None
        }
        Err(fault) => {
            log::write(
                Level::Error,
                "return-not-reported",
                json!({ "reference": reference.to_string(), "error": fault.internal() }),
            );
            None
        }
    }
}

/// The reference and the capability that a key gives.
pub(crate) fn identity(key: &IdempotencyKey, scope: Scope, config: &Config) -> (Reference, Capability) {
    let reference = key.reference(scope, &config.keys);
    let capability = Capability::issue(CapabilityPurpose::Order, &reference, &config.keys);
    (reference, capability)
}

/// Our return route for an order.
///
/// # Errors
/// [`Fault::Internal`]: the shop's origin allows no such URL.
pub(crate) fn redirect_url(capability: &Capability, config: &Config) -> Result<HttpsUrl, Fault> {
    let route = shop_home(config)?.join_path("api/shop/return").map_err(InternalError::from)?;
    Ok(route.with_query_pair("order", capability.as_str()).map_err(InternalError::from)?)
}

/// A home page that differs for each order, and tells nobody how to reach it.
///
/// # Errors
/// [`Fault::Internal`]: the page's URL is too long for one more pair.
pub(crate) fn homepage_url(home: &HttpsUrl, reference: &Reference) -> Result<HttpsUrl, Fault> {
    Ok(home.with_query_pair("reference", &reference.compact()).map_err(InternalError::from)?)
}

/// The shop's first page.
///
/// # Errors
/// [`Fault::Internal`], never with an origin that was read from the configuration.
pub(crate) fn shop_home(config: &Config) -> Result<HttpsUrl, Fault> {
    Ok(HttpsUrl::parse(&format!("{}/", config.site.shop()), Loopback::Allowed).map_err(InternalError::from)?)
}

/// A capability that we issued: nothing is asked of anybody before this is known.
///
/// # Errors
/// [`Fault::NotFound`].
pub(crate) fn open(purpose: CapabilityPurpose, text: &str, config: &Config) -> Result<Reference, Fault> {
    let capability: Capability = text.parse().map_err(|_| Fault::NotFound)?;
    capability.open(purpose, &config.keys).ok_or(Fault::NotFound)
}
