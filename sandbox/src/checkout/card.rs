//! The hosted pages on which a customer saves a card, `/checkout/card/{id}`: standalone or in a frame. An embedded page
//! posts no messages to the page around it, since none are documented (docs.compago.com/payment-method/save-card, read
//! November 2026).

mod view;

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::Asked;
use crate::page::{self, Language};
use crate::payment_method::card::Card;
use crate::payment_method::display::Color;
use crate::payment_method::{Method, NotPending, Status};
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::world::{App, World};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/card/{id}", get(show))
        .route("/card/{id}/button.css", get(button))
        .route("/card/{id}/save", post(save))
        .route("/card/{id}/decline", post(decline))
}

async fn show(State(app): State<App>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Response {
    let language = asked.language();
    app.with(|world| match find(world, &id) {
        Some(method) => view::show(&view::Visit {
            method,
            settings: &world.settings,
            language,
            now: world.clock.now(),
            just_declined: asked.declined.is_some() && method.declines > 0,
        }),
        None => view::unknown(language),
    })
}

/// Serves the style of an embedded page's button in the merchant's colour: a file, so that no page needs inline styles.
async fn button(State(app): State<App>, Path(id): Path<String>) -> Response {
    let color = app.with(|world| find(world, &id).and_then(|method| method.display.button_color().cloned()));
    let rule = |color: Color| {
        format!(".primary, .primary:hover {{ background: {}; color: {}; }}\n", color.as_str(), color.text())
    };
    match color {
        Some(color) => page::file(page::CSS, rule(color)),
        None => view::unknown(Language::Spanish),
    }
}

/// The form of the page.
#[derive(Deserialize)]
struct Chosen {
    card: Option<Card>,
}

/// Saves the card and redirects the customer to the merchant, if there is a return URL.
async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    Form(chosen): Form<Chosen>,
) -> Response {
    let language = asked.language();
    act(&app, &id, language, |method, settings, now| {
        match method.save(chosen.card.unwrap_or_default(), now) {
            // A second click before the first answer arrived must lead to the merchant as well.
            Ok(()) | Err(NotPending(Status::Active)) => method.return_address(settings),
            Err(NotPending(Status::Pending | Status::Expired | Status::Revoked)) => None,
        }
        .unwrap_or_else(|| own_address(method, language.query()))
    })
}

/// Tries a card that fails the verification; the link remains valid.
async fn decline(State(app): State<App>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Response {
    let language = asked.language();
    act(&app, &id, language, |method, _, now| match method.decline(now) {
        Ok(()) => own_address(method, language.pick("?declined=1", "?declined=1&lang=en")),
        Err(NotPending(_)) => own_address(method, language.query()),
    })
}

fn act(
    app: &App,
    id: &str,
    language: Language,
    act: impl FnOnce(&mut Method, &Settings, Timestamp) -> String,
) -> Response {
    let outcome: Result<Option<String>, Refusal> = app.change(|world| {
        let now = world.clock.now();
        let method = Uuid::try_parse(id).ok().and_then(|id| world.payment_methods.find_mut(id));
        Ok(method.map(|method| act(method, &world.settings, now)))
    });
    match outcome {
        Ok(Some(address)) => (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response(),
        Ok(None) => view::unknown(language),
        Err(refusal) => refusal.into_response(),
    }
}

fn find<'a>(world: &'a World, id: &str) -> Option<&'a Method> {
    Uuid::try_parse(id).ok().and_then(|id| world.payment_methods.find(id))
}

fn own_address(method: &Method, query: &str) -> String {
    format!("/checkout/card/{}{query}", method.id)
}
