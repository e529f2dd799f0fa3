//! `POST /api/operator/orders`: an order of any amount, for invoices and for a merchant's own backend.

use serde::Serialize;

use super::billing::read_billing_information;
use crate::{
    body::{self, Fields, code, integer, string, text},
    json::Json,
    problem::{ProblemCode, Problems, Refusal},
    value::{Amount, BillingInformation, Description, ExternalId, HttpsUrl, Loopback, Origin, Ttl, clean_code},
};

/// An order of any amount.
///
/// Serialises to what [`OperatorOrderRequest::from_json`] reads.
///
/// ```
/// use compago::{edge::OperatorOrderRequest, json, value::Origin};
///
/// let body = json::parse(r#"{
///     "amount": "350.50",
///     "description": "Factura 881",
///     "billingInformation": {
///         "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "55 1234 0000",
///         "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "72000" }
///     },
///     "returnUrl": "https://shop.example/gracias"
/// }"#)?;
/// let shop: Origin = "https://shop.example".parse()?;
/// let request = OperatorOrderRequest::from_json(&body, &shop).unwrap();
/// assert_eq!(request.amount.centavos(), 35_050);
///
/// let built = OperatorOrderRequest::builder()
///     .amount("350.50".parse()?)
///     .description("Factura 881".parse()?)
///     .billing_information(request.billing_information.clone())
///     .return_url("https://shop.example/gracias".parse()?)
///     .build();
/// assert_eq!(built, request);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, bon::Builder)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OperatorOrderRequest {
    /// The total to be paid, from 0.01 to 99999999.99 pesos, and at least the account's own minimum.
    pub amount: Amount,
    /// What the payer reads at the checkout.
    pub description: Description,
    /// The external id of the first attempt; generated if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The payer.
    pub billing_information: BillingInformation,
    /// How many minutes the payment link can be paid.
    #[cfg_attr(test, schemars(extend("default" = Ttl::DEFAULT)))]
    #[serde(rename = "ttlMinutes", skip_serializing_if = "Option::is_none")]
    pub ttl: Option<Ttl>,
    /// The https URL that a payer who gives up is redirected to; the shop if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage_url: Option<HttpsUrl>,
    /// Where a payer who returns is redirected, with `order` appended, on the shop's own origin; the return page if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_url: Option<HttpsUrl>,
}

impl OperatorOrderRequest {
    /// Reads a request body for the shop with that origin. If the shop itself runs on loopback http, such URLs are taken.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json, shop: &Origin) -> Result<Self, Problems> {
        body::read(body, |value, pointer, problems| {
            let mut fields = Fields::new(value, pointer, problems)?;
            let amount = fields.required("amount", body::amount::<Amount>);
            let description = fields.required("description", text::<Description>);
            let external_id = fields.optional("externalId", code::<ExternalId>);
            let billing_information = fields.nested("billingInformation", read_billing_information);
            let ttl = fields.optional("ttlMinutes", integer::<Ttl>);
            let homepage_url = fields.optional("homepageUrl", |value| read_url(value, shop));
            let return_url = fields.optional("returnUrl", |value| read_own_url(value, shop));
            fields.finish();
            Some(Self {
                amount: amount?,
                description: description?,
                external_id,
                billing_information: billing_information?,
                ttl,
                homepage_url,
                return_url,
            })
        })
    }
}

fn read_url(value: &Json, shop: &Origin) -> Result<HttpsUrl, Refusal> {
    let loopback = if shop.is_loopback() { Loopback::Allowed } else { Loopback::Refused };
    Ok(HttpsUrl::parse(&clean_code(string(value)?), loopback)?)
}

/// A payer is sent there by our return page: on any other origin it would be an open redirect.
pub(super) fn read_own_url(value: &Json, shop: &Origin) -> Result<HttpsUrl, Refusal> {
    let url = read_url(value, shop)?;
    if url.origin() == shop { Ok(url) } else { Err(ProblemCode::UrlOrigin.into()) }
}
