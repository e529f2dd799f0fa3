//! `POST /api/shop/orders`: what a customer orders. No price is in it: the catalog has the prices.

use serde::Serialize;

use super::billing::read_billing_information;
use super::metadata::read_metadata;
use super::page_url::read_return_url;
use super::shipping::{ShippingRequest, read_shipping};
use super::site::Site;
use crate::{
    body::{self, Fields, code, integer},
    json::Json,
    problem::{Problem, ProblemCode, Problems},
    value::{Address, BillingInformation, HttpsUrl, Loopback, Metadata, Quantity, Sku, StateCode, Ttl},
};

/// The most lines that one order takes.
pub const MAX_LINES: usize = 50;

/// An order of items of the catalog.
///
/// Serialises to what [`ShopOrderRequest::from_json`] reads.
///
/// ```
/// use compago::{edge::ShopOrderRequest, json};
///
/// let body = json::parse(r#"{
///     "items": [{ "sku": "cafe-500", "quantity": 2 }],
///     "billingInformation": {
///         "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "55 1234 0000",
///         "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "72000" }
///     },
///     "returnUrl": "https://blog.example/gracias"
/// }"#)?;
/// let request = ShopOrderRequest::from_json(&body).unwrap();
/// assert_eq!(request.items[0].quantity.get(), 2);
///
/// let built = ShopOrderRequest::builder()
///     .items(request.items.clone())
///     .billing_information(request.billing_information.clone())
///     .return_url("https://blog.example/gracias".parse()?)
///     .build();
/// assert_eq!(built, request);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, bon::Builder)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ShopOrderRequest {
    /// The lines of the order, each SKU once. They have no price: the catalog has the prices.
    ///
    /// 1 to [`MAX_LINES`].
    #[cfg_attr(test, schemars(length(min = 1, max = MAX_LINES)))]
    pub items: Vec<Line>,
    /// The payer.
    pub billing_information: BillingInformation,
    /// How many minutes the payment link can be paid. The maximum, which is also the default, is what the shop allows
    /// (`linkMinutes` of its file, an hour unless it says otherwise); `expiresAt` of the answer has the result.
    #[serde(rename = "ttlMinutes", skip_serializing_if = "Option::is_none")]
    pub ttl: Option<Ttl>,
    /// The page to which a payer who returns is redirected, with `order` appended: on the shop's own origin or one of `EMBED_ORIGINS`.
    /// The shop's return page if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_url: Option<HttpsUrl>,
    /// How the order is delivered; required if the shop's file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping: Option<ShippingRequest>,
    /// The page's own data about the order. A browser sends it, so anybody may have written it.
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    #[cfg_attr(test, schemars(default))]
    #[builder(default)]
    pub metadata: Metadata,
}

/// An item of the catalog and how many of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
pub struct Line {
    /// The item.
    pub sku: Sku,
    /// How many of it.
    pub quantity: Quantity,
}

impl ShopOrderRequest {
    /// Reads a request body as far as that can be done without the configuration: on a page, before the order is sent. `returnUrl` may be on
    /// any origin, also on loopback.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json) -> Result<Self, Problems> {
        Self::read(body, |_| true)
    }

    /// Reads a request body for that site: `returnUrl` is a page on one of its origins for pages that sell, and not below `/api/` of the Worker.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json_for(body: &Json, site: &Site) -> Result<Self, Problems> {
        Self::read(body, |url| site.may_return_to(url))
    }

    fn read(body: &Json, may_return_to: impl FnOnce(&HttpsUrl) -> bool) -> Result<Self, Problems> {
        body::read(body, |value, pointer, problems| {
            let mut fields = Fields::new(value, pointer, problems)?;
            let items = fields.array("items", MAX_LINES, read_line);
            let billing_information = fields.nested("billingInformation", read_billing_information);
            let ttl = fields.optional("ttlMinutes", integer::<Ttl>);
            let return_url = fields.optional("returnUrl", |value| {
                // Which pages on loopback there may be is decided by the origins that are allowed.
                read_return_url(value, Loopback::Allowed, may_return_to)
            });
            let shipping = fields.optional_nested("shipping", read_shipping);
            let metadata = fields.optional_nested("metadata", read_metadata).unwrap_or_default();
            fields.finish();
            if let Some(billing) = &billing_information {
                report_mismatch(&billing.address, "/billingInformation/address/zip", problems);
            }
            if let Some(address) = shipping.as_ref().and_then(|shipping| shipping.address.as_ref()) {
                report_mismatch(address, "/shipping/address/zip", problems);
            }
            let items = items?;
            report_repeated(&items, problems);
            Some(Self { items, billing_information: billing_information?, ttl, return_url, shipping, metadata })
        })
    }
}

fn read_line(value: &Json, pointer: &str, problems: &mut Vec<Problem>) -> Option<Line> {
    let mut fields = Fields::new(value, pointer, problems)?;
    let sku = fields.required("sku", code::<Sku>);
    let quantity = fields.required("quantity", integer::<Quantity>);
    fields.finish();
    Some(Line { sku: sku?, quantity: quantity? })
}

/// Two lines with one SKU are a slip of the sender: adding them up would hide it.
fn report_repeated(items: &[Line], problems: &mut Vec<Problem>) {
    for (at, line) in items.iter().enumerate() {
        if items.iter().take(at).any(|earlier| earlier.sku == line.sku) {
            problems.push(Problem::new(format!("/items/{at}/sku"), ProblemCode::SkuRepeated));
        }
    }
}

/// A postal code of another state is a slip of one of the two. One that belongs to no state here is accepted.
fn report_mismatch(address: &Address, pointer: &str, problems: &mut Vec<Problem>) {
    if StateCode::of_zip(&address.zip).is_some_and(|state| state != address.state) {
        problems.push(Problem::new(pointer, ProblemCode::ZipStateMismatch));
    }
}
