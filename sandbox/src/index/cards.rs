//! The saved cards' part of the index: methods, and what was charged to them.

use jiff::Timestamp;

use super::{SHOWN, more};
use crate::moment::date_and_time;
use crate::page::{Escaped, Language};
use crate::payment_method::charge::{self, Charge};
use crate::payment_method::{Method, Status};
use crate::world::World;

pub(super) fn methods(world: &World, now: Timestamp, language: Language) -> String {
    let methods = world.payment_methods.oldest_first();
    let list = if methods.is_empty() {
        format!(
            "<p class=\"empty\">{}</p>\n",
            language.pick(
                "Todavía no hay tarjetas. Guarda una con un enlace de POST /api/payment-method.",
                "No cards yet. Save one with a link from POST /api/payment-method.",
            ),
        )
    } else {
        let rows: String = methods.iter().rev().take(SHOWN).map(|method| row(method, now, language)).collect();
        format!("<ul class=\"payments\">\n{rows}</ul>\n{}", more(methods.len(), language))
    };
    format!(
        "<section aria-labelledby=\"cards\">\n<h2 id=\"cards\">{} <span class=\"count\">{}</span></h2>\n{list}</section>\n",
        language.pick("Tarjetas guardadas", "Saved cards"),
        methods.len(),
    )
}

/// Empty before the first charge: there is nothing that a person could do to make one.
pub(super) fn charges(world: &World, now: Timestamp, language: Language) -> String {
    let methods = world.payment_methods.oldest_first();
    let mut charges: Vec<(&Method, &Charge)> =
        methods.iter().flat_map(|method| method.charges.iter().map(move |charge| (method, charge))).collect();
    if charges.is_empty() {
        return String::new();
    }
    charges.sort_by_key(|(_, charge)| charge.created_at);
    let latest = charges.iter().rev().take(SHOWN);
    let rows: String = latest.map(|(method, charge)| charge_row(method, charge, now, language)).collect();
    format!(
        "<section aria-labelledby=\"charges\">\n<h2 id=\"charges\">{} <span class=\"count\">{}</span></h2>\n\
         <ul class=\"payments\">\n{rows}</ul>\n{}</section>\n",
        language.pick("Cargos a tarjetas guardadas", "Charges to saved cards"),
        charges.len(),
        more(charges.len(), language),
    )
}

fn row(method: &Method, now: Timestamp, language: Language) -> String {
    let (tone, status) = match method.status(now) {
        Status::Pending => ("open", language.pick("Por guardar", "To be saved")),
        Status::Active => ("good", language.pick("Activa", "Active")),
        Status::Expired => ("over", language.pick("Enlace vencido", "Link expired")),
        Status::Revoked => ("over", language.pick("Dada de baja", "Revoked")),
    };
    let external_id = method.external_id.as_deref();
    let external_id = external_id.map(|external_id| format!("<span>{}</span> ", Escaped(external_id)));
    format!(
        "<li><a href=\"/checkout/card/{id}{query}\"><span class=\"what\">{card}</span>\n\
         <span class=\"badge {tone}\">{status}</span>\n\
         <span class=\"quiet\">{external_id}<span>{created}</span></span></a></li>\n",
        id = method.id,
        query = language.query(),
        card = card(method, language),
        external_id = external_id.unwrap_or_default(),
        created = date_and_time(method.created_at, language),
    )
}

fn charge_row(method: &Method, charge: &Charge, now: Timestamp, language: Language) -> String {
    let (tone, status) = match charge.status(now) {
        charge::Status::NotInitialized => ("open", language.pick("Sin iniciar", "Not initialized")),
        charge::Status::Pending => ("open", language.pick("En proceso", "Pending")),
        charge::Status::Confirmed => ("good", language.pick("Cobrado", "Charged")),
        charge::Status::Cancelled => ("over", language.pick("Rechazado", "Declined")),
        charge::Status::Refunded => ("over", language.pick("Reembolsado", "Refunded")),
    };
    let description = charge.description.as_deref().unwrap_or(language.pick("Sin descripción", "No description"));
    format!(
        "<li><a href=\"/checkout/card/{id}{query}\"><span class=\"what\">{description}</span>\n\
         <span class=\"sum\">{amount}</span>\n\
         <span class=\"quiet\"><span>{card}</span> <span>{created}</span></span>\n\
         <span class=\"badge {tone}\">{status}</span></a></li>\n",
        id = method.id,
        query = language.query(),
        description = Escaped(description),
        amount = charge.price(),
        card = card(method, language),
        created = date_and_time(charge.created_at, language),
    )
}

fn card(method: &Method, language: Language) -> String {
    match &method.saved {
        Some(saved) => saved.card.in_words(),
        None => language.pick("Sin tarjeta", "No card").to_owned(),
    }
}
