//! The saved cards' part of the index: methods and their charges.

use jiff::Timestamp;
use maud::{Markup, html};

use super::section;
use crate::moment::date_and_time;
use crate::page::Language;
use crate::payment_method::charge::{self, Charge};
use crate::payment_method::{Method, Status};
use crate::world::World;

pub(super) fn methods(world: &World, now: Timestamp, language: Language) -> Markup {
    let title = language.pick("Tarjetas guardadas", "Saved cards");
    let none = language.pick(
        "Todavía no hay tarjetas. Guarda una con un enlace de POST /api/payment-method.",
        "No cards yet. Save one with a link from POST /api/payment-method.",
    );
    section("cards", title, world.payment_methods.oldest_first(), none, language, |method| row(method, now, language))
}

/// Returns the charges; empty before the first one, since a person cannot make one here.
pub(super) fn charges(world: &World, now: Timestamp, language: Language) -> Markup {
    let methods = world.payment_methods.oldest_first();
    let mut charges: Vec<(&Method, &Charge)> =
        methods.iter().flat_map(|method| method.charges.iter().map(move |charge| (method, charge))).collect();
    charges.sort_by_key(|(_, charge)| charge.created_at);
    let title = language.pick("Cargos a tarjetas guardadas", "Charges to saved cards");
    html! {
        @if !charges.is_empty() {
            (section("charges", title, &charges, "", language, |(method, charge)| {
                charge_row(method, charge, now, language)
            }))
        }
    }
}

fn row(method: &Method, now: Timestamp, language: Language) -> Markup {
    let (tone, status) = match method.status(now) {
        Status::Pending => ("open", language.pick("Por guardar", "To be saved")),
        Status::Active => ("good", language.pick("Activa", "Active")),
        Status::Expired => ("over", language.pick("Enlace vencido", "Link expired")),
        Status::Revoked => ("over", language.pick("Dada de baja", "Revoked")),
    };
    html! {
        li {
            a href={ "/checkout/card/" (method.id) (language.query()) } {
                span.what { (card(method, language)) }
                " " span.badge.(tone) { (status) }
                " " span.quiet {
                    @if let Some(external_id) = &method.external_id { span { (external_id) } " " }
                    span { (date_and_time(method.created_at, language)) }
                }
            }
        }
    }
}

fn charge_row(method: &Method, charge: &Charge, now: Timestamp, language: Language) -> Markup {
    let (tone, status) = match charge.status(now) {
        charge::Status::NotInitialized => ("open", language.pick("Sin iniciar", "Not initialized")),
        charge::Status::Pending => ("open", language.pick("En proceso", "Pending")),
        charge::Status::Confirmed => ("good", language.pick("Cobrado", "Charged")),
        charge::Status::Cancelled => ("over", language.pick("Rechazado", "Declined")),
        charge::Status::Refunded => ("over", language.pick("Reembolsado", "Refunded")),
    };
    let description = charge.description.as_deref().unwrap_or(language.pick("Sin descripción", "No description"));
    html! {
        li {
            a href={ "/checkout/card/" (method.id) (language.query()) } {
                span.what { (description) }
                " " span.sum { (charge.price()) }
                " " span.quiet {
                    span { (card(method, language)) }
                    " " span { (date_and_time(charge.created_at, language)) }
                }
                " " span.badge.(tone) { (status) }
            }
        }
    }
}

fn card(method: &Method, language: Language) -> String {
    match &method.saved {
        Some(saved) => saved.card.in_words(),
        None => language.pick("Sin tarjeta", "No card").to_owned(),
    }
}
