//! `POST`, `GET` and `PATCH` below `/one-time-payment` (docs.compago.com/one-time-payment, read November 2026).

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use axum::{Extension, Json, Router};

use super::guard::{CreatedId, OppositeOrder};
use super::request::{self, Parameters};
use crate::one_time_payment::answer::{Cancelled, Created, Details, Item};
use crate::one_time_payment::query::PaymentQuery;
use crate::one_time_payment::request::NewPayment;
use crate::refusal::Refusal;
use crate::world::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/one-time-payment", post(create).get(list))
        .route("/one-time-payment/{id}", get(details))
        .route("/one-time-payment/{id}/cancel", patch(cancel))
}

async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let new = NewPayment::parse(&request::json(&headers, body)?)?;
    app.change(|world| {
        let now = world.clock.now();
        let id = world.one_time_payments.create(new, &world.settings, now)?;
        let payment = world.one_time_payments.find(id).ok_or_else(Refusal::no_such_payment)?;
        let status = request::create_status(&world.settings);
        let answer = Json(Created::new(payment, &world.settings, app.origin()));
        Ok((status, Extension(CreatedId(id)), answer).into_response())
    })
}

async fn details(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Refusal> {
    app.with(|world| {
        let payment = request::issued(&id)
            .and_then(|id| world.one_time_payments.find(id))
            .ok_or_else(Refusal::no_such_payment)?;
        Ok(Json(Details::new(payment, &world.settings, world.clock.now())).into_response())
    })
}

async fn list(
    State(app): State<App>,
    opposite: Option<Extension<OppositeOrder>>,
    parameters: Parameters,
) -> Result<Response, Refusal> {
    let query = PaymentQuery::parse(&request::parameters(parameters)?)?;
    app.with(|world| {
        let now = world.clock.now();
        let settings = OppositeOrder::applied(opposite, &world.settings);
        let page = world.one_time_payments.page(query, &settings, now);
        Ok(Json(page.map(|payment| Item::new(payment, &settings, now))).into_response())
    })
}

/// The code and text of a refused cancel call are not documented: 400 and a text of our own.
async fn cancel(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Refusal> {
    app.change(|world| {
        let now = world.clock.now();
        let payment = request::issued(&id)
            .and_then(|id| world.one_time_payments.find_mut(id))
            .ok_or_else(Refusal::no_such_payment)?;
        payment
            .cancel(now)
            .map_err(|closed| Refusal::bad_request(format!("One time payment cannot be cancelled: {closed}")))?;
        Ok(Json(Cancelled::new(payment, &world.settings)).into_response())
    })
}
