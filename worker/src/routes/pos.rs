//! The cashier's routes: charges at terminals.

use compago::edge::payment_intent::PaymentIntentRequest;
use compago::edge::{Role, Scope};
use compago::flow::intent::terms::{IntentTerms, external_id};
use compago::value::{Currency, PaymentIntentId, Reference, TerminalCode};
use worker::{Env, Response};

use crate::config::{KeyedConfig, TERMINALS};
use crate::http::auth::Caller;
use crate::http::error::{ApiError, InternalError};
use crate::http::methods::{get, post};
use crate::http::request::{Incoming, idempotency_key, json_body, locale};
use crate::objects::envelope::send;
use crate::objects::idempotency::claim;
use crate::objects::key_index;
use crate::objects::rate_limit::check_charge_rate;
use crate::objects::terminal::message::{
    Command, ObjectAddress, PlaceCharge, intent_key, object_name, terminal_object,
};
use crate::runtime::clock::now;

/// A route about charges at terminals.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// `POST /api/pos/payment-intents`
    Charge,
    /// `GET /api/pos/payment-intents/{intent}`
    Charged(&'a str),
    /// `POST /api/pos/payment-intents/{intent}/cancel`
    Cancel(&'a str),
    /// `GET /api/pos/terminals/{terminalCode}/payment-intent`
    Latest(&'a str),
}

impl<'a> Route<'a> {
    /// Finds the route by what follows `/api/pos`.
    ///
    /// # Errors
    /// [`ApiError::Method`], [`ApiError::NotFound`].
    pub(super) fn find(method: &str, rest: &[&'a str]) -> Result<Self, ApiError> {
        Ok(match *rest {
            ["payment-intents"] => post(method, Self::Charge)?,
            ["payment-intents", intent] => get(method, Self::Charged(intent))?,
            ["payment-intents", intent, "cancel"] => post(method, Self::Cancel(intent))?,
            ["terminals", code, "payment-intent"] => get(method, Self::Latest(code))?,
            _ => return Err(ApiError::NotFound),
        })
    }

    /// Its `operationId` in `/openapi.json`.
    pub(super) const fn operation_id(&self) -> &'static str {
        match self {
            Self::Charge => "createPaymentIntent",
            Self::Charged(_) => "paymentIntent",
            Self::Cancel(_) => "cancelPaymentIntent",
            Self::Latest(_) => "terminalPaymentIntent",
        }
    }

    /// What its path names, if it changes that.
    pub(super) fn subject(&self) -> Option<String> {
        match self {
            Self::Cancel(id) => Some((*id).to_owned()),
            Self::Charge | Self::Charged(_) | Self::Latest(_) => None,
        }
    }

    /// The scope of the idempotency key that names what it makes.
    pub(super) const fn scope(&self) -> Option<Scope> {
        match self {
            Self::Charge => Some(Scope::Cashier),
            Self::Charged(_) | Self::Cancel(_) | Self::Latest(_) => None,
        }
    }
}

/// Answers a till.
///
/// # Errors
/// The body or the key of a charge; [`ApiError::NotFound`] for an intent that was not made here; what Compago said.
pub(super) async fn answer(
    caller: &Caller,
    route: &Route<'_>,
    request: &Incoming,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Response, ApiError> {
    let (object, command) = match route {
        Route::Charge => charge(caller.role, request, config, env).await?,
        Route::Charged(intent) => {
            let ObjectAddress { object, key } = find(intent, env).await?;
            (object, Command::Watch { key: Some(key) })
        }
        Route::Cancel(intent) => {
            let ObjectAddress { object, key } = find(intent, env).await?;
            (object, Command::Cancel { key })
        }
        Route::Latest(code) => {
            let code: TerminalCode = code.parse().map_err(|_| ApiError::NotFound)?;
            (terminal_object(&code), Command::Watch { key: None })
        }
    };
    Ok(send(TERMINALS, &object, &command, locale(request), env).await?)
}

/// Which object makes the charge that a request wants, under the key of the request.
async fn charge(
    role: Role,
    request: &Incoming,
    config: &KeyedConfig,
    env: &Env,
) -> Result<(String, Command), ApiError> {
    let key = idempotency_key(request)?;
    let (text, body) = json_body(request).await?;
    let wanted = PaymentIntentRequest::from_json(&body)?;
    check_charge_rate(role, config, env).await?;
    let object = |key: &Reference| object_name(key, wanted.terminal_code.as_ref());
    let (key, object) = claim(&key, Scope::Cashier, &text, object, config, env).await?;
    let placed_at = now();
    let terms = IntentTerms {
        key,
        amount: wanted.amount,
        currency: Currency::Mxn,
        external_id: external_id(wanted.reference.as_ref(), &key, placed_at)
            .ok_or(InternalError::Impossible("a charge without an external id"))?,
        terminal_code: wanted.terminal_code,
        reference: wanted.reference,
        placed_at,
        metadata: wanted.metadata,
    };
    Ok((object, Command::Place(Box::new(PlaceCharge { terms, take_over: wanted.take_over }))))
}

/// Where the charge is kept whose id this is: one that was not made here is unknown, and nobody is asked for it.
async fn find(intent: &str, env: &Env) -> Result<ObjectAddress, ApiError> {
    let id: PaymentIntentId = intent.parse().map_err(|_| ApiError::NotFound)?;
    key_index::get(&intent_key(id), env).await?.ok_or(ApiError::NotFound)
}
