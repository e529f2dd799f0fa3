//! Payment intents in the control API: everything that is stored of them, and actions of customers at a terminal.

use std::fmt::Display;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Number, Value, json};
use uuid::Uuid;

use super::{Answer, read};
use crate::amendment::Amendment;
use crate::clock::written;
use crate::payment_intent::answer::{Summary, shown_status, summary};
use crate::payment_intent::collection::CreateProblem;
use crate::payment_intent::{CancelReason, Intent, Status, Tap};
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::world::{App, World};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/payment-intents/{id}/tap", post(tap))
        .route("/payment-intents/{id}/decline", post(decline))
        .route("/payment-intents/{id}/cancel", post(cancel))
        .route("/payment-intents/{id}/amend", post(amend))
}

/// Returns the stored intents, oldest first.
pub(super) fn stored<'a>(world: &'a World, origin: &str, now: Timestamp) -> Vec<StoredIntent<'a>> {
    let intents = world.payment_intents.oldest_first();
    intents.iter().map(|intent| StoredIntent::new(intent, &world.settings, origin, now)).collect()
}

/// One intent with everything that is stored of it. `status` and `paymentSummary` are as get returns them now; `paid`
/// is the truth.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredIntent<'a> {
    id: Uuid,
    status: Status,
    amount: Number,
    currency: &'a str,
    external_id: &'a str,
    terminal_code: Option<&'a str>,
    terminal_id: Option<Uuid>,
    expired: bool,
    created_at: String,
    updated_at: String,
    expires_at: String,
    payment_summary: Option<Summary>,
    paid: bool,
    /// The terminal that read the card.
    paid_at: Option<&'a str>,
    declines: u32,
    withdrawal: Option<CancelReason>,
    /// The page that represents Compago's app on the merchant's own device.
    open_url: String,
}

impl<'a> StoredIntent<'a> {
    fn new(intent: &'a Intent, settings: &Settings, origin: &str, now: Timestamp) -> Self {
        let fraction = settings.fraction();
        Self {
            id: intent.id,
            status: shown_status(intent, settings),
            amount: intent.amount.number(),
            currency: &intent.currency,
            external_id: &intent.external_id,
            terminal_code: intent.terminal_code(),
            terminal_id: intent.terminal.as_ref().map(|terminal| terminal.id),
            expired: intent.expired(now),
            created_at: written(intent.created_at, fraction),
            updated_at: written(intent.updated_at, fraction),
            expires_at: written(intent.expires_at, fraction),
            payment_summary: summary(intent, settings),
            paid: intent.payment.is_some(),
            paid_at: intent.payment.as_ref().and_then(|payment| payment.at.as_deref()),
            declines: intent.declines,
            withdrawal: intent.withdrawal,
            open_url: format!("{origin}/terminal/open/{}", intent.id),
        }
    }
}

/// Holds a card to the terminal. The optional body chooses the card and the terminal, or forces a success.
async fn tap(State(app): State<App>, Path(id): Path<String>, body: Bytes) -> Answer {
    let tap: Tap = if body.is_empty() { Tap::default() } else { read(&body)? };
    act(&app, &id, |intent, settings, now| {
        if tap.terminal_code.as_ref().is_some_and(|code| !settings.terminals.contains(code)) {
            return Err(CreateProblem::UnknownTerminal.into());
        }
        intent.tap(tap, now).map_err(conflict)?;
        Ok(json!({ "status": shown_status(intent, settings), "paymentSummary": summary(intent, settings) }))
    })
}

async fn decline(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |intent, settings, now| {
        intent.decline(now).map_err(conflict)?;
        Ok(json!({ "status": shown_status(intent, settings), "declines": intent.declines }))
    })
}

/// Cancels the intent as another program of the merchant would.
async fn cancel(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |intent, settings, now| {
        intent.cancel(CancelReason::Cancelled, settings.expired_intent_cancel, now).map_err(conflict)?;
        Ok(json!({ "status": shown_status(intent, settings) }))
    })
}

/// Replaces the given facts, against Compago's rules.
async fn amend(State(app): State<App>, Path(id): Path<String>, body: Bytes) -> Answer {
    let amendment: Amendment = read(&body)?;
    if amendment.redirect_url.is_some() {
        return Err(Refusal::bad_request("An intent has no redirectUrl"));
    }
    app.change(|world| {
        let now = world.clock.now();
        let id = Uuid::try_parse(&id).ok();
        let amended = id.and_then(|id| world.payment_intents.amend(id, amendment, now));
        let intent = amended.ok_or_else(Refusal::no_such_intent)?;
        Ok(Json(json!(StoredIntent::new(intent, &world.settings, app.origin(), now))))
    })
}

fn act(app: &App, id: &str, act: impl FnOnce(&mut Intent, &Settings, Timestamp) -> Result<Value, Refusal>) -> Answer {
    app.change(|world| {
        let now = world.clock.now();
        let intent = Uuid::try_parse(id)
            .ok()
            .and_then(|id| world.payment_intents.find_mut(id))
            .ok_or_else(Refusal::no_such_intent)?;
        act(intent, &world.settings, now).map(Json)
    })
}

fn conflict(why: impl Display) -> Refusal {
    Refusal::new(StatusCode::CONFLICT, format!("Nothing can be done with the payment intent: {why}"))
}
