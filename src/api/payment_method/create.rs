//! `POST /payment-method`: starts saving a card, on a form hosted by Compago.
//!
//! <https://docs.compago.com/payment-method/save-card>, read November 2026. Nothing is charged except a verification
//! that is voided, once the payer has submitted the form. Whether an external id must be unique is not documented.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::redacted::debug_only;
use crate::value::{ButtonColor, ButtonText, ChargeAmount, ExternalId, FormTtl, HttpsUrl, Payer, PaymentMethodId};

/// The card to save. For fields that are `None`, Compago's defaults apply.
///
/// ```
/// use compago::api::payment_method::create::{CreatePaymentMethod, Display};
/// use compago::value::Payer;
///
/// let payer = Payer::builder()
///     .email("ana@example.com".parse()?)
///     .first_name("Ana".parse()?)
///     .last_name("Ruiz".parse()?)
///     .phone_number("55 1234 0000".parse()?)
///     .build();
/// let card = CreatePaymentMethod::builder().payer(payer).external_id("cliente-7".parse()?).build();
/// assert_eq!(card.display, Display::Link);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, bon::Builder)]
#[serde(rename_all = "camelCase")]
pub struct CreatePaymentMethod {
    /// The card holder.
    #[serde(rename = "billingInformation")]
    pub payer: Payer,
    /// The merchant's own id, such as the customer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The amount that is charged and voided to verify the card; Compago's default is 1.00 MXN.
    #[serde(serialize_with = "pesos::write_some", skip_serializing_if = "Option::is_none")]
    pub verification_amount: Option<ChargeAmount>,
    /// How the form is shown.
    #[serde(flatten)]
    #[builder(default = Display::Link)]
    pub display: Display,
    /// The return URL of the payer's browser. Compago appends `id` and `externalId` to its query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<HttpsUrl>,
    /// The lifetime of the form.
    #[serde(rename = "ttlMinutes", skip_serializing_if = "Option::is_none")]
    pub ttl: Option<FormTtl>,
}

/// How the form is shown. Only an embedded form has a configurable button.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "displayMode", rename_all = "UPPERCASE", rename_all_fields = "camelCase")]
pub enum Display {
    /// A separate page.
    Link,
    /// In an `iframe` of the merchant's page. The messages that the form sends to that page are not documented, so read
    /// the card's state instead.
    Embedded {
        /// The text of the form's button.
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

    fn read(&self, body: &[u8]) -> Result<CreatedMethod, DecodeError> {
        read_json(body)
    }
}

/// The answer: a payment method that waits for its form. `Debug` does not show the form's URL.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreatedMethod {
    /// Its id.
    pub id: PaymentMethodId,
    /// The URL of the form, as received and not validated. Its path is not documented.
    pub checkout_url: String,
}

debug_only!(CreatedMethod { id });
