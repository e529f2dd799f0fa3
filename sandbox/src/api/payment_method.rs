//! `POST`, `GET` and `DELETE` below `/payment-method` (docs.compago.com/payment-method, read November 2026).

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use serde_json::{Value, json};
use uuid::Uuid;

use super::guard::{CreatedId, OppositeOrder};
use super::request::{self, Parameters};
use crate::list::ListQuery;
use crate::payment_method::answer::{Created, Details, Payment, PaymentItem};
use crate::payment_method::request::{NewCharge, NewMethod, refund_reason};
use crate::payment_method::{Charged, NotActive, Status};
use crate::refusal::Refusal;
use crate::settings::RevokedRefund;
use crate::world::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/payment-method", post(create).get(list))
        .route("/payment-method/{id}", get(details).delete(revoke))
        .route("/payment-method/{id}/payment", post(charge).get(payments))
        .route("/payment-method/{id}/payment/{payment}", get(payment))
        .route("/payment-method/{id}/payment/{payment}/refund", post(refund))
}

async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let new = NewMethod::parse(&request::json(&headers, body)?)?;
    app.change(|world| {
        let method = world.payment_methods.create(new, world.clock.now());
        let status = request::create_status(&world.settings);
        let answer = Json(Created::new(method, &world.settings, app.origin()));
        Ok((status, Extension(CreatedId(method.id)), answer).into_response())
    })
}

async fn details(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Refusal> {
    app.with(|world| {
        let method = world.payment_methods.find(issued(&id)?).ok_or_else(Refusal::no_such_method)?;
        Ok(Json(Details::new(method, &world.settings, world.clock.now())).into_response())
    })
}

async fn list(
    State(app): State<App>,
    opposite: Option<Extension<OppositeOrder>>,
    parameters: Parameters,
) -> Result<Response, Refusal> {
    let query = ListQuery::parse(&request::parameters(parameters)?)?;
    app.with(|world| {
        let now = world.clock.now();
        let settings = OppositeOrder::applied(opposite, &world.settings);
        let page = world.payment_methods.page(query, &settings, now);
        Ok(Json(page.map(|method| Details::new(method, &settings, now))).into_response())
    })
}

async fn revoke(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    app.change(|world| {
        let now = world.clock.now();
        let method = world.payment_methods.find_mut(issued(&id)?).ok_or_else(Refusal::no_such_method)?;
        method.revoke(now).map_err(|NotActive| Refusal::bad_request("Cannot revoke payment method (not ACTIVE)"))?;
        Ok(Json(json!({ "success": true })))
    })
}

async fn charge(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let new = NewCharge::parse(&request::json(&headers, body)?)?;
    app.change(|world| {
        let now = world.clock.now();
        let method = world.payment_methods.find_mut(issued(&id)?).ok_or_else(Refusal::no_such_method)?;
        let charged = method.charge(new, &world.settings, now).map_err(|NotActive| not_active())?;
        Ok(match charged {
            Charged::Made(charge) => {
                let status = request::create_status(&world.settings);
                (status, Extension(CreatedId(charge.id)), Json(Payment::new(charge, now))).into_response()
            }
            // Not an `Err`, so that the change is saved.
            Charged::Refused(why) => Refusal::bad_request(why).into_response(),
        })
    })
}

async fn payments(
    State(app): State<App>,
    Path(id): Path<String>,
    opposite: Option<Extension<OppositeOrder>>,
    parameters: Parameters,
) -> Result<Response, Refusal> {
    let query = ListQuery::parse(&request::parameters(parameters)?)?;
    app.with(|world| {
        let now = world.clock.now();
        let settings = OppositeOrder::applied(opposite, &world.settings);
        let method = world.payment_methods.find(issued(&id)?).ok_or_else(Refusal::no_such_method)?;
        let page = method.page(query, &settings, now);
        Ok(Json(page.map(|charge| PaymentItem::new(charge, &settings, now))).into_response())
    })
}

async fn payment(State(app): State<App>, Path((id, payment)): Path<(String, String)>) -> Result<Response, Refusal> {
    app.with(|world| {
        let method = world.payment_methods.find(issued(&id)?).ok_or_else(Refusal::no_such_method)?;
        let charge = request::issued(&payment)
            .and_then(|id| method.payments(&world.settings).find(|charge| charge.id == id))
            .ok_or_else(Refusal::no_such_charge)?;
        Ok(Json(Payment::new(charge, world.clock.now())).into_response())
    })
}

/// Accepts a refund without a body; whether Compago does is not documented.
async fn refund(
    State(app): State<App>,
    Path((id, payment)): Path<(String, String)>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let reason = match body {
        Ok(body) if body.is_empty() => None,
        body => refund_reason(&request::json(&headers, body)?)?,
    };
    app.change(|world| {
        let now = world.clock.now();
        let method = world.payment_methods.find_mut(issued(&id)?).ok_or_else(Refusal::no_such_method)?;
        let payment = request::issued(&payment)
            .filter(|id| method.payments(&world.settings).any(|charge| charge.id == *id))
            .ok_or_else(Refusal::no_such_charge)?;
        if method.status(now) == Status::Revoked && world.settings.revoked_refund == RevokedRefund::Refuse {
            return Err(not_active());
        }
        // The verification may be listed but is not one of the charges, and stays CANCELLED.
        let charge = method.charges.iter_mut().find(|charge| charge.id == payment);
        let charge = charge.ok_or_else(not_confirmed)?;
        charge.refund(reason, now).map_err(|_| not_confirmed())?;
        Ok(Json(Payment::new(charge, now)).into_response())
    })
}

fn issued(id: &str) -> Result<Uuid, Refusal> {
    request::issued(id).ok_or_else(Refusal::no_such_method)
}

/// The text is a label of the documentation's table, like the next one.
fn not_active() -> Refusal {
    Refusal::bad_request("Payment method not ACTIVE")
}

fn not_confirmed() -> Refusal {
    Refusal::bad_request("Payment not CONFIRMED")
}
