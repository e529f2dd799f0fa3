//! The checkout pages as HTML: the payable one, and one for each way in which a payment was closed.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::moment::{date_and_time, timer};
use crate::notice::{Icon, Tone, notice};
use crate::one_time_payment::{Closed, Payment, Standing};
use crate::page::{Frame, Language, Live, Page};

/// The content of a checkout page.
pub(crate) struct Checkout<'a> {
    pub(crate) payment: &'a Payment,
    pub(crate) merchant: &'a str,
    pub(crate) language: Language,
    pub(crate) now: Timestamp,
    /// The payer's previous card was declined.
    pub(crate) just_declined: bool,
}

pub(crate) fn checkout(checkout: &Checkout<'_>) -> Response {
    match checkout.payment.standing(checkout.now) {
        Standing::Payable => payable(checkout),
        Standing::Closed(Closed::Confirmed) => paid(checkout),
        Standing::Closed(closed @ (Closed::Cancelled | Closed::Expired)) => over(checkout, closed),
    }
}

/// The page for a URL that belongs to no payment.
pub(crate) fn unknown(language: Language) -> Response {
    let title = language.pick("No encontramos este pago", "We could not find this payment");
    let text = language.pick(
        "Revisa que el enlace esté completo. Si lo recibiste en un mensaje, ábrelo de nuevo desde ahí.",
        "Check that the link is complete. If it came in a message, open it from there again.",
    );
    Page {
        status: StatusCode::NOT_FOUND,
        language,
        title,
        brand: "Checkout",
        path: "",
        main: notice(Tone::Quiet, Icon::Question, title, &html! { p { (text) } }),
        live: Live::Still,
        frame: Frame::Alone,
        kept: "",
    }
    .into_response()
}

fn payable(checkout: &Checkout<'_>) -> Response {
    let Checkout { payment, merchant, language, just_declined, .. } = *checkout;
    let pay = format!("{} {}", language.pick("Pagar", "Pay"), payment.price());
    let main = html! {
        div.checkout {
            (summary(checkout))
            section.panel aria-labelledby="how" {
                @if just_declined { (declined(language)) }
                h2 id="how" { (language.pick("Pagar con tarjeta", "Pay by card")) }
                p.quiet {
                    (language.pick(
                        "Tarjeta de prueba ya llena. Lo que escribas aquí no se envía ni se guarda.",
                        "A test card is filled in. What you type here is neither sent nor stored.",
                    ))
                }
                (form(payment, language, &pay))
                p.back { a href=(payment.homepage_url) { (language.pick("Volver a", "Back to")) " " (merchant) } }
            }
        }
    };
    let title = match (just_declined, language) {
        (true, Language::Spanish) => format!("Error: tarjeta rechazada - {merchant}"),
        (true, Language::English) => format!("Error: card declined - {merchant}"),
        (false, _) => format!("{pay} - {merchant}"),
    };
    page(checkout, &title, main, Live::Countdown)
}

fn summary(checkout: &Checkout<'_>) -> Markup {
    let Checkout { payment, merchant, language, now, .. } = *checkout;
    html! {
        section.summary aria-labelledby="total" {
            p.quiet { (language.pick("Pago a", "Payment to")) " " (merchant) }
            h1.amount id="total" { (payment.price()) }
            p.what { (payment.description) }
            dl.facts {
                div { dt { (language.pick("Referencia", "Reference")) } dd { (payment.external_id) } }
                div { dt { (language.pick("Vence", "Expires")) } dd { (deadline(payment.expires_at, language)) } }
                div {
                    dt { (language.pick("Tiempo restante", "Time left")) }
                    dd { (timer(payment.expires_at.duration_since(now), None)) }
                }
            }
        }
    }
}

