//! The items of an order: as a backend names them, and as answers show them.

use crate::body::{self, Fields, code, integer, text};
use crate::json::Json;
use crate::problem::Problem;
use crate::value::{Amount, ItemName, Quantity, Sku};

pub use crate::value::{OrderItem, OrderItemView};

/// Reads an item of an order of any amount.
pub(super) fn read_item(value: &Json, pointer: &str, problems: &mut Vec<Problem>) -> Option<OrderItem> {
    let mut fields = Fields::new(value, pointer, problems)?;
    let sku = fields.optional("sku", code::<Sku>);
    let name = fields.required("name", text::<ItemName>);
    let quantity = fields.required("quantity", integer::<Quantity>);
    let unit_amount = fields.required("unitAmount", body::amount::<Amount>);
    fields.finish();
    Some(OrderItem { sku, name: name?, quantity: quantity?, unit_amount: unit_amount? })
}

/// Returns the sum of all items; `None` of none, or above [`Amount::MAX`].
pub fn total(items: &[OrderItem]) -> Option<Amount> {
    let (first, rest) = items.split_first()?;
    rest.iter().try_fold(first.amount()?, |sum, item| sum.checked_add(item.amount()?))
}

/// Returns the items as answers show them.
pub fn views(items: &[OrderItem]) -> Vec<OrderItemView> {
    items.iter().map(OrderItemView::from).collect()
}

/// Returns how many pieces there are of all items together.
pub fn pieces(items: &[OrderItem]) -> u32 {
    items.iter().map(|item| item.quantity.get()).sum()
}
