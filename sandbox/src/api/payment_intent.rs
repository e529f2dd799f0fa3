//! `POST` and `GET` below `/payment-intent` (docs.compago.com/payment-intent, read November 2026).

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use serde_json::{Value, json};

use super::guard::CreatedId;
use super::request;
use crate::payment_intent::answer::{Created, Details};
use crate::payment_intent::request::NewIntent;
use crate::payment_intent::{CancelReason, Closed};
use crate::refusal::Refusal;
use crate::world::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/payment-intent", post(create))
        .route("/payment-intent/{id}", get(details))
        .route("/payment-intent/{id}/cancel", post(cancel))
}

async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let new = NewIntent::parse(&request::json(&headers, body)?)?;
    app.change(|world| {
        let now = world.clock.now();
        let id = world.payment_intents.create(new, &world.settings, now)?;
        let intent = world.payment_intents.find(id).ok_or_else(Refusal::no_such_intent)?;
        let status = request::create_status(&world.settings);
        Ok((status, Extension(CreatedId(id)), Json(Created::new(intent, &world.settings))).into_response())
    })
}

async fn details(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Refusal> {
    app.with(|world| {
        let intent =
            request::issued(&id).and_then(|id| world.payment_intents.find(id)).ok_or_else(Refusal::no_such_intent)?;
        Ok(Json(Details::new(intent, &world.settings, world.clock.now())).into_response())
    })
}

/// Needs no body and no content type. The text for a confirmed intent is a label of the documentation's table, the
/// others are ours (docs.compago.com/payment-intent/cancel, read November 2026).
async fn cancel(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    app.change(|world| {
        let now = world.clock.now();
        let intent = request::issued(&id)
            .and_then(|id| world.payment_intents.find_mut(id))
            .ok_or_else(Refusal::no_such_intent)?;
        intent.cancel(CancelReason::Cancelled, world.settings.expired_intent_cancel, now).map_err(
            |closed| match closed {
                Closed::Confirmed => Refusal::bad_request("Payment intent already confirmed"),
                Closed::Cancelled | Closed::Expired => {
                    Refusal::bad_request(format!("Cannot cancel payment intent: {closed}"))
                }
            },
        )?;
        Ok(Json(json!({})))
    })
}
