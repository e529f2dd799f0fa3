//! Saved cards in the control API: everything that is stored of them, and actions of customers, banks and the
//! merchant's other programs.

use std::fmt::Display;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value, json};
use uuid::Uuid;

use super::{Answer, read};
use crate::amendment::Amendment;
use crate::clock::written;
use crate::payment_method::answer::{PaymentItem, checkout_address};
use crate::payment_method::card::Card;
use crate::payment_method::charge::{self, Charge};
use crate::payment_method::display::Color;
use crate::payment_method::{BillingInformation, Method, NotActive, NotPending, Saved, Status};
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::world::{App, World};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/payment-methods/{id}/save", post(save))
        .route("/payment-methods/{id}/decline", post(decline))
        .route("/payment-methods/{id}/revoke", post(revoke))
        .route("/payment-methods/{id}/payments/{payment}/start", post(start))
        .route("/payment-methods/{id}/payments/{payment}/confirm", post(confirm))
        .route("/payment-methods/{id}/payments/{payment}/cancel", post(cancel))
        .route("/payment-methods/{id}/payments/{payment}/refund", post(refund))
        .route("/payment-methods/{id}/payments/{payment}/amend", post(amend))
}

/// Returns the stored methods, oldest first.
pub(super) fn stored<'a>(world: &'a World, origin: &str, now: Timestamp) -> Vec<StoredMethod<'a>> {
    let methods = world.payment_methods.oldest_first();
    methods.iter().map(|method| StoredMethod::new(method, &world.settings, origin, now)).collect()
}

/// One method with everything that is stored of it. `payments` are all charges without the verification, whatever the
/// lists show.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredMethod<'a> {
    id: Uuid,
    status: Status,
    external_id: Option<&'a str>,
    card: Option<StoredCard>,
    display_mode: &'static str,
    button_text: Option<&'a str>,
    button_color: Option<&'a str>,
    redirect_url: Option<&'a str>,
    return_url: Option<String>,
    checkout_url: String,
    created_at: String,
    expires_at: String,
    saved_at: Option<String>,
    revoked_at: Option<String>,
    declines: u32,
    verification_amount: Number,
    /// Present once a card is saved.
    verification: Option<PaymentItem>,
    billing_information: &'a BillingInformation,
    payments: Vec<StoredPayment<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StoredCard {
    kind: &'static str,
    last_four_digits: &'static str,
    network_type: &'static str,
}

