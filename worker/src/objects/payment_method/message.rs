//! The commands to a saved card's Durable Object.

use compago::edge::Capability;
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::record::Record;
use compago::flow::refund::terms::RefundTerms;
use compago::flow::saved_card::terms::CardTerms;
use compago::value::{CardPaymentId, HttpsUrl, PaymentMethodId, Reference};

use serde::{Deserialize, Serialize};

/// A command to a saved card, or, for [`Command::Save`], to a request to save one.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Command {
    /// Begin to save a card, unless that was done.
    Save {
        /// The name of the request.
        key: Reference,
        /// The capability of the payer's page.
        card: Capability,
        /// Its body, which is stored nowhere: it says who pays.
        body: String,
    },
    /// Follow the card that was begun.
    Begin(Box<Begun>),
    /// Return the view of the payer's page.
    Show,
    /// Return the operator's view, of a card that was just read.
    Watch {
        /// Compago's id, as in all that follow.
        method: PaymentMethodId,
    },
    /// Revoke the card.
    Revoke {
        /// Which.
        method: PaymentMethodId,
    },
    /// Charge the card, unless the charge exists.
    Charge(ChargeTerms),
    /// Refund a charge, unless that was begun.
    Refund(RefundTerms),
    /// List the card's charges.
    Payments {
        /// Of which card.
        method: PaymentMethodId,
        /// As it was sent.
        query: String,
    },
    /// Read one of the card's charges.
    Payment {
        /// Of which card.
        method: PaymentMethodId,
        /// Which.
        payment: CardPaymentId,
    },
}

/// A card whose form was made.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Begun {
    /// What is followed.
    pub(crate) terms: CardTerms,
    /// What the payer's page shows.
    pub(crate) form: Form,
}

/// Compago's form, as the payer's page shows it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Form {
    /// `LINK` or `EMBEDDED`.
    pub(crate) display_mode: String,
    /// Where it is, on an origin that is allowed.
    pub(crate) checkout_url: HttpsUrl,
    /// Where the payer goes on afterwards.
    pub(crate) return_url: Option<HttpsUrl>,
}

impl Record for Form {
    const VERSION: u32 = 1;
}

/// Returns the key in the index of keys of the card that a payer's capability shows.
pub(crate) fn card_key(card: &Reference) -> String {
    format!("card/{}", card.compact())
}
