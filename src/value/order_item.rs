//! What was ordered: a product with its price at the time of the order.

use serde::{Deserialize, Serialize};

use super::{Amount, ItemName, Quantity, Sku};

/// An item of an order with its price.
///
/// An order keeps its items as they were when it was created: later changes of the catalog do not change them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "OrderItemRequest"))]
#[serde(rename_all = "camelCase")]
pub struct OrderItem {
    /// The merchant's id of the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// Its name, in the language of the order.
    pub name: ItemName,
    /// How many of it.
    pub quantity: Quantity,
    /// The price of one.
    pub unit_amount: Amount,
}

impl OrderItem {
    /// Returns the price of all pieces; `None` above [`Amount::MAX`].
    #[must_use]
    pub fn amount(&self) -> Option<Amount> {
        self.unit_amount.times(self.quantity.get())
    }
}

/// An item of an order with what all its pieces cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "OrderItem"))]
#[serde(rename_all = "camelCase")]
pub struct OrderItemView {
    /// The merchant's id of the product, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// Its name, in the language of the order.
    pub name: ItemName,
    /// How many of it.
    pub quantity: Quantity,
    /// The price of one when the order was created.
    pub unit_amount: Amount,
    /// The price of all pieces: quantity times the price of one.
    pub amount: Amount,
}

impl From<&OrderItem> for OrderItemView {
    fn from(item: &OrderItem) -> Self {
        let OrderItem { sku, name, quantity, unit_amount } = item.clone();
        // The sum of an order's items is an amount, so the product is one.
        Self { sku, name, quantity, unit_amount, amount: item.amount().unwrap_or(Amount::MAX) }
    }
}
