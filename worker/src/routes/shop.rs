//! The anonymous routes: what a payer's browser may ask.

use compago::edge::{BodyFingerprints, CapabilityPurpose, Priced, ReturnParams, Scope, ShopOrderRequest};
use compago::flow::open_links::LinkFor;
use compago::flow::order::terms::Terms;
use compago::problem::Locale;
use compago::value::{Currency, MetadataSource, Reference, Ttl};
use serde_json::json;
use worker::{Env, Response};

use super::{catalog, shop_file};
use crate::config::{Config, KeyedConfig};
use crate::http::error::ApiError;
use crate::http::methods::{get, post};
use crate::http::order_urls::{RETURN_PAGE, homepage_url, identity, open, redirect_url, shop_home};
use crate::http::rate_limit::{Action, check_rate_limit, client};
use crate::http::request::{Incoming, idempotency_key, json_body, locale};
use crate::http::respond::see_other;
use crate::objects::order::message::{Claim, Command, PlaceOrder};
use crate::objects::order::{place, recall, send};
use crate::objects::{open_links, secrets};
use crate::runtime::log::{self, Level};

/// A route about an order, for its payer.
#[derive(PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// `POST /api/shop/orders`
    Create,
    /// `GET /api/shop/orders/{order}`
    Show(&'a str),
    /// `POST /api/shop/orders/{order}/retry`
    Retry(&'a str),
    /// `POST /api/shop/orders/{order}/cancel`
    Cancel(&'a str),
}

impl<'a> Route<'a> {
    /// Finds the route by what follows `/api/shop/orders`.
    ///
    /// # Errors
    /// [`ApiError::Method`], [`ApiError::NotFound`].
    pub(super) fn find(method: &str, rest: &[&'a str]) -> Result<Self, ApiError> {
        Ok(match *rest {
            [] => post(method, Self::Create)?,
            [order] => get(method, Self::Show(order))?,
            [order, "retry"] => post(method, Self::Retry(order))?,
            [order, "cancel"] => post(method, Self::Cancel(order))?,
            _ => return Err(ApiError::NotFound),
        })
    }

    /// Whether it makes something under an idempotency key.
    pub(super) const fn creates(&self) -> bool {
        matches!(self, Self::Create)
    }

    /// Its `operationId` in `/openapi.json`.
    pub(super) const fn operation_id(&self) -> &'static str {
        match self {
            Self::Create => "createOrder",
            Self::Show(_) => "order",
            Self::Retry(_) => "retryOrder",
            Self::Cancel(_) => "cancelOrder",
        }
    }
}

/// Answers a payer.
///
/// # Errors
/// The body, the key, the client's allowance; [`ApiError::NotFound`]; what Compago said.
pub(super) async fn answer(
    route: &Route<'_>,
    request: &Incoming,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Response, ApiError> {
    match route {
        Route::Create => create(request, config, env).await,
        Route::Show(order) => view(order, request, config, env).await,
        Route::Retry(order) => retry(order, request, config, env).await,
        Route::Cancel(order) => cancel(order, request, config, env).await,
    }
}

/// `POST /api/shop/orders`.
///
/// # Errors
/// See `http-api`: the body, the key, the client's allowance, or what Compago said.
async fn create(request: &Incoming, config: &KeyedConfig, env: &Env) -> Result<Response, ApiError> {
    let key = idempotency_key(request)?;
    let (text, body) = json_body(request).await?;
    let wanted = ShopOrderRequest::from_json_for(&body, &config.site)?;
    let locale = locale(request);
    let (priced, longest) = match offer(&wanted, locale, env).await {
        Ok(offer) => offer,
        // A request that has placed an order is answered alike, whatever the shop's files have become.
        Err(refusal) => {
            check_rate_limit(Action::CreateOrder, client(request), env).await?;
            return recall(&key, Scope::Shop, &text, locale, config, env).await?.ok_or(refusal);
        }
    };
    let (reference, capability) = identity(&key, Scope::Shop, config);
    let admitted = open_links::reserve(&reference, LinkFor::Order, longest, request, config, env).await;
    if let Err(ApiError::TooManyOpenLinks { .. } | ApiError::ShopBusy { .. }) = admitted
        && let Some(answer) = recall(&key, Scope::Shop, &text, locale, config, env).await?
    {
        // The request has a link already, or gets one soon: it asks for no other.
        return Ok(answer);
    }
    let ticket = admitted?;
    // A payer who gives up goes back to the page as well. What its query says of the buyer is none of Compago's business.
    let home = match &wanted.return_url {
        Some(page) => page.without_query(),
        None => shop_home(config)?,
    };
    let terms = Terms {
        reference,
        amount: priced.amount,
        currency: Currency::Mxn,
        description: priced.description,
        external_id: None,
        // A visitor may want a shorter link, not a longer one. A shorter one counts as long as any, so it makes no room for more.
        ttl: wanted.ttl.map_or(longest, |wanted| wanted.min(longest)),
        redirect_url: redirect_url(&capability, config)?,
        homepage_url: homepage_url(&home, &reference)?,
        billing_information: Some(wanted.billing_information),
        items: priced.items,
        shipping: priced.shipping,
        delivery: priced.delivery,
        metadata: wanted.metadata,
        metadata_source: MetadataSource::Browser,
        retain_days: config.retain_days,
        locale,
    };
    let capability = capability.as_str().to_owned();
    let body = BodyFingerprints::of(text.as_bytes(), &config.keys);
    let new_order = PlaceOrder { terms, body, capability, return_page: wanted.return_url, ticket };
    place(&key, Scope::Shop, new_order, locale, config, env).await
}

/// What is wanted, by the prices and shipping methods of the catalog as it is now, with names in the language of the order, and the longest
/// time that its link may live by the shop's file.
async fn offer(wanted: &ShopOrderRequest, locale: Locale, env: &Env) -> Result<(Priced, Ttl), ApiError> {
    let shop = shop_file::for_sale(env).await?;
    let priced = catalog::for_sale(shop.catalog_rules(), env).await?.price(wanted, locale)?;
    Ok((priced, shop.link_life))
}

/// `GET /api/shop/orders/{order}`.
///
/// # Errors
/// [`ApiError::NotFound`].
async fn view(order: &str, request: &Incoming, config: &KeyedConfig, env: &Env) -> Result<Response, ApiError> {
    send(&open(CapabilityPurpose::Order, order, config)?, Command::Watch, locale(request), env).await
}

/// `POST /api/shop/orders/{order}/retry`.
///
/// # Errors
/// 409 while the last attempt can still be paid, or once paid; else as for creating.
async fn retry(order: &str, request: &Incoming, config: &KeyedConfig, env: &Env) -> Result<Response, ApiError> {
    let reference = open(CapabilityPurpose::Order, order, config)?;
    let longest = shop_file::link_life(env).await;
    let ticket = open_links::reserve(&reference, LinkFor::NextAttempt, longest, request, config, env).await?;
    send(&reference, Command::Retry(ticket), locale(request), env).await
}

/// `POST /api/shop/orders/{order}/cancel`.
///
/// # Errors
/// 409 if it turned out to be paid, or cannot be cancelled now.
async fn cancel(order: &str, request: &Incoming, config: &KeyedConfig, env: &Env) -> Result<Response, ApiError> {
    send(&open(CapabilityPurpose::Order, order, config)?, Command::Cancel, locale(request), env).await
}

/// `GET /api/shop/return`: the payer's browser comes back. Nothing that it says is believed, and it is redirected in any case,
/// since the page says what is known: also if the configuration is incomplete or the order's object fails. A client that comes
/// too often causes nothing more. `base` is the shop's origin, if the request came in elsewhere.
///
/// # Errors
/// [`ApiError::Internal`] alone.
pub(super) async fn on_return(query: &str, base: &str, request: &Incoming, env: &Env) -> Result<Response, ApiError> {
    let location = match ReturnParams::parse(query) {
        Some(params) => location_of(params, request, env).await,
        None => RETURN_PAGE.to_owned(),
    };
    let base = if location.starts_with('/') { base } else { "" };
    Ok(see_other(&format!("{base}{location}"))?)
}

/// Where a payer with these parameters is sent.
async fn location_of(params: ReturnParams, request: &Incoming, env: &Env) -> String {
    let page = format!("{RETURN_PAGE}?order={}", params.order.as_str());
    // Without a configuration the order's capability cannot be verified. The page finds out later.
    let Ok(config) = Config::read(env) else { return page };
    // So it is with signing keys that cannot be learnt.
    let Ok(config) = secrets::keyed_or_configured(config, env).await else { return page };
    match params.order.open(CapabilityPurpose::Order, &config.keys) {
        Some(reference) => report_return(&reference, params, request, env).await.unwrap_or(page),
        None if config.lacks_generated => page,
        None => RETURN_PAGE.to_owned(),
    }
}

/// Reports the return to the order; where it sends its payers.
async fn report_return(reference: &Reference, params: ReturnParams, request: &Incoming, env: &Env) -> Option<String> {
    // Without a limiter each may: the order itself reads a payment at most every three seconds, and for four returns alone.
    let allowed = check_rate_limit(Action::ReportReturn, client(request), env).await.is_ok();
    let claimed = params.id.zip(params.external_id).filter(|_| allowed);
    let claim = claimed.map(|(payment_id, external_id)| Claim { payment_id, external_id });
    match send(reference, Command::Return { claim }, locale(request), env).await {
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
        Err(error) => {
            log::write(
                Level::Error,
                "return-not-reported",
                json!({ "reference": reference.to_string(), "error": error.internal() }),
            );
            None
        }
    }
}
