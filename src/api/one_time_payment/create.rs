//! `POST /one-time-payment`: creates a payment link.
//!
//! <https://docs.compago.com/one-time-payment/create>, read November 2026. The answer has one field, `redirectUrl`,
//! which is the URL of Compago's checkout, while `redirectUrl` of the request is the merchant's return URL. The answer
//! contains no id, amount, status or expiry: see [`super::link`] for how the id is derived.

use core::fmt;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::link::candidate;
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::{Amount, BillingInformation, Currency, Description, ExternalId, HttpsUrl, Loopback, PaymentId, Ttl};

/// The payment link to create.
///
/// Refusals: duplicate external id, below the account's minimum, currency, missing organisation (400), key (401). A
/// call without an answer may have created the payment. Repeating it with the same external id cannot create a second
/// one, because the id is unique within the organisation.
///
/// The answer contains no id. The last path segment of the checkout URL is a [candidate](CheckoutUrl::candidate). While
/// the payment is pending, a read of it that returns the values that were sent [proves](CreateOneTimePayment::prove) it.
///
/// ```
/// use compago::api::one_time_payment::create::CreateOneTimePayment;
/// use compago::api::one_time_payment::get::GetOneTimePayment;
/// use compago::api::one_time_payment::link::CheckoutLink;
/// use compago::api::one_time_payment::proof::Proof;
/// use compago::endpoint::Endpoint;
/// use compago::json;
/// use compago::value::Origin;
///
/// # let who = r#"{"email":"ana@example.com","firstName":"Ana","lastName":"Ruiz","phoneNumber":"5512340000",
/// #     "address":{"addressLine":"Calle 5 10","city":"Puebla","state":"PUE","zip":"72000"}}"#;
/// let payment = CreateOneTimePayment::builder()
///     .amount("350.50".parse()?)
///     .description("Pedido 881".parse()?)
///     .external_id("pedido-881".parse()?)
///     .redirect_url("https://shop.example/return".parse()?)
///     .homepage_url("https://shop.example/".parse()?)
///     .billing_information(json::from_str(who)?)
///     .build();
///
/// // The answer. The link is given to no one before it is proved.
/// let url = "https://checkout.example/checkout/otp/0f0e0d0c-1111-4222-8333-444455556666";
/// let answer = payment.read(format!(r#"{{"redirectUrl":"{url}"}}"#).as_bytes())?;
/// let allowed: Origin = "https://checkout.example".parse()?;
/// let id = CheckoutLink::parse(&answer.0, &[allowed])?.candidate().ok_or("no candidate")?;
///
/// // The answer to a read of the candidate.
/// let reading = GetOneTimePayment { id }.read(
///     br#"{"id":"0f0e0d0c-1111-4222-8333-444455556666","status":"PENDING","externalId":"pedido-881","amount":350.5,
///         "currency":"MXN"}"#,
/// )?;
/// assert_eq!(payment.prove(id, &reading), Proof::Proved);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// After this proof, a `CONFIRMED` read of `id` means that this payment was paid. Without it, it proves nothing: once a
/// payment is final, a read no longer contains its external id or its amount.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, bon::Builder)]
#[serde(rename_all = "camelCase")]
pub struct CreateOneTimePayment {
    /// The amount; at least the account's minimum, which is not published.
    #[serde(serialize_with = "pesos::write")]
    pub amount: Amount,
    /// The currency; Compago accepts Mexican pesos only.
    #[builder(default)]
    pub currency: Currency,
    /// Shown to the payer.
    pub description: Description,
    /// The merchant's id, unique within the organisation for ever; a new attempt needs a new one.
    pub external_id: ExternalId,
    /// The return URL of the payer's browser. Compago appends `id` and `externalId` to its query.
    pub redirect_url: HttpsUrl,
    /// The link for a payer who leaves the checkout. Every later answer about this payment repeats it.
    pub homepage_url: HttpsUrl,
    /// The lifetime of the link.
    #[serde(rename = "ttlMinutes")]
    #[builder(default = Ttl::DEFAULT)]
    pub ttl: Ttl,
    /// The payer.
    pub billing_information: BillingInformation,
}

impl Endpoint for CreateOneTimePayment {
    type Host = Compago;
    type Answer = CheckoutUrl;

    const NAME: &'static str = "one-time-payment.create";
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        "/one-time-payment".to_string()
    }

    fn body(&self) -> Option<String> {
        Some(json::to_string(self))
    }

    fn read(&self, body: &[u8]) -> Result<CheckoutUrl, DecodeError> {
        let answer: Answer = read_json(body)?;
        Ok(CheckoutUrl(answer.redirect_url))
    }
}

/// The checkout URL as received and not validated.
///
/// Parse it with [`CheckoutLink::parse`](super::link::CheckoutLink::parse) before using it. `Debug` does not show it,
/// because the URL is enough to pay.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CheckoutUrl(pub String);

impl fmt::Debug for CheckoutUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CheckoutUrl(redacted)")
    }
}

impl CheckoutUrl {
    /// Returns the candidate for the payment's id like [`super::link::CheckoutLink::candidate`], but for a URL on any
    /// origin. Only a read of the id [proves](CreateOneTimePayment::prove) it.
    #[must_use]
    pub fn candidate(&self) -> Option<PaymentId> {
        candidate(&HttpsUrl::parse(&self.0, Loopback::Allowed).ok()?)
    }
}

/// Serialises as `{ checkoutUrl, id }`, where `id` is the candidate.
impl Serialize for CheckoutUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_struct("CheckoutUrl", 2)?;
        answer.serialize_field("checkoutUrl", &self.0)?;
        answer.serialize_field("id", &self.candidate())?;
        answer.end()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    redirect_url: String,
}
