//! Texts for the results of charges.

use super::screen::{Device, Over};
use crate::notice::{Icon, Tone};
use crate::page::Language;
use crate::payment_intent::card::Card;
use crate::payment_intent::{CancelReason, Closed};

/// The text about an intent that is over.
pub(super) struct Ending {
    pub(super) tone: Tone,
    pub(super) icon: Icon,
    pub(super) headline: String,
    pub(super) text: String,
    /// The same as one sentence above the next charge, with `{amount}` for the amount.
    pub(super) sentence: String,
}

impl Ending {
    pub(super) fn of(over: Over<'_>, device: &Device, language: Language) -> Self {
        let elsewhere = over.intent.payment.as_ref().and_then(|payment| payment.at.clone());
        match (over.closed, elsewhere.filter(|at| device.code().is_some_and(|code| code != *at))) {
            (Closed::Confirmed, Some(at)) => Self {
                tone: Tone::Quiet,
                icon: Icon::Tick,
                headline: language.pick("Se cobró en otra terminal", "Charged at another terminal").to_owned(),
                text: language.pick(format!("La tarjeta se leyó en {at}."), format!("The card was read at {at}.")),
                sentence: language.pick(
                    format!("El cobro anterior de {{amount}} se hizo en {at}."),
                    format!("The previous charge of {{amount}} was made at {at}."),
                ),
            },
            (Closed::Confirmed, None) => Self::new(
                (Tone::Good, Icon::Tick),
                language.pick("Aprobado", "Approved"),
                match device {
                    Device::Terminal(_) => language.pick("Ya puedes retirar la tarjeta.", "You may take the card."),
                    Device::App(_) => language.pick("Ya puedes volver a la caja.", "You may go back to the till."),
                },
                language.pick(
                    "El cobro anterior de {amount} quedó aprobado.",
                    "The previous charge of {amount} was approved.",
                ),
            ),
            (Closed::Cancelled, _) => Self::new(
                (Tone::Quiet, Icon::Cross),
                language.pick("El cobro fue retirado", "The charge was withdrawn"),
                match over.intent.withdrawal {
                    Some(CancelReason::Replaced) => language.pick(
                        "Llegó otro cobro para esta terminal. De este no se cobró nada.",
                        "Another charge came for this terminal. Nothing was charged for this one.",
                    ),
                    Some(CancelReason::Cancelled) | None => language
                        .pick("La caja lo canceló. No se cobró nada.", "The till cancelled it. Nothing was charged."),
                },
                language.pick(
                    "El cobro anterior de {amount} fue retirado: no se cobró nada.",
                    "The previous charge of {amount} was withdrawn: nothing was charged.",
                ),
            ),
            (Closed::Expired, _) => Self::new(
                (Tone::Quiet, Icon::Clock),
                language.pick("El cobro venció", "The charge expired"),
                language.pick(
                    "Pasaron 10 minutos sin una tarjeta. No se cobró nada.",
                    "Ten minutes passed without a card. Nothing was charged.",
                ),
                language.pick(
                    "El cobro anterior de {amount} venció: no se cobró nada.",
                    "The previous charge of {amount} expired: nothing was charged.",
                ),
            ),
        }
    }

    fn new((tone, icon): (Tone, Icon), headline: &str, text: &str, sentence: &str) -> Self {
        Self { tone, icon, headline: headline.to_owned(), text: text.to_owned(), sentence: sentence.to_owned() }
    }
}

/// Network and kind.
pub(super) fn card(card: Card, language: Language) -> &'static str {
    match card {
        Card::VisaDebit => language.pick("VISA débito", "VISA debit"),
        Card::MastercardCredit => language.pick("MASTERCARD crédito", "MASTERCARD credit"),
        Card::Amex => language.pick("AMEX crédito", "AMEX credit"),
    }
}
