//! The cashier's routes: charges at terminals.

use compago::edge::payment_intent::PaymentIntentRequest;
use compago::edge::{Role, Scope};
use compago::flow::intent::terms::{IntentTerms, external_id};
use compago::value::{Currency, PaymentIntentId, Reference, TerminalCode};
use worker::{Env, Response};

use crate::access::Caller;
use crate::clock::now;
use crate::durable::question::ask;
use crate::env::{Config, TERMINALS};
use crate::fault::{Fault, InternalError};
use crate::idempotency::claim;
use crate::limit::admit_charge;
use crate::receive::{Incoming, idempotency_key, json_body, locale};
use crate::register;

mod message;
mod object;
mod steps;
mod store;

use message::{Ask, Placing, Whereabouts, home, id_name, terminal_home};

/// What a till may ask.
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

/// Answers a till.
///
/// # Errors
/// The body or the key of a charge; [`Fault::NotFound`] for an intent that was not made here; what Compago said.
pub(crate) async fn answer(
    caller: &Caller,
    route: &Route<'_>,
    request: &Incoming,
    config: &Config,
    env: &Env,
) -> Result<Response, Fault> {
    let (home, wanted) = match route {
        Route::Charge => charge(caller.role, request, config, env).await?,
        Route::Charged(intent) => {
            let Whereabouts { home, key } = find(intent, env).await?;
            (home, Ask::Watch { key: Some(key) })
        }
        Route::Cancel(intent) => {
            let Whereabouts { home, key } = find(intent, env).await?;
            (home, Ask::Cancel { key })
        }
        Route::Latest(code) => {
            let code: TerminalCode = code.parse().map_err(|_| Fault::NotFound)?;
            (terminal_home(&code), Ask::Watch { key: None })
        }
    };
    Ok(ask(TERMINALS, &home, &wanted, locale(request), env).await?)
}

/// Which object makes the charge that a request wants, under the key of the request.
async fn charge(role: Role, request: &Incoming, config: &Config, env: &Env) -> Result<(String, Ask), Fault> {
    let key = idempotency_key(request)?;
    let (text, body) = json_body(request).await?;
    let wanted = PaymentIntentRequest::from_json(&body)?;
    admit_charge(role, config, env).await?;
    let home = |key: &Reference| home(key, wanted.terminal_code.as_ref());
    let (key, home) = claim(&key, Scope::Cashier, &text, home, config, env).await?;
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
    };
    Ok((home, Ask::Place(Box::new(Placing { terms, take_over: wanted.take_over }))))
}

/// Where the charge is kept whose id this is: one that was not made here is unknown, and nobody is asked for it.
async fn find(intent: &str, env: &Env) -> Result<Whereabouts, Fault> {
    let id: PaymentIntentId = intent.parse().map_err(|_| Fault::NotFound)?;
    register::noted(&id_name(id), env).await?.ok_or(Fault::NotFound)
}
