//! The page at `/`: describes the sandbox and how to call it, and lists its terminals, payments, intents and saved
//! cards.

mod cards;
mod till;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use crate::api::API_KEY;
use crate::clock::{Fraction, written};
use crate::moment::date_and_time;
use crate::money::grouped;
use crate::one_time_payment::{Closed, Payment, Standing};
use crate::page::{Frame, Language, Live, Page};
use crate::world::{App, World};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(show)).fallback(|| async { lost() })
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

async fn show(State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    let language = Language::of(asked.lang.as_deref());
    let main = app.with(|world| index(world, app.origin(), language));
    page(StatusCode::OK, language, main)
}

fn lost() -> Response {
    let main = html! {
        section.state {
            h1 { "Esta página no existe" }
            p.go { a.primary href="/" { "Ir al inicio del simulador" } }
        }
    };
    page(StatusCode::NOT_FOUND, Language::Spanish, main)
}

fn page(status: StatusCode, language: Language, main: Markup) -> Response {
    let title = "Compago Sandbox";
    Page { status, language, title, brand: title, path: "/", main, kept: "", live: Live::Still, frame: Frame::Alone }
        .into_response()
}

fn index(world: &World, origin: &str, language: Language) -> Markup {
    let now = world.clock.now();
    html! {
        section.intro {
            h1 { (language.pick("Un Compago para ensayar", "A Compago to rehearse with")) }
            p {
                (language.pick(
                    "Este servidor responde como la API pública de Compago y muestra sus páginas de pago y sus terminales, \
                     pero vive en tu máquina. Aquí se puede pagar, rechazar, cancelar y dejar vencer sin que se mueva dinero.",
                    "This server answers like Compago's public API and shows its payment pages and terminals, but it lives \
                     on your machine. Pay, decline, cancel and let payments expire here; no money moves.",
                ))
            }
            dl.facts {
                div { dt { "API" } dd { code { (origin) "/api" } } }
                div { dt { "x-api-key" } dd { code { (API_KEY) } } }
                div { dt { (language.pick("Reloj", "Clock")) } dd { code { (written(now, Fraction::None)) } } }
                div { dt { (language.pick("Control", "Control")) } dd { (control_links()) } }
            }
        }
        (till::terminals(world, now, language))
        (payments(world, now, language))
        (till::intents(world, now, language))
        (cards::methods(world, now, language))
        (cards::charges(world, now, language))
    }
}

fn control_links() -> Markup {
    html! {
        @for (position, name) in ["state", "calls", "settings", "faults", "clock"].into_iter().enumerate() {
            @if position > 0 { " " }
            a href={ "/_sandbox/" (name) } { code { (name) } }
        }
    }
}

fn payments(world: &World, now: Timestamp, language: Language) -> Markup {
    let payments: Vec<&Payment> = world.one_time_payments.oldest_first().iter().filter(|it| !it.hidden).collect();
    let none = language.pick(
        "Todavía no hay pagos. Compra algo en la tienda o llama a POST /api/one-time-payment.",
        "No payments yet. Buy something in the shop or call POST /api/one-time-payment.",
    );
    let title = language.pick("Pagos con enlace", "Payment links");
    section("payments", title, &payments, none, language, |payment| row(payment, now, language))
}

/// Returns the section of one kind of entry with the latest entries, or `none` if there are none.
fn section<T>(
    id: &str,
    title: &str,
    oldest_first: &[T],
    none: &str,
    language: Language,
    row: impl Fn(&T) -> Markup,
) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) " " span.count { (oldest_first.len()) } }
            @if oldest_first.is_empty() {
                p.empty { (none) }
            } @else {
                ul.payments { @for entry in oldest_first.iter().rev().take(SHOWN) { (row(entry)) } }
                @if oldest_first.len() > SHOWN { p.quiet { (more(oldest_first.len() - SHOWN, language)) } }
            }
        }
    }
}

/// Returns a note with the number of entries that are not shown.
fn more(rest: usize, language: Language) -> String {
    let rest = grouped(&rest.to_string());
    language.pick(
        format!("Se muestran los {SHOWN} más recientes; hay {rest} más."),
        format!("The latest {SHOWN} are shown; there are {rest} more."),
    )
}

fn row(payment: &Payment, now: Timestamp, language: Language) -> Markup {
    let (tone, status) = match payment.standing(now) {
        Standing::Payable => ("open", language.pick("Por pagar", "Payable")),
        Standing::Closed(Closed::Confirmed) => ("good", language.pick("Pagado", "Paid")),
        Standing::Closed(Closed::Cancelled) => ("over", language.pick("Cancelado", "Cancelled")),
        Standing::Closed(Closed::Expired) => ("over", language.pick("Vencido", "Expired")),
    };
    html! {
        li {
            a href={ "/checkout/otp/" (payment.id) (language.query()) } {
                span.what { (payment.description) }
                " " span.sum { (payment.price()) }
                " " span.quiet {
                    span { (payment.external_id) }
                    " " span { (date_and_time(payment.created_at, language)) }
                }
                " " span.badge.(tone) { (status) }
            }
        }
    }
}

/// How many entries of one kind are shown.
const SHOWN: usize = 100;
