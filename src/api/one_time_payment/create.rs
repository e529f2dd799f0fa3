//! `POST /one-time-payment`: makes a payment link.
//!
//! <https://docs.compago.com/one-time-payment/create>, read November 2026. The answer holds one field, `redirectUrl`,
//! which is Compago's checkout URL, while `redirectUrl` of the request is the merchant's return URL. No id, amount,
//! status or expiry is answered: see [`super::link`] for how the id is learnt.

use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json::{self, ToJson, Writer};
use crate::value::amount::Pesos;
use crate::value::{Amount, BillingInformation, Currency, Description, ExternalId, HttpsUrl, Ttl};

/// A payment link to be made.
///
/// Refusals: duplicate external id, below the account's minimum, currency, missing organisation (400), key (401). A
/// call without an answer may have made the payment; asking again with the same external id cannot make a second one,
/// because the id is unique within the organisation.
#[derive(Debug, Clone)]
pub struct CreateOneTimePayment {
    /// What is to be paid; at least the account's own minimum, which is not published.
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
    pub ttl: Ttl,
    /// Who pays.
    pub billing_information: BillingInformation,
}

impl ToJson for CreateOneTimePayment {
    fn to_json(&self, out: &mut Writer) {
        out.object()
            .field("amount", &Pesos(self.amount))
            .field("currency", &self.currency)
            .field("description", &self.description)
            .field("externalId", &self.external_id)
            .field("redirectUrl", &self.redirect_url)
            .field("homepageUrl", &self.homepage_url)
            .field("ttlMinutes", &self.ttl)
            .field("billingInformation", &self.billing_information)
            .end();
    }
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

struct Answer {
    redirect_url: String,
}

record_from_json!(Answer { redirect_url: "redirectUrl" });