impl StoredCard {
    fn new(card: Card) -> Self {
        let (last_four_digits, network_type) = (card.last_four_digits(), card.network_type());
        Self { kind: card.into_str(), last_four_digits, network_type }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StoredPayment<'a> {
    #[serde(flatten)]
    item: PaymentItem,
    description: Option<&'a str>,
    /// When the clock settles it.
    settles_at: Option<String>,
    refund_reason: Option<&'a str>,
}

impl<'a> StoredMethod<'a> {
    fn new(method: &'a Method, settings: &Settings, origin: &str, now: Timestamp) -> Self {
        let time = |at: Timestamp| written(at, settings.fraction());
        let saved = method.saved.as_ref();
        Self {
            id: method.id,
            status: method.status(now),
            external_id: method.external_id.as_deref(),
            card: saved.map(|saved| StoredCard::new(saved.card)),
            display_mode: method.display.into_str(),
            button_text: method.display.button_text(),
            button_color: method.display.button_color().map(Color::as_str),
            redirect_url: method.redirect_url.as_deref(),
            return_url: method.return_address(settings),
            checkout_url: checkout_address(method.id, settings, origin),
            created_at: time(method.created_at),
            expires_at: time(method.expires_at),
            saved_at: saved.map(|saved| time(saved.at)),
            revoked_at: saved.and_then(|saved| saved.revoked_at).map(time),
            declines: method.declines,
            verification_amount: method.verification_amount.number(),
            verification: saved.map(|saved| PaymentItem::new(&saved.verification, settings, now)),
            billing_information: &method.billing_information,
            payments: method.charges.iter().map(|charge| StoredPayment::new(charge, settings, now)).collect(),
        }
    }
}

impl<'a> StoredPayment<'a> {
    fn new(charge: &'a Charge, settings: &Settings, now: Timestamp) -> Self {
        Self {
            item: PaymentItem::new(charge, settings, now),
            description: charge.description.as_deref(),
            settles_at: charge.settlement.map(|settlement| written(settlement.at, settings.fraction())),
            refund_reason: charge.refund_reason.as_deref(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Save {
    card: Card,
}

/// Saves a card as the customer does on the page. The optional body chooses the card.
async fn save(State(app): State<App>, Path(id): Path<String>, body: Bytes) -> Answer {
    let Save { card } = if body.is_empty() { Save::default() } else { read(&body)? };
    act(&app, &id, |method, settings, now| {
        method.save(card, now).map_err(|NotPending(status)| conflict("payment method", status.into_str()))?;
        Ok(json!({
            "status": method.status(now),
            "card": StoredCard::new(card),
            "redirectTo": method.return_address(settings),
        }))
    })
}

async fn decline(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |method, _, now| {
        method.decline(now).map_err(|NotPending(status)| conflict("payment method", status.into_str()))?;
        Ok(json!({ "status": method.status(now), "declines": method.declines }))
    })
}

/// Revokes the card as from the merchant's dashboard.
async fn revoke(State(app): State<App>, Path(id): Path<String>) -> Answer {
    act(&app, &id, |method, _, now| {
        let status = method.status(now);
        method.revoke(now).map_err(|NotActive| conflict("payment method", status.into_str()))?;
        Ok(json!({ "status": method.status(now) }))
    })
}

/// Starts a charge that is not initialized: it becomes PENDING.
async fn start(State(app): State<App>, Path(ids): Path<(String, String)>) -> Answer {
    act_on_charge(&app, ids, |charge, _, now| settle(charge, charge::Status::Pending, now))
}

async fn confirm(State(app): State<App>, Path(ids): Path<(String, String)>) -> Answer {
    act_on_charge(&app, ids, |charge, card, now| match card.trouble() {
        Some(trouble) => Err(conflict("payment", trouble)),
        None => settle(charge, charge::Status::Confirmed, now),
    })
}

async fn cancel(State(app): State<App>, Path(ids): Path<(String, String)>) -> Answer {
    act_on_charge(&app, ids, |charge, _, now| settle(charge, charge::Status::Cancelled, now))
}

/// Refunds the charge as from the merchant's dashboard.
async fn refund(State(app): State<App>, Path(ids): Path<(String, String)>) -> Answer {
    act_on_charge(&app, ids, |charge, _, now| {
        charge.refund(None, now).map_err(|status| conflict("payment", status.into_str()))
    })
}

/// Replaces the given facts, against Compago's rules.
async fn amend(State(app): State<App>, Path(ids): Path<(String, String)>, body: Bytes) -> Answer {
    let Amendment { amount, currency, external_id, redirect_url } = read(&body)?;
    if external_id.is_some() || redirect_url.is_some() {
        return Err(Refusal::bad_request("A charge has neither externalId nor redirectUrl"));
    }
    act_on_charge(&app, ids, |charge, _, _| {
        charge.amend(amount, currency);
        Ok(())
    })
}

fn settle(charge: &mut Charge, status: charge::Status, now: Timestamp) -> Result<(), Refusal> {
    charge.settle(status, now).map_err(|status| conflict("payment", status.into_str()))
}

fn act_on_charge(
    app: &App,
    (id, payment): (String, String),
    act_on: impl FnOnce(&mut Charge, Card, Timestamp) -> Result<(), Refusal>,
) -> Answer {
    act(app, &id, |method, _, now| {
        let payment = Uuid::try_parse(&payment).ok();
        let charge = method.charges.iter_mut().find(|charge| Some(charge.id) == payment);
        let (Some(charge), Some(Saved { card, .. })) = (charge, &method.saved) else {
            return Err(Refusal::no_such_charge());
        };
        act_on(charge, *card, now)?;
        Ok(json!({ "status": charge.status(now) }))
    })
}

fn act(app: &App, id: &str, act: impl FnOnce(&mut Method, &Settings, Timestamp) -> Result<Value, Refusal>) -> Answer {
    app.change(|world| {
        let now = world.clock.now();
        let method = Uuid::try_parse(id)
            .ok()
            .and_then(|id| world.payment_methods.find_mut(id))
            .ok_or_else(Refusal::no_such_method)?;
        act(method, &world.settings, now).map(Json)
    })
}

fn conflict(what: &str, why: impl Display) -> Refusal {
    Refusal::new(StatusCode::CONFLICT, format!("Nothing can be done with the {what}: {why}"))
}
