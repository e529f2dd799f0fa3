//! The control API under `/_sandbox/`: what tests and demonstrations can change and inspect.

mod one_time_payment;
mod payment_intent;
mod payment_method;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::clock::{Fraction, written};
use crate::fault::PlannedFault;
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::world::{App, World};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/clock", get(clock).post(advance_clock))
        .route("/state", get(state))
        .route("/settings", get(settings).put(change_settings))
        .route("/faults", get(faults).post(plan_fault).delete(forget_faults))
        .route("/calls", get(calls).delete(forget_calls))
        .route("/reset", post(reset))
        .merge(one_time_payment::routes())
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

/// The whole state except the calls. Serialised while it is read, since there may be thousands of payments.
#[derive(Serialize)]
struct Everything<'a> {
    now: String,
    payments: Vec<one_time_payment::StoredPayment<'a>>,
    intents: Vec<payment_intent::StoredIntent<'a>>,
    methods: Vec<payment_method::StoredMethod<'a>>,
    settings: &'a Settings,
    faults: Vec<&'a PlannedFault>,
}

/// Answers with the whole state, oldest objects first.
async fn state(State(app): State<App>) -> Response {
    app.with(|world| {
        let now = world.clock.now();
        Json(Everything {
            now: written(now, Fraction::Milliseconds),
            payments: one_time_payment::stored(world, app.origin(), now),
            intents: payment_intent::stored(world, app.origin(), now),
            methods: payment_method::stored(world, app.origin(), now),
            settings: &world.settings,
            faults: world.faults.all(),
        })
        .into_response()
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
    let planned = read::<PlannedFault>(&body)?.checked(app.carrier()).map_err(Refusal::bad_request)?;
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

/// Resets the sandbox: no payments, intents, saved cards, faults or calls, default settings, real time.
async fn reset(State(app): State<App>) -> Answer {
    app.change(|world| {
        *world = World::default();
        Ok(Json(json!({ "reset": true })))
    })
}

async fn unknown(method: Method, uri: Uri) -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        format!("The control API has no {method} /_sandbox{}; its README lists what it has", uri.path()),
    )
}

/// Reads a body as JSON whatever its content type, so that a plain curl works.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|problem| Refusal::bad_request(format!("The body does not fit: {problem}")))
}
