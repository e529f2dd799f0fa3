//! Card terminals as pages: `/terminal/{code}` represents the device at the till, `/terminal/open/{id}` Compago's app
//! on the merchant's own device, which `compago-pos-app:///charge/payment-intent/{id}` opens
//! (docs.compago.com/payment-intent/create, read November 2026). They work without JavaScript.

mod screen;
mod view;
mod words;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::page::Language;
use crate::payment_intent::card::Card;
use crate::payment_intent::{Intent, Tap};
use crate::refusal::Refusal;
use crate::world::App;
use screen::{Context, Device, Screen, Seen};

pub(crate) use screen::address_of_terminal;

pub(crate) fn routes() -> Router<App> {
    let mut router = Router::new();
    for device in ["/{code}", "/open/{id}"] {
        router = router
            .route(device, get(show))
            .route(&format!("{device}/screen"), get(screen_name))
            .route(&format!("{device}/tap"), post(tap))
            .route(&format!("{device}/decline"), post(decline));
    }
    router.fallback(|| async { view::unknown(&Device::nowhere(), Language::Spanish) })
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
    /// The intent that the screen has shown so far.
    seen: Option<String>,
    /// The intent that a person chose from several.
    pick: Option<String>,
}

impl Asked {
    fn language(&self) -> Language {
        Language::of(self.lang.as_deref())
    }

    fn seen(&self) -> Seen {
        let id = |text: &Option<String>| text.as_deref().and_then(|text| Uuid::try_parse(text).ok());
        match (id(&self.pick), id(&self.seen)) {
            (Some(id), _) => Seen::Picked(id),
            (None, Some(id)) => Seen::Shown(id),
            (None, None) => Seen::Nothing,
        }
    }
}

async fn show(State(app): State<App>, Path(device): Path<Device>, Query(asked): Query<Asked>) -> Response {
    let language = asked.language();
    app.with(|world| {
        let context = Context { world, language, now: world.clock.now() };
        match Screen::of(&device, asked.seen(), context) {
            Some(screen) => view::show(&screen),
            None => view::unknown(&device, language),
        }
    })
}

/// Answers with the name of the current screen; the page's script compares it with the one that it shows.
async fn screen_name(State(app): State<App>, Path(device): Path<Device>, Query(asked): Query<Asked>) -> Response {
    app.with(|world| {
        let context = Context { world, language: asked.language(), now: world.clock.now() };
        let name = Screen::of(&device, asked.seen(), context).map(|screen| screen.name());
        Json(json!({ "screen": name })).into_response()
    })
}

/// The form of a screen that waits for a card.
#[derive(Deserialize)]
struct Pressed {
    intent: Uuid,
    card: Option<Card>,
}

async fn tap(
    State(app): State<App>,
    Path(device): Path<Device>,
    Query(asked): Query<Asked>,
    Form(pressed): Form<Pressed>,
) -> Response {
    let tap = Tap { card: pressed.card.unwrap_or_default(), terminal_code: device.code(), ..Tap::default() };
    act(&app, &device, pressed.intent, asked.language(), |intent, now| {
        // If the intent was cancelled or expired meanwhile, the screen says so.
        let _ = intent.tap(tap, now);
    })
}

/// Declines a card; another one may be tried.
async fn decline(
    State(app): State<App>,
    Path(device): Path<Device>,
    Query(asked): Query<Asked>,
    Form(pressed): Form<Pressed>,
) -> Response {
    act(&app, &device, pressed.intent, asked.language(), |intent, now| {
        let _ = intent.decline(now);
    })
}

/// Acts on an intent that the device may take, then shows the result.
fn act(app: &App, device: &Device, id: Uuid, language: Language, act: impl FnOnce(&mut Intent, Timestamp)) -> Response {
    let outcome: Result<bool, Refusal> = app.change(|world| {
        let now = world.clock.now();
        let known = device.is_known(world);
        let intent = world.payment_intents.find_mut(id).filter(|intent| known && device.may_take(intent));
        Ok(intent.map(|intent| act(intent, now)).is_some())
    });
    match outcome {
        Ok(true) => (StatusCode::SEE_OTHER, [(LOCATION, device.address(Seen::Shown(id), language))]).into_response(),
        Ok(false) => view::unknown(device, language),
        Err(refusal) => refusal.into_response(),
    }
}
