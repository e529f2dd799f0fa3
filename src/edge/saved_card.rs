//! Saved cards as our own API takes and shows them.

use serde::{Deserialize, Serialize};

use crate::{
    api::payment_method::create::Display,
    body::{self, Fields, code, integer, string, text},
    json::Json,
    problem::{Problem, ProblemCode, Problems, Refusal},
    value::{
        ButtonColor, ButtonText, Card, CardPaymentId, ChargeAmount, Currency, Description, Email, ExternalId, FormTtl,
        HttpsUrl, Metadata, Origin, Payer, PersonName, PhoneNumber, UnixMillis, clean_code,
    },
};

use super::metadata::read_metadata;
use super::page_url::read_own_url;

/// A card to be saved by its holder.
///
/// The body of `POST /api/operator/payment-methods`.
///
/// ```
/// use compago::{edge::saved_card::SaveCardRequest, json, value::Origin};
///
/// let body = json::parse(r#"{
///     "billingInformation":
///         { "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "55 1234 0000" },
///     "externalId": "cli-7"
/// }"#)?;
/// let shop: Origin = "https://shop.example".parse()?;
/// assert!(SaveCardRequest::from_json(&body, &shop).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, bon::Builder)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SaveCardRequest {
    /// The card's holder.
    #[serde(rename = "billingInformation")]
    pub payer: Payer,
    /// The merchant's own id of the card, such as the customer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The amount that is charged and voided to verify the card, from 1.00 pesos, which is the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_amount: Option<ChargeAmount>,
    /// How the form is shown.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(with = "crate::openapi::requests::DisplayFields"))]
    pub display: Display,
    /// How many minutes the form can be used.
    #[cfg_attr(test, schemars(extend("default" = FormTtl::DEFAULT)))]
    #[serde(rename = "ttlMinutes", skip_serializing_if = "Option::is_none")]
    pub ttl: Option<FormTtl>,
    /// Where the card page's button leads afterwards, on the shop's own origin; the shop if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_url: Option<HttpsUrl>,
}

impl SaveCardRequest {
    /// Reads a request body for the shop with that origin.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json, shop: &Origin) -> Result<Self, Problems> {
        body::read(body, |value, pointer, problems| {
            let mut fields = Fields::new(value, pointer, problems)?;
            let payer = fields.nested("billingInformation", read_payer);
            let external_id = fields.optional("externalId", code::<ExternalId>);
            let verification_amount = fields.optional("verificationAmount", body::amount::<ChargeAmount>);
            let display = read_display(&mut fields);
            let ttl = fields.optional("ttlMinutes", integer::<FormTtl>);
            let return_url = fields.optional("returnUrl", |value| read_own_url(value, shop));
            fields.finish();
            Some(Self { payer: payer?, external_id, verification_amount, display, ttl, return_url })
        })
    }
}

/// Reads `displayMode`, `buttonText` and `buttonColor`.
pub(crate) fn read_display(fields: &mut Fields<'_, '_>) -> Display {
    let mode = fields.optional("displayMode", read_mode).unwrap_or(Mode::Link);
    let button_text = fields.optional("buttonText", |value| mode.button(text::<ButtonText>(value)));
    let button_color = fields.optional("buttonColor", |value| mode.button(code::<ButtonColor>(value)));
    match mode {
        Mode::Link => Display::Link,
        Mode::Embedded => Display::Embedded { button_text, button_color },
    }
}

#[derive(Clone, Copy)]
enum Mode {
    Link,
    Embedded,
}

impl Mode {
    /// Compago shows a button of ours on an embedded form alone.
    fn button<T>(self, value: Result<T, Refusal>) -> Result<T, Refusal> {
        match self {
            Self::Link => Err(ProblemCode::EmbeddedOnly.into()),
            Self::Embedded => value,
        }
    }
}

fn read_mode(value: &Json) -> Result<Mode, Refusal> {
    match clean_code(string(value)?).as_str() {
        "LINK" => Ok(Mode::Link),
        "EMBEDDED" => Ok(Mode::Embedded),
        _ => Err(ProblemCode::DisplayMode.into()),
    }
}

