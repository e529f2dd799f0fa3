//! The terminals' pages as HTML: the device with its screen, and the actions of the customer.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use strum::VariantArray;

use super::screen::{Device, Over, Screen, Seen, Shown};
use super::words::{self, Ending};
use crate::moment::{date_and_time, timer};
use crate::notice::{Icon, Tone, notice};
use crate::page::{Frame, Language, Live, Page};
use crate::payment_intent::Intent;
use crate::payment_intent::card::Card;

pub(super) fn show(screen: &Screen<'_>) -> Response {
    let language = screen.context.language;
    let (title, lit, content, hand) = match &screen.shown {
        Shown::Waiting => {
            (language.pick("Lista para cobrar", "Ready to charge").to_owned(), 1, waiting(screen), hint(language))
        }
        Shown::Charge(intent) => (
            format!("{} {}", language.pick("Cobrar", "Charge"), intent.price()),
            2,
            charge(screen, intent),
            hand(screen, intent),
        ),
        Shown::Over(over) => {
            let ending = Ending::of(*over, screen.device, language);
            let lit = match ending.tone {
                Tone::Good => 4,
                Tone::Quiet => 0,
            };
            (ending.headline.clone(), lit, over_screen(screen, *over, &ending), onward(screen))
        }
    };
    let next = screen.next();
    let main = html! {
        div.terminal data-screen=(screen.name()) data-look=(screen.part("/screen")) data-next=(next) {
            section.device aria-labelledby="headline" {
                p.lights aria-hidden="true" { @for light in 0..4 { i class=[(light < lit).then_some("lit")] {} } }
                div.screen { (content) }
                p.plate { (plate(screen.device, language)) }
            }
            section.panel.hand aria-labelledby="hand" {
                (hand)
                (others(screen))
            }
        }
    };
    Page {
        status: StatusCode::OK,
        language,
        title: &format!("{title} - {}", plate(screen.device, language)),
        brand: &screen.context.world.settings.organization_name,
        path: &screen.device.path(),
        kept: &screen.kept(),
        main,
        live: Live::Terminal { next: &next },
        frame: Frame::Alone,
    }
    .into_response()
}

/// The page for an unknown terminal code or intent id.
pub(super) fn unknown(device: &Device, language: Language) -> Response {
    let (title, text) = match device {
        Device::Terminal(_) => (
            language.pick("No hay una terminal con este código", "There is no terminal with this code"),
            language.pick(
                "Los códigos que existen están en la página de inicio.",
                "The codes that exist are on the start page.",
            ),
        ),
        Device::App(_) => (
            language.pick("No encontramos este cobro", "We could not find this charge"),
            language.pick(
                "Vuelve a la caja y ábrelo de nuevo desde ahí.",
                "Go back to the till and open it from there again.",
            ),
        ),
    };
    let home = language.pick("Ir al inicio del simulador", "Go to the sandbox's start page");
    let content = html! {
        p { (text) }
        p.go { a.primary href={ "/" (language.query()) } { (home) } }
    };
    Page {
        status: StatusCode::NOT_FOUND,
        language,
        title,
        brand: "Terminal",
        path: "",
        kept: "",
        main: notice(Tone::Quiet, Icon::Question, title, &content),
        live: Live::Still,
        frame: Frame::Alone,
    }
    .into_response()
}

fn waiting(screen: &Screen<'_>) -> Markup {
    let language = screen.context.language;
    html! {
        span.icon { (Icon::Waves) }
        h1 id="headline" { (language.pick("Lista para cobrar", "Ready to charge")) }
        p.quiet { (language.pick("Los cobros llegan solos.", "Charges come in by themselves.")) }
    }
}

fn charge(screen: &Screen<'_>, intent: &Intent) -> Markup {
    let language = screen.context.language;
    let left = intent.expires_at.duration_since(screen.context.now);
    let before = screen.before.map(|over| {
        let sentence = Ending::of(over, screen.device, language).sentence;
        sentence.replace("{amount}", &over.intent.price())
    });
    html! {
        @if let Some(before) = before { p.before { (before) } }
        @if intent.terminal.is_none() { p.badge.open { (language.pick("Cualquier terminal", "Any terminal")) } }
        h1.amount id="headline" { (intent.price()) }
        @if intent.declines > 0 {
            div.alert role="alert" {
                p { strong { (language.pick("Tarjeta rechazada", "Card declined")) } }
                p {
                    (language.pick(
                        "No se cobró nada. Prueba con otra tarjeta.",
                        "Nothing was charged. Try another card.",
                    ))
                }
            }
        }
        span.icon { (Icon::Waves) }
        p.ask { (language.pick("Acerca, inserta o desliza la tarjeta", "Tap, insert or swipe the card")) }
        p.quiet { (language.pick("Tiempo restante", "Time left")) " " (timer(left, Some(&screen.next()))) }
    }
}

