//! The catalog as the Worker answers it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::catalog::{Catalog, CatalogItem};
#[cfg(test)]
use super::catalog::{MAX_ITEMS, MAX_SHIPPING_METHODS};
use super::shipping::ShippingMethod;
use super::shop_file::SellerView;
use crate::value::{Currency, Environment};

/// What is for sale and who sells it: the answer of `GET /api/shop/catalog`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Catalog"))]
#[serde(rename_all = "camelCase")]
pub struct ShopCatalog<'a> {
    /// The currency of all prices.
    pub currency: Currency,
    /// The items, in the order of the file.
    #[cfg_attr(test, schemars(length(max = MAX_ITEMS)))]
    pub items: Cow<'a, [CatalogItem]>,
    /// The shipping methods, in the order of the file.
    #[cfg_attr(test, schemars(length(max = MAX_SHIPPING_METHODS)))]
    pub shipping_methods: Cow<'a, [ShippingMethod]>,
    /// Whether each order must name one of them.
    pub shipping_required: bool,
    /// Where payments are made. In `demo` and `local` no real money moves.
    pub environment: Environment,
    /// Who sells.
    pub shop: SellerView,
}

impl<'a> ShopCatalog<'a> {
    /// Returns the answer for that catalog.
    #[must_use]
    pub fn new(catalog: &'a Catalog, environment: Environment, shop: SellerView) -> Self {
        Self {
            currency: catalog.currency(),
            items: Cow::Borrowed(catalog.items()),
            shipping_methods: Cow::Borrowed(catalog.shipping_methods()),
            shipping_required: catalog.shipping_required(),
            environment,
            shop,
        }
    }
}
