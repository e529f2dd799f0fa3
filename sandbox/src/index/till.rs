//! The till's part of the index: terminals, and the intents that were sent to them.

use jiff::Timestamp;
use maud::{Markup, html};

use super::section;
use crate::moment::date_and_time;
use crate::page::Language;
use crate::payment_intent::{Closed, Intent, Standing};
use crate::terminal::address_of_terminal;
use crate::world::World;

pub(super) fn terminals(world: &World, now: Timestamp, language: Language) -> Markup {
    html! {
        section aria-labelledby="terminals" {
            h2 id="terminals" { (language.pick("Terminales", "Terminals")) }
            ul.payments.tiles {
                @for code in &world.settings.terminals { (terminal(world, code, now, language)) }
            }
        }
    }
}

fn terminal(world: &World, code: &str, now: Timestamp, language: Language) -> Markup {
    let (tone, waits) = match world.payment_intents.open_at(code, now).first() {
        Some(intent) => ("open", intent.price()),
        None => ("over", language.pick("Lista para cobrar", "Ready to charge").to_owned()),
    };
    html! {
        li {
            a href={ (address_of_terminal(code)) (language.query()) } {
                span.what { (code) }
                " " span.badge.(tone) { (waits) }
            }
        }
    }
}

pub(super) fn intents(world: &World, now: Timestamp, language: Language) -> Markup {
    let title = language.pick("Cobros en terminal", "Charges at a terminal");
    let none = language.pick(
        "Todavía no hay cobros. Cobra algo en la caja o llama a POST /api/payment-intent.",
        "No charges yet. Charge something at the till or call POST /api/payment-intent.",
    );
    section("intents", title, world.payment_intents.oldest_first(), none, language, |intent| row(intent, now, language))
}

fn row(intent: &Intent, now: Timestamp, language: Language) -> Markup {
    let (tone, status) = match intent.standing(now) {
        Standing::Open => ("open", language.pick("Espera tarjeta", "Waits for a card")),
        Standing::Closed(Closed::Confirmed) => ("good", language.pick("Aprobado", "Approved")),
        Standing::Closed(Closed::Cancelled) => ("over", language.pick("Retirado", "Withdrawn")),
        Standing::Closed(Closed::Expired) => ("over", language.pick("Vencido", "Expired")),
    };
    let terminal = intent.terminal_code().unwrap_or(language.pick("Cualquier terminal", "Any terminal"));
    html! {
        li {
            a href={ "/terminal/open/" (intent.id) (language.query()) } {
                span.what { (terminal) }
                " " span.sum { (intent.price()) }
                " " span.quiet {
                    span { (intent.external_id) }
                    " " span { (date_and_time(intent.created_at, language)) }
                }
                " " span.badge.(tone) { (status) }
            }
        }
    }
}
