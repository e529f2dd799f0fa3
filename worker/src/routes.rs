//! The routes of the API and of the site: which path means what, and who answers it.
//!
//! Each module below owns its routes and their handlers.

use ::compago::edge::{Area, RequestedAt, Site};
use serde_json::json;
use worker::{Env, Response};

use crate::config::{Config, KeyedConfig};
use crate::http::cors::SHOP_API;
use crate::http::error::{ApiError, InternalError};
use crate::http::methods::get;
use crate::http::origins::refuse_foreign_page;
use crate::http::request::{Incoming, locale};
use crate::http::{auth, hosts, respond, security_log};
use crate::objects::secrets;
use crate::runtime::log::{self, Level};

pub(crate) mod assets;
mod cards;
mod catalog;
mod health;
mod merchant_file;
mod operator;
mod payments;
mod pos;
mod session;
mod shop;
pub(crate) mod shop_file;
mod traits;

/// A route of the API. Everything else is a static file.
#[derive(PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// `GET /healthz`
    Health,
    /// `GET /api/shop/catalog`
    Catalog,
    /// `GET /api/shop/return`
    Return,
    /// `/api/shop/orders/...`
    Shop(shop::Route<'a>),
    /// `/api/session`
    Session(session::Route),
    /// `/api/operator/...`: our own orders, charges, refunds and webhooks.
    Operator(operator::Route<'a>),
    /// `/api/operator/...`: Compago's one-time payments.
    Payments(payments::Route<'a>),
    /// `/api/pos/...`
    Pos(pos::Route<'a>),
    /// `/api/operator/payment-methods/...` and `/api/shop/cards/...`
    Cards(cards::Route<'a>),
    /// `GET` of a static file.
    File,
}

impl<'a> Route<'a> {
    /// Finds the route of a request.
    ///
    /// # Errors
    /// [`ApiError::Method`] for a path that has other methods, [`ApiError::NotFound`] below `/api` for one that has none.
    pub(crate) fn find(method: &str, path: &'a str) -> Result<Self, ApiError> {
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        Ok(match segments.as_slice() {
            ["healthz"] => get(method, Self::Health)?,
            ["api", "shop", "catalog"] => get(method, Self::Catalog)?,
            ["api", "shop", "return"] | ["api", "shop", "return", ""] => get(method, Self::Return)?,
            ["api", "shop", "orders", rest @ ..] => Self::Shop(shop::Route::find(method, rest)?),
            ["api", "shop", "cards", card] => get(method, Self::Cards(cards::Route::Payer(card)))?,
            ["api", "session"] => Self::Session(session::Route::find(method)?),
            ["api", "pos", rest @ ..] => Self::Pos(pos::Route::find(method, rest)?),
            ["api", "operator", "payment-methods", rest @ ..] => Self::Cards(cards::Route::find(method, rest)?),
            ["api", "operator", rest @ ..] => match payments::Route::find(method, rest)? {
                Some(route) => Self::Payments(route),
                None => Self::Operator(operator::Route::find(method, rest)?),
            },
            ["api", ..] => return Err(ApiError::NotFound),
            _ => get(method, Self::File)?,
        })
    }

    /// Returns why a request that is for no route is refused. A page of another origin that may not call the shop's API learns only that.
    pub(crate) fn refusal(unknown: ApiError, path: &str, request: &Incoming, site: Option<&Site>) -> ApiError {
        match site.filter(|_| path.starts_with(SHOP_API)).map(|site| refuse_foreign_page(request, site)) {
            Some(Err(foreign)) => foreign,
            Some(Ok(())) | None => unknown,
        }
    }

    /// Answers a request for this route: on the origin where it belongs, and to callers that may ask for it. What signed-in callers
    /// change is logged, and their session is renewed.
    ///
    /// # Errors
    /// [`ApiError::WrongHost`], [`ApiError::HttpsRequired`], [`ApiError::Misconfigured`]; why the caller may not ask; those of the route.
    pub(crate) async fn answer(
        &self,
        (path, query): (&str, &str),
        request: &Incoming,
        at: &RequestedAt<'_>,
        site: Option<&Site>,
        env: &Env,
    ) -> Result<Response, ApiError> {
        // A Worker without a shop's origin does not know which hosts are its own.
        if let Some((site, area)) = site.zip(self.area(path))
            && let Err(elsewhere) = site.check(at, area)
        {
            return hosts::send_elsewhere(&elsewhere, *self == Self::File, path, query);
        }
        if let Some(site) = site.filter(|_| self.is_for_pages()) {
            refuse_foreign_page(request, site)?;
        }
        // These are answered also where the configuration is incomplete.
        match self {
            Self::Health => return health::report(locale(request), env).await,
            Self::File => return assets::answer(path, query, request, env).await,
            Self::Catalog => return catalog::answer(site, env).await,
            Self::Return => {
                let elsewhere = site.is_some_and(|site| site.check(at, Area::Shop).is_err());
                let base = site.filter(|_| elsewhere).map_or("", |site| site.shop().as_str());
                return shop::on_return(query, base, request, env).await;
            }
            Self::Shop(_)
            | Self::Session(_)
            | Self::Operator(_)
            | Self::Payments(_)
            | Self::Pos(_)
            | Self::Cards(_) => {}
        }
        let configured = Config::read(env).map_err(|wrong| {
            log::write(
                Level::Error,
                "misconfigured",
                json!({ "missing": wrong.missing, "malformed": wrong.malformed }),
            );
            ApiError::Misconfigured
        })?;
        let config = secrets::keyed_or_configured(configured, env).await?;
        // Under a key that cannot be read now, the request may have made something already.
        if config.lacks_generated && self.creates() {
            return Err(ApiError::SettingsUnavailable);
        }
        let answered = self.answer_caller(query, request, &config, env).await;
        // What cannot be recognised may be ours.
        let is_unsure =
            config.lacks_generated && matches!(answered, Err(ApiError::NotFound | ApiError::Unauthenticated));
        if is_unsure { Err(ApiError::SettingsUnavailable) } else { answered }
    }

    /// Answers a caller who may ask.
    async fn answer_caller(
        &self,
        query: &str,
        request: &Incoming,
        config: &KeyedConfig,
        env: &Env,
    ) -> Result<Response, ApiError> {
        let caller = match self.needed_role() {
            Some(role) => Some(session::require(role, request, config, env).await?),
            None => None,
        };
        let answer = self.dispatch(caller.as_ref(), query, request, config, env).await;
        let Some(caller) = caller else { return answer };
        if !matches!(request.method(), "GET" | "HEAD") {
            let status = answer.as_ref().map_or_else(ApiError::status, Response::status_code);
            // What was asked in vain names nothing of ours: it is whatever the client wrote.
            let subject = (status < 400).then(|| self.subject(request, config)).flatten();
            security_log::acted(&caller, status, self.operation_id(), subject.as_deref(), request, config);
        }
        let answer = answer?;
        match auth::renewed_cookie(&caller, config)? {
            Some(cookie) => Ok(respond::with_header(answer, "set-cookie", &cookie)?),
            None => Ok(answer),
        }
    }

    /// Hands the request to the module of its route. `caller` is present where the route needs a role.
    async fn dispatch(
        &self,
        caller: Option<&auth::Caller>,
        query: &str,
        request: &Incoming,
        config: &KeyedConfig,
        env: &Env,
    ) -> Result<Response, ApiError> {
        match (self, caller) {
            (Self::Shop(route), _) => shop::answer(route, request, config, env).await,
            (Self::Session(route), _) => session::answer(*route, caller, request, config, env).await,
            (Self::Cards(route), _) => cards::answer(route, query, request, config, env).await,
            (Self::Operator(route), Some(caller)) => {
                operator::answer(caller.role, route, query, request, config, env).await
            }
            (Self::Payments(route), Some(caller)) => {
                payments::answer(caller.role, route, query, request, config, env).await
            }
            (Self::Pos(route), Some(caller)) => pos::answer(caller, route, request, config, env).await,
            (Self::Operator(_) | Self::Payments(_) | Self::Pos(_), None) => {
                Err(InternalError::Impossible("a route that needs a role, without a caller").into())
            }
            (Self::Health | Self::File | Self::Catalog | Self::Return, _) => {
                Err(InternalError::Impossible("a route that was answered before").into())
            }
        }
    }
}
