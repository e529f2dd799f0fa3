//! Shipping: what a payer asks for, what the shop offers, what an order keeps of it, and where it goes.

use serde::{Deserialize, Serialize};

use super::billing::read_address;
use super::localized_name::LocalizedName;
use crate::body::{Fields, code, text};
use crate::json::Json;
use crate::problem::Problem;
use crate::value::redacted::debug_only;
use crate::value::{
    Address, Amount, BillingInformation, DeliveryInstructions, Email, ItemName, PhoneNumber, RecipientName,
    ShippingAmount, ShippingMethodCode,
};

/// How an order is to be delivered, and to whom.
#[derive(Clone, PartialEq, Eq, Serialize, bon::Builder)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ShippingRequest {
    /// One of the shop's shipping methods.
    pub method: ShippingMethodCode,
    /// Who receives the order; the payer if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<RecipientName>,
    /// The telephone number of whoever receives it; the payer's if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
    /// Where it goes; the billing address if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// What whoever delivers it should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<DeliveryInstructions>,
}

debug_only!(ShippingRequest { method });

/// Reads `shipping`, reporting each problem in it.
pub(super) fn read_shipping(value: &Json, pointer: &str, problems: &mut Vec<Problem>) -> Option<ShippingRequest> {
    let mut fields = Fields::new(value, pointer, problems)?;
    let method = fields.required("method", code::<ShippingMethodCode>);
    let recipient = fields.optional("recipient", text::<RecipientName>);
    let phone_number = fields.optional("phoneNumber", text::<PhoneNumber>);
    let address = fields.optional_nested("address", read_address);
    let instructions = fields.optional("instructions", text::<DeliveryInstructions>);
    fields.finish();
    Some(ShippingRequest { method: method?, recipient, phone_number, address, instructions })
}

/// A shipping method that the shop offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ShippingMethod {
    /// Its name for programs.
    pub method: ShippingMethodCode,
    /// Its name for people.
    pub name: LocalizedName,
    /// What it costs.
    pub amount: ShippingAmount,
    /// From which sum of the items on it costs nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_from: Option<Amount>,
    /// Whether the payer picks the order up at the shop.
    pub pickup: bool,
}

impl ShippingMethod {
    /// Returns what it costs for items of that sum.
    #[must_use]
    pub fn fee(&self, items: Amount) -> ShippingAmount {
        if self.free_from.is_some_and(|from| items >= from) { ShippingAmount::FREE } else { self.amount }
    }
}

/// The shipping of an order, as it was when the order was created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shipping {
    /// The method.
    pub method: ShippingMethodCode,
    /// The method's name, in the language of the order.
    pub name: ItemName,
    /// What it costs.
    pub amount: ShippingAmount,
    /// Whether the payer picks the order up at the shop.
    pub pickup: bool,
}

/// The shipping of an order as answers show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Shipping"))]
#[serde(rename_all = "camelCase")]
pub struct ShippingView {
    /// The method.
    pub method: ShippingMethodCode,
    /// The method's name, in the language of the order.
    pub name: ItemName,
    /// What it costs.
    pub amount: ShippingAmount,
}

impl From<&Shipping> for ShippingView {
    fn from(shipping: &Shipping) -> Self {
        let Shipping { method, name, amount, pickup: _ } = shipping.clone();
        Self { method, name, amount }
    }
}

/// To whom and where an order goes, as far as that differs from the payer. Personal data: `Debug` is redacted.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryTo {
    /// Who receives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<RecipientName>,
    /// Their telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
    /// Where it goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// What whoever delivers it should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instructions: Option<DeliveryInstructions>,
}

debug_only!(DeliveryTo {});

/// Everything that is needed to deliver an order.
///
/// The answer of `GET /api/operator/orders/{reference}/delivery`. Personal data: `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DeliveryDetails {
    /// Who receives the order.
    pub recipient: String,
    /// The payer's e-mail address.
    pub email: Email,
    /// The telephone number of whoever receives it.
    pub phone_number: PhoneNumber,
    /// Where it goes; null if the payer fetches it.
    pub address: Option<Address>,
    /// What whoever delivers it should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instructions: Option<DeliveryInstructions>,
    /// How it goes there; left out if the order has no shipping.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<ShippingView>,
}

debug_only!(DeliveryDetails { shipping });

impl DeliveryDetails {
    /// Puts together what the payer said about the delivery, and what they said about themselves where it says nothing.
    pub fn new(payer: &BillingInformation, to: Option<&DeliveryTo>, shipping: Option<&Shipping>) -> Self {
        let DeliveryTo { recipient, phone_number, address, instructions } = to.cloned().unwrap_or_default();
        let is_pickup = shipping.is_some_and(|shipping| shipping.pickup);
        Self {
            recipient: recipient.map_or_else(|| full_name(payer), String::from),
            email: payer.email.clone(),
            phone_number: phone_number.unwrap_or_else(|| payer.phone_number.clone()),
            address: (!is_pickup).then(|| address.unwrap_or_else(|| payer.address.clone())),
            instructions,
            shipping: shipping.map(ShippingView::from),
        }
    }
}

/// Who bought.
///
/// Personal data: `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// Given and family name.
    pub name: String,
    /// The e-mail address.
    pub email: Email,
    /// The telephone number.
    pub phone_number: PhoneNumber,
}

debug_only!(Customer {});

impl From<&BillingInformation> for Customer {
    fn from(payer: &BillingInformation) -> Self {
        Self { name: full_name(payer), email: payer.email.clone(), phone_number: payer.phone_number.clone() }
    }
}

fn full_name(payer: &BillingInformation) -> String {
    format!("{} {}", payer.first_name, payer.last_name)
}
