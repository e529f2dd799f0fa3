//! The hosted pages of one-time payments, `/checkout/otp/{id}`, and those that save a card, `/checkout/card/{id}`. They
//! work without JavaScript.

mod card;
mod view;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::one_time_payment::{Closed, Payment};
use crate::page::Language;
use crate::refusal::Refusal;
use crate::world::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/otp/{id}", get(show))
        .route("/otp/{id}/pay", post(pay))
        .route("/otp/{id}/decline", post(decline))
        .merge(card::routes())
        .fallback(|| async { view::unknown(Language::Spanish) })
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
    declined: Option<String>,
}

impl Asked {
    fn language(&self) -> Language {
        Language::of(self.lang.as_deref())
    }
}

async fn show(State(app): State<App>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Response {
    let language = asked.language();
    app.with(|world| match Uuid::try_parse(&id).ok().and_then(|id| world.one_time_payments.find(id)) {
        Some(payment) => view::checkout(&view::Checkout {
            payment,
            merchant: &world.settings.organization_name,
            language,
            now: world.clock.now(),
            just_declined: asked.declined.is_some() && payment.declines > 0,
        }),
        None => view::unknown(language),
    })
}

/// Pays and redirects the payer back to the shop. The form's fields are not read: there is no card.
async fn pay(State(app): State<App>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Response {
    act(&app, &id, asked.language(), |payment, now| match payment.pay(now) {
        // A second click before the first answer arrived must lead to the shop as well.
        Ok(()) | Err(Closed::Confirmed) => payment.return_address(),
        Err(Closed::Cancelled | Closed::Expired) => own_address(payment, asked.language().query()),
    })
}

/// Tries a card that is declined; the link remains payable.
async fn decline(State(app): State<App>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Response {
    act(&app, &id, asked.language(), |payment, now| match payment.decline(now) {
        Ok(()) => own_address(payment, asked.language().pick("?declined=1", "?declined=1&lang=en")),
        Err(Closed::Confirmed | Closed::Cancelled | Closed::Expired) => own_address(payment, asked.language().query()),
    })
}

fn act(app: &App, id: &str, language: Language, act: impl FnOnce(&mut Payment, Timestamp) -> String) -> Response {
    let outcome: Result<Option<String>, Refusal> = app.change(|world| {
        let now = world.clock.now();
        let payment = Uuid::try_parse(id).ok().and_then(|id| world.one_time_payments.find_mut(id));
        Ok(payment.map(|payment| act(payment, now)))
    });
    match outcome {
        Ok(Some(address)) => (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response(),
        Ok(None) => view::unknown(language),
        Err(refusal) => refusal.into_response(),
    }
}

fn own_address(payment: &Payment, query: &str) -> String {
    format!("/checkout/otp/{}{query}", payment.id)
}
