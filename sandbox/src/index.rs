//! The page at `/`: what the sandbox is, how to call it, its terminals, and the payments, intents and saved cards it holds.

mod cards;
mod till;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use serde::Deserialize;

use crate::api::API_KEY;
use crate::clock::{Fraction, written};
use crate::moment::date_and_time;
use crate::money::grouped;
use crate::one_time_payment::{Closed, Payment, Standing};
use crate::page::{Escaped, Frame, Language, Live, Page};
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
    let main = "<section class=\"state\"><h1>Esta página no existe</h1>\n\
                <p class=\"go\"><a class=\"primary\" href=\"/\">Ir al inicio del simulador</a></p></section>\n";
    page(StatusCode::NOT_FOUND, Language::Spanish, main.to_owned())
}

fn page(status: StatusCode, language: Language, main: String) -> Response {
    let title = "Compago Sandbox";
    Page { status, language, title, brand: title, path: "/", main, kept: "", live: Live::Still, frame: Frame::Alone }
        .into_response()
}

fn index(world: &World, origin: &str, language: Language) -> String {
    let now = world.clock.now();
    let payments: Vec<&Payment> = world.one_time_payments.oldest_first().iter().filter(|it| !it.hidden).collect();
    format!(
        r#"<section class="intro">
<h1>{headline}</h1>
<p>{what}</p>
<dl class="facts">
<div><dt>API</dt><dd><code>{origin}/api</code></dd></div>
<div><dt>x-api-key</dt><dd><code>{API_KEY}</code></dd></div>
<div><dt>{clock_label}</dt><dd><code>{now}</code></dd></div>
<div><dt>{control_label}</dt><dd>{control}</dd></div>
</dl>
</section>
{terminals}<section aria-labelledby="payments">
<h2 id="payments">{payments_label} <span class="count">{count}</span></h2>
{list}</section>
{intents}{methods}{charges}"#,
        headline = language.pick("Un Compago para ensayar", "A Compago to rehearse with"),
        what = language.pick(
            "Este servidor responde como la API pública de Compago y muestra sus páginas de pago y sus terminales, pero vive \
             en tu máquina. Aquí se puede pagar, rechazar, cancelar y dejar vencer sin que se mueva dinero.",
            "This server answers like Compago's public API and shows its payment pages and terminals, but it lives on your \
             machine. Pay, decline, cancel and let payments expire here; no money moves.",
        ),
        origin = Escaped(origin),
        clock_label = language.pick("Reloj", "Clock"),
        now = written(now, Fraction::None),
        control_label = language.pick("Control", "Control"),
        control = CONTROL_LINKS,
        terminals = till::terminals(world, now, language),
        intents = till::intents(world, now, language),
        methods = cards::methods(world, now, language),
        charges = cards::charges(world, now, language),
        payments_label = language.pick("Pagos con enlace", "Payment links"),
        count = payments.len(),
        list = list(&payments, now, language),
    )
}

fn list(payments: &[&Payment], now: Timestamp, language: Language) -> String {
    if payments.is_empty() {
        return format!(
            "<p class=\"empty\">{}</p>\n",
            language.pick(
                "Todavía no hay pagos. Compra algo en la tienda o llama a POST /api/one-time-payment.",
                "No payments yet. Buy something in the shop or call POST /api/one-time-payment.",
            ),
        );
    }
    let rows: String = payments.iter().rev().take(SHOWN).map(|payment| row(payment, now, language)).collect();
    format!("<ul class=\"payments\">\n{rows}</ul>\n{}", more(payments.len(), language))
}

/// Says how many are left out where not all are shown.
fn more(count: usize, language: Language) -> String {
    if count <= SHOWN {
        return String::new();
    }
    let rest = grouped(&(count - SHOWN).to_string());
    let text = language.pick(
        format!("Se muestran los {SHOWN} más recientes; hay {rest} más."),
        format!("The latest {SHOWN} are shown; there are {rest} more."),
    );
    format!("<p class=\"quiet\">{text}</p>\n")
}

fn row(payment: &Payment, now: Timestamp, language: Language) -> String {
    let (tone, status) = match payment.standing(now) {
        Standing::Payable => ("open", language.pick("Por pagar", "Payable")),
        Standing::Closed(Closed::Confirmed) => ("good", language.pick("Pagado", "Paid")),
        Standing::Closed(Closed::Cancelled) => ("over", language.pick("Cancelado", "Cancelled")),
        Standing::Closed(Closed::Expired) => ("over", language.pick("Vencido", "Expired")),
    };
    format!(
        "<li><a href=\"/checkout/otp/{id}{query}\"><span class=\"what\">{description}</span>\n\
         <span class=\"sum\">{amount}</span>\n\
         <span class=\"quiet\"><span>{external_id}</span> <span>{created}</span></span>\n\
         <span class=\"badge {tone}\">{status}</span></a></li>\n",
        id = payment.id,
        query = language.query(),
        description = Escaped(&payment.description),
        amount = payment.price(),
        external_id = Escaped(&payment.external_id),
        created = date_and_time(payment.created_at, language),
    )
}

const SHOWN: usize = 100;

const CONTROL_LINKS: &str = r#"<a href="/_sandbox/state"><code>state</code></a> <a href="/_sandbox/calls"><code>calls</code></a> <a href="/_sandbox/settings"><code>settings</code></a> <a href="/_sandbox/faults"><code>faults</code></a> <a href="/_sandbox/clock"><code>clock</code></a>"#;
