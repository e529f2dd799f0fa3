//! The pages that save a card, as HTML: one for each status of the method.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::checkout::view::{alert, deadline};
use crate::moment::timer;
use crate::notice::{Icon, Tone, notice};
use crate::page::{Frame, Language, Live, Page};
use crate::payment_method::card::Card;
use crate::payment_method::display::Display;
use crate::payment_method::{Method, Saved, Status};
use crate::settings::{EmbeddedReturn, Settings};

/// What one page shows.
pub(super) struct Visit<'a> {
    pub(super) method: &'a Method,
    pub(super) settings: &'a Settings,
    pub(super) language: Language,
    pub(super) now: Timestamp,
    /// The customer's previous card was declined.
    pub(super) just_declined: bool,
}

pub(super) fn show(visit: &Visit<'_>) -> Response {
    match (visit.method.status(visit.now), &visit.method.saved) {
        (Status::Active, Some(saved)) => active(visit, saved),
        (Status::Revoked, _) => over(
            visit,
            Icon::Cross,
            visit.language.pick("Esta tarjeta ya no está guardada", "This card is no longer saved"),
            visit.language.pick(
                "La tienda la dio de baja y ya no puede hacerle cargos.",
                "The shop removed it and can no longer charge it.",
            ),
        ),
        (Status::Expired, _) => over(
            visit,
            Icon::Clock,
            visit.language.pick("El enlace venció", "The link expired"),
            visit.language.pick(
                "No se guardó ninguna tarjeta ni se hizo ningún cargo. Pide a la tienda un enlace nuevo.",
                "No card was saved and nothing was charged. Ask the shop for a new link.",
            ),
        ),
        (Status::Pending | Status::Active, _) => pending(visit),
    }
}

/// The page for a URL that belongs to no method.
pub(super) fn unknown(language: Language) -> Response {
    let title = language.pick("No encontramos esta página", "We could not find this page");
    let text = language.pick(
        "Revisa que el enlace para guardar tu tarjeta esté completo.",
        "Check that the link to save your card is complete.",
    );
    Page {
        status: StatusCode::NOT_FOUND,
        language,
        title,
        brand: "Checkout",
        path: "",
        main: notice(Tone::Quiet, Icon::Question, title, &html! { p { (text) } }),
        live: Live::Still,
        kept: "",
        frame: Frame::Alone,
    }
    .into_response()
}

fn pending(visit: &Visit<'_>) -> Response {
    let language = visit.language;
    let main = html! {
        div.checkout {
            (summary(visit))
            section.panel aria-labelledby="which" { (form(visit)) }
        }
    };
    let merchant = &visit.settings.organization_name;
    let title = match (visit.just_declined, language) {
        (true, Language::Spanish) => format!("Error: tarjeta rechazada - {merchant}"),
        (true, Language::English) => format!("Error: card declined - {merchant}"),
        (false, _) => format!("{} - {merchant}", language.pick("Guardar tarjeta", "Save card")),
    };
    page(visit, &title, main, Live::Countdown)
}

/// Returns the summary. In a frame it is short, since the merchant's page describes most of it.
fn summary(visit: &Visit<'_>) -> Markup {
    let Visit { method, language, .. } = *visit;
    html! {
        section.summary aria-labelledby="what" {
            h1.headline id="what" { (language.pick("Guarda tu tarjeta", "Save your card")) }
            @match method.display {
                Display::Link => { (facts(visit)) }
                Display::Embedded { .. } => {
                    p.quiet { (verification(method, language)) }
                    p.quiet { (language.pick("Tiempo restante", "Time left")) " " (time_left(visit)) }
                }
            }
        }
    }
}

fn facts(visit: &Visit<'_>) -> Markup {
    let Visit { method, language, .. } = *visit;
    html! {
        p.what {
            (language.pick(
                "Así la tienda podrá cobrar a esta tarjeta lo que acuerdes, sin volver a pedirte los datos.",
                "The shop can then charge this card what you agree on, without asking for its details again.",
            ))
        }
        dl.facts {
            div {
                dt { (language.pick("Verificación", "Verification")) }
                dd {
                    (method.verification_amount.for_people())
                    span.quiet { (language.pick(", se cobra y se anula", ", charged and voided")) }
                }
            }
            @if let Some(external_id) = &method.external_id {
                div { dt { (language.pick("Referencia", "Reference")) } dd { (external_id) } }
            }
            div { dt { (language.pick("Vence", "Expires")) } dd { (deadline(method.expires_at, language)) } }
            div { dt { (language.pick("Tiempo restante", "Time left")) } dd { (time_left(visit)) } }
        }
    }
}

fn verification(method: &Method, language: Language) -> String {
    let amount = method.verification_amount.for_people();
    language.pick(
        format!("Para verificarla se cobra y se anula {amount}."),
        format!("To verify it, {amount} is charged and voided."),
    )
}