fn over_screen(screen: &Screen<'_>, over: Over<'_>, ending: &Ending) -> Markup {
    let language = screen.context.language;
    html! {
        span.icon.(ending.tone.class()) { (ending.icon) }
        h1 id="headline" { (ending.headline) }
        p.amount { (over.intent.price()) }
        p { (ending.text) }
        @if let Some(payment) = &over.intent.payment {
            dl.facts {
                div {
                    dt { (language.pick("Tarjeta", "Card")) }
                    dd { (words::card(payment.card, language)) " ···· " (payment.card.last_four_digits()) }
                }
                div { dt { (language.pick("Operación", "Operation")) } dd { (payment.operation_code()) } }
                div { dt { (language.pick("Hora", "Time")) } dd { (date_and_time(over.at(), language)) } }
            }
        }
    }
}

/// Returns the customer's cards.
fn hand(screen: &Screen<'_>, intent: &Intent) -> Markup {
    let language = screen.context.language;
    let (path, query) = (screen.device.path(), language.query());
    html! {
        h2 id="hand" { (language.pick("La tarjeta del cliente", "The customer's card")) }
        p.quiet {
            (language.pick("Elige con cuál paga. Son de prueba.", "Choose the one to pay with. They are test cards."))
        }
        form method="post" action={ (path) "/tap" (query) } {
            input type="hidden" name="intent" value=(intent.id);
            div.cards { @for card in Card::VARIANTS { (card_button(*card, language)) } }
            button.secondary formaction={ (path) "/decline" (query) } {
                (language.pick("Acercar una tarjeta rechazada", "Tap a card that is declined"))
            }
        }
    }
}

fn card_button(card: Card, language: Language) -> Markup {
    html! {
        button.bank-card.(card.into_str()) name="card" value=(card.into_str()) {
            span.what { (words::card(card, language)) }
            " " span { "···· " (card.last_four_digits()) }
            " " span { (card.issuing_bank()) }
        }
    }
}

fn hint(language: Language) -> Markup {
    html! {
        h2 id="hand" { (language.pick("La tarjeta del cliente", "The customer's card")) }
        p.quiet {
            (language.pick(
                "Cuando llegue un cobro, aquí eliges con qué tarjeta paga el cliente.",
                "Once a charge comes in, choose here which card the customer pays with.",
            ))
        }
    }
}

/// Returns the actions after a charge is over.
fn onward(screen: &Screen<'_>) -> Markup {
    let language = screen.context.language;
    html! {
        h2 id="hand" { (language.pick("Este cobro terminó", "This charge is over")) }
        @match screen.device {
            Device::App(_) => {
                p.quiet { (language.pick("Ya puedes cerrar esta página.", "You may close this page.")) }
            }
            Device::Terminal(_) => {
                p.go {
                    a.primary href=(screen.device.address(Seen::Nothing, language)) { (language.pick("Listo", "Done")) }
                }
            }
        }
    }
}

/// Returns links to the other waiting intents.
fn others(screen: &Screen<'_>) -> Markup {
    let language = screen.context.language;
    let whose = |intent: &Intent| match intent.terminal {
        None => language.pick("Cualquier terminal", "Any terminal"),
        Some(_) => language.pick("Esta terminal", "This terminal"),
    };
    html! {
        @if !screen.others.is_empty() {
            h3 { (language.pick("También esperan", "Also waiting")) }
            ul.payments {
                @for intent in &screen.others {
                    li {
                        a href=(screen.device.address(Seen::Picked(intent.id), language)) {
                            span.what { (intent.price()) }
                            " " span.badge.open { (whose(intent)) }
                            " " span.quiet { (intent.external_id) }
                        }
                    }
                }
            }
        }
    }
}

fn plate(device: &Device, language: Language) -> String {
    match device {
        Device::Terminal(code) => code.clone(),
        Device::App(_) => language.pick("App de cobro", "Payment app").to_owned(),
    }
}
