//! Saved cards as our own API takes and shows them.

use serde::{Deserialize, Serialize};

use crate::{
    api::payment_method::create::Display,
    body::{self, Fields, code, integer, string, text},
    json::Json,
    problem::{Problem, ProblemCode, Refusal},
    value::{
        ButtonColor, ButtonText, Card, CardPaymentId, ChargeAmount, Currency, Description, Email, ExternalId, FormTtl,
        HttpsUrl, Origin, Payer, PersonName, PhoneNumber, UnixMillis, clean_code,
    },
};

use super::operator::read_own_url;

/// `POST /api/operator/payment-methods`: a card to be saved by its holder.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SaveCardRequest {
    /// Whose card.
    #[serde(rename = "billingInformation")]
    pub payer: Payer,
    /// The merchant's own id, such as the customer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// What is charged and voided to verify the card; Compago's default if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_amount: Option<ChargeAmount>,
    /// How the form is shown.
    #[serde(flatten)]
    pub display: Display,
    /// How long the form can be used; Compago's default if none.
    #[serde(rename = "ttlMinutes", skip_serializing_if = "Option::is_none")]
    pub ttl: Option<FormTtl>,
    /// Where the payer goes afterwards, on the shop's own origin; our page if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_url: Option<HttpsUrl>,
}

impl SaveCardRequest {
    /// Reads a request body for the shop with that origin.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json, shop: &Origin) -> Result<Self, Vec<Problem>> {
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

/// `POST .../{id}/payments`: a charge to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChargeRequest {
    /// How much; at least 1.00 MXN.
    pub amount: ChargeAmount,
    /// What for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
}

impl ChargeRequest {
    /// Reads a request body.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json) -> Result<Self, Vec<Problem>> {
        body::read(body, |value, pointer, problems| {
            let mut fields = Fields::new(value, pointer, problems)?;
            let amount = fields.required("amount", body::amount::<ChargeAmount>);
            // Pesos alone are taken: named, it must be right.
            fields.optional("currency", code::<Currency>);
            let description = fields.optional("description", text::<Description>);
            fields.finish();
            Some(Self { amount: amount?, description })
        })
    }
}

/// `POST .../{id}/payments/{paymentId}/refund`: the whole of a charge to be given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefundRequest {
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Description>,
}

impl RefundRequest {
    /// Reads a request body.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json) -> Result<Self, Vec<Problem>> {
        body::read(body, |value, pointer, problems| {
            let mut fields = Fields::new(value, pointer, problems)?;
            let reason = fields.optional("reason", text::<Description>);
            fields.finish();
            Some(Self { reason })
        })
    }
}

/// Where a charge of a saved card stands, in the words of our API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeStatus {
    /// It is under way.
    Pending,
    /// The card was charged.
    Confirmed,
    /// The card was not charged.
    Declined,
    /// It was charged, and the money given back.
    Refunded,
    /// Whether the card was charged is being found out: charge nothing again.
    Unknown,
    /// Whether the card was charged must be found out by a person.
    OnHold,
}

/// Where a refund stands, in the words of our API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefundStatus {
    /// It is under way.
    Pending,
    /// The money was given back.
    Refunded,
    /// There is nothing to give back, or Compago will not.
    Refused,
    /// Whether it was given back must be found out by a person.
    OnHold,
}

/// A charge as the merchant's backend reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChargeView {
    /// The charge's own name, the same for the same `Idempotency-Key`.
    pub reference: String,
    /// Compago's payment; `null` while it is not known which one it is.
    pub payment: Option<CardPaymentId>,
    /// Where it stands.
    pub status: ChargeStatus,
    /// How much.
    pub amount: ChargeAmount,
    /// Its currency.
    pub currency: Currency,
    /// What for.
    pub description: Option<Description>,
    /// When it was asked for.
    pub created_at: UnixMillis,
    /// Why a person must look, a kebab-case code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a payer's page and the merchant's backend see of a saved card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedCardView {
    /// `pending`, `active`, `expired`, `revoked`, or what Compago said that nobody has documented, as `unknown`.
    pub status: SavedCardStatus,
    /// The card, once it is saved and as far as it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// After how many milliseconds to ask again; `null` once nothing changes by itself.
    pub poll_after_ms: Option<u32>,
    /// Grows whenever something of this answer changes.
    pub version: u32,
}

/// Where a saved card stands, in the words of our API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SavedCardStatus {
    /// The payer has not saved it yet.
    Pending,
    /// It can be charged.
    Active,
    /// The form ran out.
    Expired,
    /// It was taken back.
    Revoked,
    /// Compago says something that is not documented.
    Unknown,
}
