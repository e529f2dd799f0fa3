//! `POST /payment-method`: begins to save a card, on a form of Compago's.
//!
//! <https://docs.compago.com/payment-method/save-card>, read November 2026. Nothing is charged but a verification that is
//! voided, and that only once the payer has filled in the form. Whether an external id must be unique is not said.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::{ButtonColor, ButtonText, ChargeAmount, ExternalId, FormTtl, HttpsUrl, Payer, PaymentMethodId};

/// A card to be saved. What is `None` is left to Compago's default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatePaymentMethod {
    /// Whose card it is.
    #[serde(rename = "billingInformation")]
    pub payer: Payer,
    /// The merchant's own id, such as the customer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// What is charged and voided to verify the card; 1.00 MXN by default.
    #[serde(serialize_with = "pesos::write_some", skip_serializing_if = "Option::is_none")]
    pub verification_amount: Option<ChargeAmount>,
    /// How the form is shown.
    #[serde(flatten)]
    pub display: Display,
    /// Where the payer goes afterwards; Compago appends `id` and `externalId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<HttpsUrl>,
    /// How long the form can be used.
    #[serde(rename = "ttlMinutes", skip_serializing_if = "Option::is_none")]
    pub ttl: Option<FormTtl>,
}

/// How the form is shown. Only an embedded one has a button that can be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "displayMode", rename_all = "UPPERCASE", rename_all_fields = "camelCase")]
pub enum Display {
    /// A page of its own.
    Link,
    /// In an `iframe` of the merchant's page. What it tells that page is not documented: follow the method's state instead.
    Embedded {
        /// What stands on its button.
        #[serde(skip_serializing_if = "Option::is_none")]
        button_text: Option<ButtonText>,
        /// The button's colour.
        #[serde(skip_serializing_if = "Option::is_none")]
        button_color: Option<ButtonColor>,
    },
}

impl Endpoint for CreatePaymentMethod {
    type Host = Compago;
    type Answer = CreatedMethod;

    const NAME: &'static str = "payment-method.create";
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        "/payment-method".to_owned()
    }

    fn body(&self) -> Option<String> {
        Some(json::to_string(self))
    }

    fn read(&self, body: &[u8]) -> Result<CreatedMethod, Unreadable> {
        read_json(body)
    }
}

/// A method that was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatedMethod {
    /// Its id.
    pub id: PaymentMethodId,
    /// Where the form is, as Compago sent it: text that nobody has checked. Its path is not documented.
    pub checkout_url: String,
}
