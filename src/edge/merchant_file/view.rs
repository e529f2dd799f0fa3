//! An error in a file as answers show it.

use serde::Serialize;

use super::{FilePlace, FileProblem};
use crate::problem::Locale;
use crate::value::Sku;

impl FileProblem {
    /// Returns the error as JSON: `item` and `sku`, `shippingMethod`, or `line` and `column`, with `field`, `code` and the message as
    /// `detail`.
    #[must_use]
    pub fn localized(&self, file: &str, locale: Locale) -> FileProblemView<'_> {
        let mut view = FileProblemView {
            line: None,
            column: None,
            item: None,
            sku: None,
            shipping_method: None,
            field: self.kind.unknown_field().or(self.field.path()),
            code: self.kind.code(),
            detail: self.message(file, locale),
        };
        match &self.place {
            FilePlace::File => {}
            FilePlace::Text { line, column } => (view.line, view.column) = (Some(*line), Some(*column)),
            FilePlace::Item { number, sku } => (view.item, view.sku) = (Some(*number), sku.as_ref()),
            FilePlace::ShippingMethod { number, method: _ } => view.shipping_method = Some(*number),
        }
        view
    }
}

/// A mistake in the catalog or in the shop's file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "FileProblem"))]
#[serde(rename_all = "camelCase")]
pub struct FileProblemView<'a> {
    /// The line, from 1, in a file that is not JSON.
    #[cfg_attr(test, schemars(range(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// The column in characters, from 1, in a file that is not JSON.
    #[cfg_attr(test, schemars(range(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// The number of the item, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<usize>,
    /// The item's SKU, if it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<&'a Sku>,
    /// The number of the shipping method, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    shipping_method: Option<usize>,
    /// The path of the field in the item, in the shipping method, or in the file.
    #[cfg_attr(test, schemars(example = &"name.en"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// What is wrong, for programs.
    #[cfg_attr(test, schemars(example = &"missing", example = &"amount-is-number", example = &"sku-repeated"))]
    code: &'static str,
    /// What is wrong and how to mend it, in the language of the request.
    #[cfg_attr(test, schemars(example = &"shop/catalog.json, item 3 (\"taza\"): name.en is missing; add the English name."))]
    detail: String,
}
