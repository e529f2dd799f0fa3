//! `POST /api/operator/orders`: an order of any amount, for invoices and for a merchant's own backend.

use serde::Serialize;

use super::Catalog;
use super::billing::read_billing_information;
use super::items::{self, read_item};
use super::metadata::read_metadata;
use super::page_url::{is_own_page, loopback_of, read_return_url, read_url};
use super::shipping::{DeliveryTo, Shipping, ShippingRequest, read_shipping};
use super::shop::MAX_LINES;
use crate::{
    body::{self, Fields, code, integer, text},
    json::Json,
    problem::{Locale, Problem, ProblemCode, Problems},
    value::{Amount, BillingInformation, Description, ExternalId, HttpsUrl, Metadata, OrderItem, Origin, Ttl},
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
    /// What was ordered, with its prices. Their sum, with the shipping fee, is the amount. Empty if nothing is to be delivered.
    ///
    /// At most [`MAX_LINES`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default, with = "Option<Vec<OrderItem>>", length(min = 1, max = MAX_LINES)))]
    #[builder(default)]
    pub items: Vec<OrderItem>,
    /// How the order is delivered. The fee is the shop's; the amount includes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping: Option<ShippingRequest>,
    /// The merchant's own data about the order.
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    #[cfg_attr(test, schemars(default))]
    #[builder(default)]
    pub metadata: Metadata,
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
            let homepage_url = fields.optional("homepageUrl", |value| read_url(value, loopback_of(shop)));
            let return_url = fields
                .optional("returnUrl", |value| read_return_url(value, loopback_of(shop), |url| is_own_page(url, shop)));
            let items = fields.optional_array("items", MAX_LINES, read_item);
            let shipping = fields.optional_nested("shipping", read_shipping);
            let metadata = fields.optional_nested("metadata", read_metadata).unwrap_or_default();
            fields.finish();
            // With shipping, the sum is known once the shop's fee is.
            if let (Some(amount), Some(items), None) = (amount, &items, &shipping) {
                problems.extend(mismatch(amount, items::total(items)));
            }
            Some(Self {
                amount: amount?,
                description: description?,
                external_id,
                billing_information: billing_information?,
                ttl,
                homepage_url,
                return_url,
                items: items.unwrap_or_default(),
                shipping,
                metadata,
            })
        })
    }

    /// Returns the shipping of the order by the shop's methods; `None` if it asks for none. Without items, the amount includes
    /// the fee, and decides whether it costs nothing.
    ///
    /// # Errors
    ///
    /// The shop has no such method; or the amount is not the sum of items and fee, or is less than the fee.
    pub fn shipping_by(&self, catalog: &Catalog, locale: Locale) -> Result<Option<(Shipping, DeliveryTo)>, Problems> {
        let Some(wanted) = &self.shipping else { return Ok(None) };
        if self.items.is_empty() {
            let (shipping, to) = catalog.shipping(wanted, self.amount, locale)?;
            // The amount includes the fee.
            return match Amount::from_centavos(shipping.amount.centavos()) {
                Ok(fee) if fee > self.amount => Err(Problem::total_mismatch("/amount", fee).into()),
                Ok(_) | Err(_) => Ok(Some((shipping, to))),
            };
        }
        let total = items::total(&self.items).ok_or_else(|| Problem::new("/items", ProblemCode::TotalRange))?;
        let (shipping, to) = catalog.shipping(wanted, total, locale)?;
        match mismatch(self.amount, shipping.amount.checked_add(total)) {
            Some(problem) => Err(problem.into()),
            None => Ok(Some((shipping, to))),
        }
    }
}

/// Returns the problem of an amount that is not that sum; a sum that is missing is above the maximum.
fn mismatch(amount: Amount, sum: Option<Amount>) -> Option<Problem> {
    match sum {
        Some(sum) if sum == amount => None,
        Some(sum) => Some(Problem::total_mismatch("/amount", sum)),
        None => Some(Problem::new("/items", ProblemCode::TotalRange)),
    }
}
