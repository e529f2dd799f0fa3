//! The till's part of the index: terminals, and the intents that were sent to them.

use jiff::Timestamp;

use super::{SHOWN, more};
use crate::moment::date_and_time;
use crate::page::{Escaped, Language};
use crate::payment_intent::{Closed, Intent, Standing};
use crate::terminal::address_of_terminal;
use crate::world::World;

pub(super) fn terminals(world: &World, now: Timestamp, language: Language) -> String {
    let rows: String = world.settings.terminals.iter().map(|code| terminal(world, code, now, language)).collect();
    format!(
        "<section aria-labelledby=\"terminals\">\n<h2 id=\"terminals\">{}</h2>\n<ul class=\"payments tiles\">\n{rows}</ul>\n\
         </section>\n",
        language.pick("Terminales", "Terminals"),
    )
}

fn terminal(world: &World, code: &str, now: Timestamp, language: Language) -> String {
    let (tone, waits) = match world.payment_intents.open_at(code, now).first() {
        Some(intent) => ("open", intent.price()),
        None => ("over", language.pick("Lista para cobrar", "Ready to charge").to_owned()),
    };
    format!(
        "<li><a href=\"{}{}\"><span class=\"what\">{}</span>\n<span class=\"badge {tone}\">{waits}</span></a></li>\n",
        Escaped(&address_of_terminal(code)),
        language.query(),
        Escaped(code),
    )
}

pub(super) fn intents(world: &World, now: Timestamp, language: Language) -> String {
    let intents = world.payment_intents.oldest_first();
    let list = if intents.is_empty() {
        format!(
            "<p class=\"empty\">{}</p>\n",
            language.pick(
                "Todavía no hay cobros. Cobra algo en la caja o llama a POST /api/payment-intent.",
                "No charges yet. Charge something at the till or call POST /api/payment-intent.",
            ),
        )
    } else {
        let rows: String = intents.iter().rev().take(SHOWN).map(|intent| row(intent, now, language)).collect();
        format!("<ul class=\"payments\">\n{rows}</ul>\n{}", more(intents.len(), language))
    };
    format!(
        "<section aria-labelledby=\"intents\">\n<h2 id=\"intents\">{} <span class=\"count\">{}</span></h2>\n{list}</section>\n",
        language.pick("Cobros en terminal", "Charges at a terminal"),
        intents.len(),
    )
}

fn row(intent: &Intent, now: Timestamp, language: Language) -> String {
    let (tone, status) = match intent.standing(now) {
        Standing::Open => ("open", language.pick("Espera tarjeta", "Waits for a card")),
        Standing::Closed(Closed::Confirmed) => ("good", language.pick("Aprobado", "Approved")),
        Standing::Closed(Closed::Cancelled) => ("over", language.pick("Retirado", "Withdrawn")),
        Standing::Closed(Closed::Expired) => ("over", language.pick("Vencido", "Expired")),
    };
    format!(
        "<li><a href=\"/terminal/open/{id}{query}\"><span class=\"what\">{terminal}</span>\n\
         <span class=\"sum\">{amount}</span>\n\
         <span class=\"quiet\"><span>{external_id}</span> <span>{created}</span></span>\n\
         <span class=\"badge {tone}\">{status}</span></a></li>\n",
        id = intent.id,
        query = language.query(),
        terminal = Escaped(intent.terminal_code().unwrap_or(language.pick("Cualquier terminal", "Any terminal"))),
        amount = intent.price(),
        external_id = Escaped(&intent.external_id),
        created = date_and_time(intent.created_at, language),
    )
}
