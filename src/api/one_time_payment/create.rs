//! `POST /one-time-payment`: makes a payment link.
//!
//! <https://docs.compago.com/one-time-payment/create>, read November 2026. The answer holds one field, `redirectUrl`,
//! which is Compago's checkout URL, while `redirectUrl` of the request is the merchant's return URL. No id, amount,
//! status or expiry is answered: see [`super::link`] for how the id is learnt.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::link::candidate;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::{Amount, BillingInformation, Currency, Description, ExternalId, HttpsUrl, Loopback, PaymentId, Ttl};

/// A payment link to be made.
///
/// Refusals: duplicate external id, below the account's minimum, currency, missing organisation (400), key (401). A
/// call without an answer may have made the payment; asking again with the same external id cannot make a second one,
/// because the id is unique within the organisation.
///
/// The answer names no id. The one in the checkout URL is a candidate until a read of it shows what was sent:
///
/// ```
/// use compago::api::one_time_payment::create::CreateOneTimePayment;
/// use compago::api::one_time_payment::get::GetOneTimePayment;
/// use compago::api::one_time_payment::link::CheckoutLink;
/// use compago::endpoint::Endpoint;
/// use compago::json;
/// use compago::value::{Currency, Origin, Ttl};
///
/// # let who = r#"{"email":"ana@example.com","firstName":"Ana","lastName":"Ruiz","phoneNumber":"5512340000",
/// #     "address":{"addressLine":"Calle 5 10","city":"Puebla","state":"PUE","zip":"72000"}}"#;
/// let create = CreateOneTimePayment {
///     amount: "350.50".parse()?,
///     currency: Currency::Mxn,
///     description: "Café de los Altos".parse()?,
///     external_id: "order-881-1".parse()?,
///     redirect_url: "https://shop.example/return".parse()?,
///     homepage_url: "https://shop.example/".parse()?,
///     ttl: Ttl::HOUR,
///     billing_information: json::from_str(who)?,
/// };
/// // What came back. Nobody gets the link before it is proved.
/// let body = br#"{"redirectUrl":"https://app.compago.com/checkout/otp/7c9e2b64-3f0a-4d15-9a4e-5b8d1c60f2a7"}"#;
/// let allowed: [Origin; 1] = ["https://app.compago.com".parse()?];
/// let link = CheckoutLink::parse(&create.read(body)?.0, &allowed)?;
/// let Some(id) = link.candidate() else { return Err("look for the external id in the list".into()) };
///
/// // What a read of the candidate answered.
/// let body = br#"{"status":"PENDING","expired":false,"id":"7c9e2b64-3f0a-4d15-9a4e-5b8d1c60f2a7",
///     "externalId":"order-881-1","amount":350.5,"currency":"MXN"}"#;
/// let reading = GetOneTimePayment { id }.read(body)?;
/// let is_proved = reading.id == Some(id.to_string())
///     && reading.external_id.as_deref() == Some(create.external_id.as_str())
///     && reading.amount == Some(create.amount)
///     && reading.currency.as_deref() == Some("MXN");
/// assert!(is_proved);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// From here on a `CONFIRMED` read of `id` means that this payment was made. Before, it means nothing: once a payment is
/// final, a read of it names neither what it was for nor how much.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateOneTimePayment {
    /// What is to be paid; at least the account's own minimum, which is not published.
    #[serde(serialize_with = "pesos::write")]
    pub amount: Amount,
    /// Mexican pesos, the one currency that is taken.
    pub currency: Currency,
    /// Shown to the payer.
    pub description: Description,
    /// Unique within the organisation for ever; a new attempt needs a new one.
    pub external_id: ExternalId,
    /// Where the payer's browser returns to; Compago appends `id` and `externalId` to its query.
    pub redirect_url: HttpsUrl,
    /// Where a payer who turns back goes; also echoed by every later answer about this payment.
    pub homepage_url: HttpsUrl,
    /// How long the link can be paid.
    #[serde(rename = "ttlMinutes")]
    pub ttl: Ttl,
    /// Who pays.
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

    fn read(&self, body: &[u8]) -> Result<CheckoutUrl, Unreadable> {
        let answer: Answer = read_json(body)?;
        Ok(CheckoutUrl(answer.redirect_url))
    }
}

/// The checkout URL as Compago sent it: text that nobody has checked, fit for [`super::link::CheckoutLink::parse`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutUrl(pub String);

impl CheckoutUrl {
    /// The candidate for the payment's id, as [`super::link::CheckoutLink::candidate`] finds it, on whatever origin the URL
    /// is. Only a read of that id that shows the external id, the amount and the currency that were sent proves it.
    #[must_use]
    pub fn candidate(&self) -> Option<PaymentId> {
        candidate(&HttpsUrl::parse(&self.0, Loopback::Allowed).ok()?)
    }
}

/// `{ checkoutUrl, id }`, with the candidate for the id.
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
