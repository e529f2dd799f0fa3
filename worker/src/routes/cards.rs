//! Saved cards: the operator's routes, and what the payer's page asks.

use compago::api::payment_method::list::ListPaymentMethods;
use compago::edge::card_list::MethodItem;
use compago::edge::list::{ListQuery, PageView};
use compago::edge::saved_card::{ChargeRequest, RefundRequest, SaveCardRequest};
use compago::edge::{Capability, CapabilityPurpose, Scope};
use compago::endpoint::call;
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::refund::terms::RefundTerms;
use compago::json::Json;
use compago::value::{CardPaymentId, Currency, PaymentMethodId, Reference};
use worker::{Env, Response};

use crate::compago::CompagoApi;
use crate::config::{Config, KeyedConfig, PAYMENT_METHODS};
use crate::http::error::ApiError;
use crate::http::methods::{Methods, get, get_or_post, post};
use crate::http::order_urls::open;
use crate::http::request::{Incoming, idempotency_key, json_body, locale};
use crate::http::respond::json_answer;
use crate::objects::envelope::send;
use crate::objects::idempotency::claim;
use crate::objects::key_index;
use crate::objects::payment_method::message::{Command, card_key};
use crate::runtime::clock::now;

/// A route about saved cards.
#[derive(PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// `POST /api/operator/payment-methods`
    Save,
    /// `GET /api/operator/payment-methods`
    List,
    /// `GET /api/operator/payment-methods/{id}`
    Read(&'a str),
    /// `DELETE /api/operator/payment-methods/{id}`
    Revoke(&'a str),
    /// `POST /api/operator/payment-methods/{id}/payments`
    Charge(&'a str),
    /// `GET /api/operator/payment-methods/{id}/payments`
    Payments(&'a str),
    /// `GET /api/operator/payment-methods/{id}/payments/{paymentId}`
    Payment(&'a str, &'a str),
    /// `POST /api/operator/payment-methods/{id}/payments/{paymentId}/refund`
    Refund(&'a str, &'a str),
    /// `GET /api/shop/cards/{card}`
    Payer(&'a str),
}

impl<'a> Route<'a> {
    /// Finds the operator's route by what follows `/api/operator/payment-methods`.
    ///
    /// # Errors
    /// [`ApiError::Method`], [`ApiError::NotFound`].
    pub(super) fn find(method: &str, rest: &[&'a str]) -> Result<Self, ApiError> {
        Ok(match *rest {
            [] => get_or_post(method, Self::List, Self::Save)?,
            [id] if method == "DELETE" => Self::Revoke(id),
            [id] => get(method, Self::Read(id)).map_err(|_| Methods::ReadOrDelete)?,
            [id, "payments"] => get_or_post(method, Self::Payments(id), Self::Charge(id))?,
            [id, "payments", payment] => get(method, Self::Payment(id, payment))?,
            [id, "payments", payment, "refund"] => post(method, Self::Refund(id, payment))?,
            _ => return Err(ApiError::NotFound),
        })
    }

    /// Its `operationId` in `/openapi.json`.
    pub(super) const fn operation_id(&self) -> &'static str {
        match self {
            Self::Save => "saveCard",
            Self::List => "savedCards",
            Self::Read(_) => "savedCard",
            Self::Revoke(_) => "revokeCard",
            Self::Charge(_) => "chargeCard",
            Self::Payments(_) => "cardPayments",
            Self::Payment(..) => "cardPayment",
            Self::Refund(..) => "refundCardPayment",
            Self::Payer(_) => "payersCard",
        }
    }

    /// What its path names, if it changes that.
    pub(super) fn subject(&self) -> Option<String> {
        match self {
            Self::Revoke(id) => Some((*id).to_owned()),
            Self::Refund(id, payment) => Some(format!("{id}/{payment}")),
            Self::Save
            | Self::List
            | Self::Read(_)
            | Self::Charge(_)
            | Self::Payments(_)
            | Self::Payment(..)
            | Self::Payer(_) => None,
        }
    }

    /// The scope of the idempotency key that names what it makes.
    pub(super) const fn scope(&self) -> Option<Scope> {
        match self {
            Self::Save | Self::Charge(_) => Some(Scope::Card),
            Self::List
            | Self::Read(_)
            | Self::Revoke(_)
            | Self::Payments(_)
            | Self::Payment(..)
            | Self::Refund(..)
            | Self::Payer(_) => None,
        }
    }
}

/// Answers a request about saved cards.
///
/// # Errors
/// The body, the query or the key; [`ApiError::NotFound`]; what Compago said.
pub(super) async fn answer(
    route: &Route<'_>,
    query: &str,
    request: &Incoming,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Response, ApiError> {
    if let Route::Payer(card) = route {
        let method = saved_as(&open(CapabilityPurpose::Card, card, config)?, env).await?;
        return Ok(send(PAYMENT_METHODS, &method.to_string(), &Command::Show, locale(request), env).await?);
    }
    let (object, command) = match route {
        Route::List => return list(query, env).await,
        Route::Payer(_) => return Err(ApiError::NotFound),
        Route::Save | Route::Charge(_) | Route::Refund(..) => create(route, request, config, env).await?,
        Route::Read(id) => {
            // A webhook about a card that was saved names our own reference.
            let method = match id.parse() {
                Ok(reference) => saved_as(&reference, env).await?,
                Err(_) => method(id)?,
            };
            (method.to_string(), Command::Watch { method })
        }
        Route::Revoke(id) => {
            let method = method(id)?;
            (method.to_string(), Command::Revoke { method })
        }
        Route::Payments(id) => {
            let method = method(id)?;
            (method.to_string(), Command::Payments { method, query: query.to_owned() })
        }
        Route::Payment(id, payment_id) => {
            let (method, payment) = (method(id)?, payment(payment_id)?);
            (method.to_string(), Command::Payment { method, payment })
        }
    };
    Ok(send(PAYMENT_METHODS, &object, &command, locale(request), env).await?)
}

/// The card that the request of this name has begun to save.
async fn saved_as(key: &Reference, env: &Env) -> Result<PaymentMethodId, ApiError> {
    key_index::get(&card_key(key), env).await?.ok_or(ApiError::NotFound)
}

fn method(id: &str) -> Result<PaymentMethodId, ApiError> {
    id.parse().map_err(|_| ApiError::NotFound)
}

fn payment(id: &str) -> Result<CardPaymentId, ApiError> {
    id.parse().map_err(|_| ApiError::NotFound)
}

/// What a request creates.
enum Creation {
    Save,
    Charge(PaymentMethodId, ChargeRequest),
    Refund(PaymentMethodId, CardPaymentId, RefundRequest),
}

/// Reads a request that creates something, and claims its key for this body and this target.
async fn create(
    route: &Route<'_>,
    request: &Incoming,
    config: &KeyedConfig,
    env: &Env,
) -> Result<(String, Command), ApiError> {
    let key = idempotency_key(request)?;
    let (text, body) = json_body(request).await?;
    let (target, creation) = read(route, &body, config)?;
    let (key, first_target) = claim(&key, Scope::Card, &text, |_| target.clone(), config, env).await?;
    if first_target != target {
        return Err(ApiError::KeyReused);
    }
    let placed_at = now();
    Ok(match creation {
        Creation::Save => {
            let card = Capability::issue(CapabilityPurpose::Card, &key, &config.keys);
            (format!("form/{}", key.compact()), Command::Save { key, card, body: text })
        }
        Creation::Charge(method, ChargeRequest { amount, description, metadata }) => {
            let terms = ChargeTerms { key, method, amount, currency: Currency::Mxn, description, metadata, placed_at };
            (method.to_string(), Command::Charge(terms))
        }
        Creation::Refund(method, payment, RefundRequest { reason, metadata }) => {
            (method.to_string(), Command::Refund(RefundTerms { key, method, payment, reason, metadata, placed_at }))
        }
    })
}

/// Returns what is to be created, and the target that its key belongs to.
fn read(route: &Route<'_>, body: &Json, config: &KeyedConfig) -> Result<(String, Creation), ApiError> {
    match *route {
        Route::Save => {
            SaveCardRequest::from_json(body, config.site.shop())?;
            Ok(("payment-methods".to_owned(), Creation::Save))
        }
        Route::Charge(id) => {
            let method = method(id)?;
            let wanted = ChargeRequest::from_json(body)?;
            Ok((format!("payment-methods/{method}/payments"), Creation::Charge(method, wanted)))
        }
        Route::Refund(id, payment_id) => {
            let (method, payment) = (method(id)?, payment(payment_id)?);
            let wanted = RefundRequest::from_json(body)?;
            let target = format!("payment-methods/{method}/payments/{payment}/refund");
            Ok((target, Creation::Refund(method, payment, wanted)))
        }
        Route::List | Route::Read(_) | Route::Revoke(_) | Route::Payments(_) | Route::Payment(..) | Route::Payer(_) => {
            Err(ApiError::NotFound)
        }
    }
}

/// `GET /api/operator/payment-methods`.
///
/// # Errors
/// [`ApiError::InvalidQuery`], or what Compago said.
async fn list(query: &str, env: &Env) -> Result<Response, ApiError> {
    let asked = ListQuery::parse(query).ok_or(ApiError::InvalidQuery)?;
    let ListQuery { status, page, page_size } = asked.clone();
    let api = CompagoApi::new(&Config::read(env)?);
    let listed = call(&ListPaymentMethods { status, page, page_size }, &api).await;
    let listed = listed.map_err(|error| ApiError::from_list_error(&error))?;
    Ok(json_answer(200, &PageView::of(&asked, listed, MethodItem::from))?)
}
