//! One-time payments in the control API: everything that is stored of them, actions of payers and of the merchant's
//! dashboard, and actions that Compago's rules do not allow.

use std::fmt::Display;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, read};
use crate::amendment::Amendment;
use crate::one_time_payment::Payment;
use crate::one_time_payment::answer::{Item, checkout_address};
use crate::one_time_payment::planted::Unconfirmed;
use crate::one_time_payment::seed::Seed;
use crate::refusal::Refusal;
use crate::world::{App, World};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/one-time-payments/seed", post(seed))
        .route("/one-time-payments/{id}/pay", post(pay))
        .route("/one-time-payments/{id}/decline", post(decline))
        .route("/one-time-payments/{id}/cancel", post(cancel))
        .route("/one-time-payments/{id}/confirm", post(confirm))
        .route("/one-time-payments/{id}/unconfirm", post(unconfirm))
        .route("/one-time-payments/{id}/amend", post(amend))
        .route("/one-time-payments/{id}/hide", post(hide))
        .route("/one-time-payments/{id}/show", post(show))
}

/// Returns the stored payments, oldest first.
pub(super) fn stored<'a>(world: &'a World, origin: &str, now: Timestamp) -> Vec<StoredPayment<'a>> {
    let payments = world.one_time_payments.oldest_first();
    payments.iter().map(|payment| StoredPayment::new(payment, world, origin, now)).collect()
}

/// One payment with everything that is stored of it, in the form of a list item.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredPayment<'a> {
    #[serde(flatten)]
    item: Item<'a>,
    expired: bool,
    declines: u32,
    hidden: bool,
    checkout_url: String,
    return_url: String,
}

impl<'a> StoredPayment<'a> {
    fn new(payment: &'a Payment, world: &World, origin: &str, now: Timestamp) -> Self {
        Self {
            item: Item::new(payment, &world.settings, now),
            expired: payment.expired(now),
            declines: payment.declines,
            hidden: payment.hidden,
            checkout_url: checkout_address(payment.id, &world.settings, origin),
            return_url: payment.return_address(),
        }
    }
}

/// Creates many payments. The answer contains the ids only up to a limit.
async fn seed(State(app): State<App>, body: Bytes) -> Answer {
    let seed: Seed = read(&body)?;
    app.change(|world| {
        let payments = seed.payments(world.clock.now())?;
        let ids: Vec<Uuid> = payments.iter().map(|payment| payment.id).collect();
        world.one_time_payments.insert_all(payments)?;
        Ok(Json(match ids.len() {
            count @ ..=NAMED => json!({ "count": count, "ids": ids }),
            count => json!({ "count": count }),
        }))
    })
}

async fn pay(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |payment, now| {
        payment.pay(now).map_err(conflict)?;
        Ok(json!({ "status": payment.status, "redirectTo": payment.return_address() }))
    })
}

async fn decline(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |payment, now| {
        payment.decline(now).map_err(conflict)?;
        Ok(json!({ "status": payment.status, "declines": payment.declines }))
    })
}

/// Cancels the payment as from the merchant's dashboard.
async fn cancel(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |payment, now| {
        payment.cancel(now).map_err(conflict)?;
        Ok(json!({ "status": payment.status }))
    })
}

async fn confirm(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |payment, now| {
        payment.confirm(now);
        Ok(json!({ "status": payment.status }))
    })
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unconfirm {
    #[serde(default)]
    status: Unconfirmed,
}

/// Takes a confirmation back. Without a body the payment becomes PENDING.
async fn unconfirm(State(app): State<App>, Path(id): Path<String>, body: Bytes) -> Answer {
    let Unconfirm { status } = if body.is_empty() { Unconfirm::default() } else { read(&body)? };
    act(&app, &id, |payment, now| {
        payment.unconfirm(status, now).map_err(conflict)?;
        Ok(json!({ "status": payment.status }))
    })
}

async fn amend(State(app): State<App>, Path(id): Path<String>, body: Bytes) -> Answer {
    let amendment: Amendment = read(&body)?;
    app.change(|world| {
        let now = world.clock.now();
        let id = Uuid::try_parse(&id).ok();
        let amended = id.and_then(|id| world.one_time_payments.amend(id, amendment, now));
        let payment = amended.ok_or_else(Refusal::no_such_payment)?;
        Ok(Json(json!(Item::new(payment, &world.settings, now))))
    })
}

async fn hide(State(app): State<App>, Path(id): Path<String>) -> Answer {
    set_hidden(&app, &id, true)
}

async fn show(State(app): State<App>, Path(id): Path<String>) -> Answer {
    set_hidden(&app, &id, false)
}

fn set_hidden(app: &App, id: &str, hidden: bool) -> Answer {
    act(app, id, |payment, _| {
        payment.hidden = hidden;
        Ok(json!({ "hidden": hidden }))
    })
}

fn act(app: &App, id: &str, act: impl FnOnce(&mut Payment, Timestamp) -> Result<Value, Refusal>) -> Answer {
    app.change(|world| {
        let now = world.clock.now();
        let payment = Uuid::try_parse(id)
            .ok()
            .and_then(|id| world.one_time_payments.find_even_hidden(id))
            .ok_or_else(Refusal::no_such_payment)?;
        act(payment, now).map(Json)
    })
}

fn conflict(why: impl Display) -> Refusal {
    Refusal::new(StatusCode::CONFLICT, format!("Nothing can be done with the payment: {why}"))
}

/// The maximum number of ids in the answer to a seed.
const NAMED: usize = 1_000;
