//! The control surface under `/_sandbox/`: what a test or a demonstration turns, and what it looks at.

mod payment_intent;
mod payment_method;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode, Uri};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::clock::{Fraction, written};
use crate::fault::PlannedFault;
use crate::one_time_payment::answer::{Item, checkout_address};
use crate::one_time_payment::{Closed, Payment};
use crate::refusal::Refusal;
use crate::world::{App, World};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/clock", get(clock).post(advance_clock))
        .route("/state", get(state))
        .route("/settings", get(settings).put(change_settings))
        .route("/faults", get(faults).post(plan_fault).delete(forget_faults))
        .route("/calls", get(calls).delete(forget_calls))
        .route("/reset", post(reset))
        .route("/one-time-payments/{id}/pay", post(pay))
        .route("/one-time-payments/{id}/decline", post(decline))
        .route("/one-time-payments/{id}/cancel", post(cancel))
        .merge(payment_intent::routes())
        .merge(payment_method::routes())
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
}

type Answer = Result<Json<Value>, Refusal>;

async fn clock(State(app): State<App>) -> Json<Value> {
    app.with(|world| clock_answer(world))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    advance_ms: i64,
}

async fn advance_clock(State(app): State<App>, body: Bytes) -> Answer {
    let Advance { advance_ms } = read(&body)?;
    app.change(|world| {
        world.clock = world.clock.advanced(advance_ms)?;
        Ok(clock_answer(world))
    })
}

fn clock_answer(world: &World) -> Json<Value> {
    Json(json!({ "now": written(world.clock.now(), Fraction::Milliseconds), "offsetMs": world.clock.offset_ms() }))
}

/// One payment with all that is stored of it, in the form of a list item.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StoredPayment<'a> {
    #[serde(flatten)]
    item: Item<'a>,
    expired: bool,
    declines: u32,
    checkout_url: String,
    return_url: String,
}

impl<'a> StoredPayment<'a> {
    fn new(payment: &'a Payment, world: &World, origin: &str, now: Timestamp) -> Self {
        Self {
            item: Item::new(payment, &world.settings, now),
            expired: payment.expired(now),
            declines: payment.declines,
            checkout_url: checkout_address(payment.id, &world.settings, origin),
            return_url: payment.return_address(),
        }
    }
}

/// Oldest first.
async fn state(State(app): State<App>) -> Json<Value> {
    app.with(|world| {
        let now = world.clock.now();
        let payments: Vec<StoredPayment<'_>> = world
            .one_time_payments
            .oldest_first()
            .iter()
            .map(|payment| StoredPayment::new(payment, world, app.origin(), now))
            .collect();
        Json(json!({
            "now": written(now, Fraction::Milliseconds),
            "payments": payments,
            "intents": payment_intent::stored(world, app.origin(), now),
            "methods": payment_method::stored(world, app.origin(), now),
            "settings": world.settings,
            "faults": world.faults.all(),
        }))
    })
}

async fn settings(State(app): State<App>) -> Json<Value> {
    app.with(|world| Json(json!(world.settings)))
}

/// Replaces the settings that are given and leaves the others.
async fn change_settings(State(app): State<App>, body: Bytes) -> Answer {
    let changes: Map<String, Value> = read(&body)?;
    app.with(|world| {
        world.settings = world.settings.with(changes).map_err(Refusal::bad_request)?;
        Ok(Json(json!(world.settings)))
    })
}

async fn faults(State(app): State<App>) -> Json<Value> {
    app.with(|world| Json(json!({ "faults": world.faults.all() })))
}

async fn plan_fault(State(app): State<App>, body: Bytes) -> Answer {
    let planned = read::<PlannedFault>(&body)?.checked().map_err(Refusal::bad_request)?;
    Ok(app.with(|world| {
        world.faults.plan(planned);
        Json(json!({ "faults": world.faults.all() }))
    }))
}

async fn forget_faults(State(app): State<App>) -> Json<Value> {
    app.with(|world| world.faults.clear());
    Json(json!({ "faults": [] }))
}

async fn calls(State(app): State<App>) -> Json<Value> {
    app.with(|world| Json(json!({ "calls": world.calls.all() })))
}

async fn forget_calls(State(app): State<App>) -> Json<Value> {
    app.with(|world| world.calls.clear());
    Json(json!({ "calls": [] }))
}

/// Back to a new sandbox: no payments, no intents, no saved cards, no faults, no calls, the default settings, real time.
async fn reset(State(app): State<App>) -> Answer {
    app.change(|world| {
        *world = World::default();
        Ok(Json(json!({ "reset": true })))
    })
}

async fn pay(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |payment, now| {
        payment.pay(now)?;
        Ok(json!({ "status": payment.status, "redirectTo": payment.return_address() }))
    })
}

async fn decline(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |payment, now| {
        payment.decline(now)?;
        Ok(json!({ "status": payment.status, "declines": payment.declines }))
    })
}

/// As a merchant would cancel from the dashboard.
async fn cancel(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |payment, now| {
        payment.cancel(now)?;
        Ok(json!({ "status": payment.status }))
    })
}

fn act(app: &App, id: &str, act: impl FnOnce(&mut Payment, Timestamp) -> Result<Value, Closed>) -> Answer {
    app.change(|world| {
        let now = world.clock.now();
        let payment = Uuid::try_parse(id)
            .ok()
            .and_then(|id| world.one_time_payments.find_mut(id))
            .ok_or_else(Refusal::no_such_payment)?;
        let outcome = act(payment, now).map_err(|closed| {
            Refusal::new(StatusCode::CONFLICT, format!("Nothing can be done with the payment: {closed}"))
        })?;
        Ok(Json(outcome))
    })
}

async fn unknown(method: Method, uri: Uri) -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        format!("The control surface has no {method} /_sandbox{}; its README lists what it has", uri.path()),
    )
}

/// Reads a body as JSON whatever its content type, so that a plain curl works.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|problem| Refusal::bad_request(format!("The body does not fit: {problem}")))
}