/// The inputs have no names, so that browsers do not send them.
fn form(payment: &Payment, language: Language, pay: &str) -> Markup {
    let (id, query) = (payment.id, language.query());
    let billing = &payment.billing_information;
    html! {
        form method="post" action={ "/checkout/otp/" (id) "/pay" (query) } autocomplete="off" novalidate {
            div.field {
                label for="number" { (language.pick("Número de tarjeta", "Card number")) }
                input id="number" inputmode="numeric" value="4242 4242 4242 4242";
            }
            div.pair {
                div.field {
                    label for="expiry" { (language.pick("Vencimiento", "Expiry")) }
                    input id="expiry" inputmode="numeric" value="12 / 34";
                }
                div.field {
                    label for="code" { "CVC" }
                    input id="code" inputmode="numeric" value="123";
                }
            }
            div.field {
                label for="name" { (language.pick("Nombre en la tarjeta", "Name on card")) }
                input id="name" value={ (billing.first_name) " " (billing.last_name) };
            }
            button.primary { (pay) }
            button.secondary formaction={ "/checkout/otp/" (id) "/decline" (query) } {
                (language.pick("Probar una tarjeta rechazada", "Try a declined card"))
            }
        }
    }
}

fn paid(checkout: &Checkout<'_>) -> Response {
    let Checkout { payment, merchant, language, .. } = *checkout;
    let title = language.pick("Este pago ya está hecho", "This payment is done");
    let content = html! {
        p.amount { (payment.price()) }
        p {
            (language.pick("Pago a", "Payment to")) " " (merchant) ", "
            (date_and_time(payment.updated_at, language))
        }
        (way_back(&payment.return_address(), merchant, language))
    };
    page(checkout, title, notice(Tone::Good, Icon::Tick, title, &content), Live::Still)
}

/// Returns the page of a cancelled or expired payment, which shows nothing of it, like the API's limited answer.
fn over(checkout: &Checkout<'_>, closed: Closed) -> Response {
    let Checkout { payment, merchant, language, .. } = *checkout;
    let (icon, title, why) = match closed {
        Closed::Expired => (
            Icon::Clock,
            language.pick("El enlace de pago venció", "The payment link expired"),
            language.pick(
                "No se hizo ningún cargo. Vuelve a la tienda para pedir un enlace nuevo.",
                "Nothing was charged. Go back to the shop to get a new link.",
            ),
        ),
        Closed::Cancelled | Closed::Confirmed => (
            Icon::Cross,
            language.pick("Este pago fue cancelado", "This payment was cancelled"),
            language.pick(
                "No se hizo ningún cargo y el enlace ya no se puede usar.",
                "Nothing was charged and the link can no longer be used.",
            ),
        ),
    };
    let content = html! {
        p { (why) }
        (way_back(&payment.homepage_url, merchant, language))
    };
    page(checkout, title, notice(Tone::Quiet, icon, title, &content), Live::Still)
}

fn way_back(address: &str, merchant: &str, language: Language) -> Markup {
    html! { p.go { a.primary href=(address) { (language.pick("Volver a", "Back to")) " " (merchant) } } }
}

fn declined(language: Language) -> Markup {
    alert(
        language.pick("Tu banco rechazó la tarjeta", "Your bank declined the card"),
        language.pick(
            "No se hizo ningún cargo. Puedes intentar de nuevo o usar otra tarjeta.",
            "Nothing was charged. You can try again or use another card.",
        ),
    )
}

/// Returns an alert that takes the focus when the page opens.
pub(super) fn alert(title: &str, text: &str) -> Markup {
    html! { div.alert role="alert" tabindex="-1" autofocus { p { strong { (title) } } p { (text) } } }
}

/// Returns the time at which a link expires, with the zone that it is written in.
pub(super) fn deadline(at: Timestamp, language: Language) -> Markup {
    html! {
        time datetime=(at) { (date_and_time(at, language)) }
        span.quiet { " (" (language.pick("CDMX", "Mexico City")) ")" }
    }
}

fn page(checkout: &Checkout<'_>, title: &str, main: Markup, live: Live<'_>) -> Response {
    let path = format!("/checkout/otp/{}", checkout.payment.id);
    Page {
        status: StatusCode::OK,
        language: checkout.language,
        title,
        brand: checkout.merchant,
        path: &path,
        main,
        live,
        frame: Frame::Alone,
        kept: "",
    }
    .into_response()
}