fn time_left(visit: &Visit<'_>) -> Markup {
    timer(visit.method.expires_at.duration_since(visit.now), None)
}

fn form(visit: &Visit<'_>) -> Markup {
    let Visit { method, language, just_declined, .. } = *visit;
    let (id, query) = (method.id, language.query());
    let save = method.display.button_text().unwrap_or(language.pick("Guardar tarjeta", "Save card"));
    html! {
        @if just_declined { (declined(language)) }
        h2 id="which" { (language.pick("Elige una tarjeta de prueba", "Choose a test card")) }
        p.quiet {
            (language.pick("No se pide ni se guarda ningún dato real.", "No real details are asked for or stored."))
        }
        form method="post" action={ "/checkout/card/" (id) "/save" (query) } target=[leaves_frame(visit).then_some("_top")] {
            fieldset.choices aria-labelledby="which" { @for card in OFFERED { (choice(card, language)) } }
            button.primary { (save) }
            button.secondary formaction={ "/checkout/card/" (id) "/decline" (query) }
                formtarget=[leaves_frame(visit).then_some("_self")] {
                (language.pick("Probar una tarjeta rechazada", "Try a declined card"))
            }
        }
    }
}

fn choice(card: Card, language: Language) -> Markup {
    let later = match card {
        Card::Good | Card::Mastercard | Card::Amex => {
            language.pick("Sus cargos se aprueban", "Its charges are approved")
        }
        Card::Declines => language.pick("Se guarda; sus cargos se rechazan", "Is saved; its charges are declined"),
        Card::Expired => {
            language.pick("Se guarda y luego vence; sus cargos fallan", "Is saved, then expires; its charges fail")
        }
    };
    html! {
        label.choice {
            input type="radio" name="card" value=(card.into_str()) checked[card == Card::default()];
            " " span.what { (card.in_words()) }
            " " span.quiet { (later) }
        }
    }
}

fn declined(language: Language) -> Markup {
    alert(
        language.pick("Tu banco rechazó la tarjeta", "Your bank declined the card"),
        language.pick(
            "No se guardó ni se hizo ningún cargo. Prueba con otra tarjeta.",
            "It was not saved and nothing was charged. Try another card.",
        ),
    )
}

fn active(visit: &Visit<'_>, saved: &Saved) -> Response {
    let Visit { method, settings, language, .. } = *visit;
    let title = language.pick("Tu tarjeta está guardada", "Your card is saved");
    let amount = method.verification_amount.for_people();
    let verified = language.pick(
        format!("La verificación de {amount} se cobró y se anuló: no te cuesta nada."),
        format!("The verification of {amount} was charged and voided: it costs you nothing."),
    );
    let done = match method.display {
        Display::Link => language.pick("Ya puedes cerrar esta página.", "You may close this page."),
        Display::Embedded { .. } => language.pick("Ya puedes seguir en la tienda.", "You may go on in the shop."),
    };
    let content = html! {
        p.what { (saved.card.in_words()) }
        p { (verified) }
        @if let Some(address) = method.return_address(settings) {
            p.go {
                a.primary href=(address) target=[leaves_frame(visit).then_some("_top")] {
                    (language.pick("Volver a", "Back to")) " " (settings.organization_name)
                }
            }
        } @else {
            p.quiet { (done) }
        }
    };
    page(visit, title, notice(Tone::Good, Icon::Tick, title, &content), Live::Still)
}

/// Returns the page of an expired or revoked method, which shows nothing of the card.
fn over(visit: &Visit<'_>, icon: Icon, title: &str, why: &str) -> Response {
    page(visit, title, notice(Tone::Quiet, icon, title, &html! { p { (why) } }), Live::Still)
}

fn page(visit: &Visit<'_>, title: &str, main: Markup, live: Live<'_>) -> Response {
    let path = format!("/checkout/card/{}", visit.method.id);
    let style = visit.method.display.button_color().map(|_| format!("{path}/button.css"));
    Page {
        status: StatusCode::OK,
        language: visit.language,
        title,
        brand: &visit.settings.organization_name,
        path: &path,
        main,
        live,
        kept: "",
        frame: match visit.method.display {
            Display::Link => Frame::Alone,
            Display::Embedded { .. } => Frame::Embedded { style: style.as_deref() },
        },
    }
    .into_response()
}

/// Returns whether the merchant's URL is opened outside the frame.
fn leaves_frame(visit: &Visit<'_>) -> bool {
    match (&visit.method.display, visit.settings.embedded_return) {
        (Display::Embedded { .. }, EmbeddedReturn::Top) => visit.method.redirect_url.is_some(),
        (Display::Embedded { .. }, EmbeddedReturn::Frame) | (Display::Link, _) => false,
    }
}

/// One of each kind.
const OFFERED: [Card; 3] = [Card::Good, Card::Declines, Card::Expired];