/// Reads `billingInformation` of a card: without an address.
pub(crate) fn read_payer(value: &Json, pointer: &str, problems: &mut Vec<Problem>) -> Option<Payer> {
    let mut fields = Fields::new(value, pointer, problems)?;
    let email = fields.required("email", text::<Email>);
    let first_name = fields.required("firstName", text::<PersonName>);
    let last_name = fields.required("lastName", text::<PersonName>);
    let phone_number = fields.required("phoneNumber", text::<PhoneNumber>);
    fields.finish();
    Some(Payer { email: email?, first_name: first_name?, last_name: last_name?, phone_number: phone_number? })
}

/// A charge of a saved card.
///
/// The body of `POST .../{id}/payments`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "ChargeCardRequest", transform = crate::openapi::requests::add_currency))]
pub struct ChargeRequest {
    /// The amount to be charged, from 1.00 to 99999999.99 pesos.
    pub amount: ChargeAmount,
    /// What the charge is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
    /// The merchant's own data about the charge.
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub metadata: Metadata,
}

impl ChargeRequest {
    /// Reads a request body.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json) -> Result<Self, Problems> {
        body::read(body, |value, pointer, problems| {
            let mut fields = Fields::new(value, pointer, problems)?;
            let amount = fields.required("amount", body::amount::<ChargeAmount>);
            // Pesos alone are taken: named, it must be right.
            fields.optional("currency", code::<Currency>);
            let description = fields.optional("description", text::<Description>);
            let metadata = fields.optional_nested("metadata", read_metadata).unwrap_or_default();
            fields.finish();
            Some(Self { amount: amount?, description, metadata })
        })
    }
}

/// A refund of the whole of a charge.
///
/// The body of `POST .../{id}/payments/{paymentId}/refund`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RefundRequest {
    /// Why it is refunded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Description>,
    /// The merchant's own data about the refund.
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub metadata: Metadata,
}

impl RefundRequest {
    /// Reads a request body.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json) -> Result<Self, Problems> {
        body::read(body, |value, pointer, problems| {
            let mut fields = Fields::new(value, pointer, problems)?;
            let reason = fields.optional("reason", text::<Description>);
            let metadata = fields.optional_nested("metadata", read_metadata).unwrap_or_default();
            fields.finish();
            Some(Self { reason, metadata })
        })
    }
}

/// The status of a charge of a saved card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "CardChargeStatus"))]
#[serde(rename_all = "kebab-case")]
pub enum ChargeStatus {
    /// It is under way.
    Pending,
    /// The card was charged.
    Confirmed,
    /// The card was not charged.
    Declined,
    /// The card was charged, and the charge refunded.
    Refunded,
    /// Whether the card was charged is being verified. Charge nothing again.
    Unknown,
    /// Whether the card was charged has to be found out by a person.
    OnHold,
}

/// The status of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefundStatus {
    /// It is under way.
    Pending,
    /// The charge was refunded.
    Refunded,
    /// There is nothing to refund, or Compago refused.
    Refused,
    /// It is unknown whether the charge was refunded; a person has to check.
    OnHold,
}

/// A charge of a saved card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "CardCharge"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ChargeView {
    /// The charge's reference, the same for the same `Idempotency-Key`.
    #[cfg_attr(test, schemars(with = "crate::value::Reference"))]
    pub reference: String,
    /// Compago's id of the payment; null while it is not known which one it is.
    pub payment: Option<CardPaymentId>,
    /// Its status.
    pub status: ChargeStatus,
    /// The amount.
    pub amount: ChargeAmount,
    /// The currency of the amount.
    pub currency: Currency,
    /// What the charge is for.
    pub description: Option<Description>,
    /// When it was requested.
    pub created_at: UnixMillis,
    /// The merchant's own data about the charge.
    pub metadata: Metadata,
    /// Why a person has to look at it.
    #[cfg_attr(test, schemars(with = "crate::flow::charge::stage::ReviewReason"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a payer's page and the merchant's backend see of a saved card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SavedCardView {
    /// `pending`, `active`, `expired`, `revoked`, or what Compago said that nobody has documented, as `unknown`.
    pub status: SavedCardStatus,
    /// The card, once it is saved and as far as Compago named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// After how many milliseconds to ask again; `null` once nothing changes by itself.
    pub poll_after_ms: Option<u32>,
    /// Grows whenever something of this answer changes.
    pub version: u32,
}

/// The status of a saved card. That the card itself has expired does not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SavedCardStatus {
    /// The payer has not filled in the form yet.
    Pending,
    /// It can be charged.
    Active,
    /// The form expired before a card was saved.
    Expired,
    /// It was revoked.
    Revoked,
    /// Compago returned a state that is not documented.
    Unknown,
}
