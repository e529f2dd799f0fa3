//! What is for sale: the merchant's file `shop/catalog.json`, and what an order of it costs.
//!
//! The build of the site, the Worker and the operator's page all read the file by [`Catalog::parse`], which reports everything that is
//! wrong with it ([`FileError`]).
//!
//! ```json
//! {
//!   "currency": "MXN",
//!   "items": [
//!     { "sku": "cafe-500", "name": { "es-MX": "Café de Chiapas, 500 g", "en": "Coffee from Chiapas, 500 g" }, "unitAmount": "189.00" }
//!   ],
//!   "shippingMethods": [
//!     { "method": "standard", "name": { "es-MX": "Envío a domicilio", "en": "Home delivery" }, "amount": "99.00", "freeFrom": "900.00" },
//!     { "method": "pickup", "name": { "es-MX": "Recoger en la tienda", "en": "Pick up at the shop" }, "amount": "0.00", "pickup": true }
//!   ]
//! }
//! ```
//!
//! `shippingMethods` and an item's `available` may be missing. An item's `description` and `picture` are for the pages
//! ([`Catalog::parse_with_pages`]). Other fields than these and `$schema` are mistakes. In which languages there must be names, and
//! whether an order must name a shipping method, is in the shop's file ([`CatalogRules`]).

use core::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::items::{self, OrderItem};
use super::localized_name::LocalizedName;
use super::merchant_file::{FileError, LocalizedText, SitePath};
use super::shipping::{DeliveryTo, Shipping, ShippingMethod, ShippingRequest};
use super::shop::{Line, ShopOrderRequest};
use crate::{
    problem::{Locale, Problem, ProblemCode, Problems},
    value::{Amount, Currency, Description, ShippingMethodCode, Sku},
};

mod fields;
mod read;
mod rules;

pub use read::{MAX_DESCRIPTION_CHARS, MAX_ITEMS, MAX_SHIPPING_METHODS};
pub use rules::{CatalogRules, Languages};

/// An item for sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CatalogItem {
    /// Its SKU.
    pub sku: Sku,
    /// Its name.
    pub name: LocalizedName,
    /// The price of one.
    pub unit_amount: Amount,
    /// Whether it can be ordered; false of an item that is sold out.
    pub available: bool,
}

/// What the pages say of an item besides what orders need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPage {
    /// What it is.
    pub description: Option<LocalizedText>,
    /// Its picture.
    pub picture: Option<SitePath>,
}

/// Everything that is for sale, each SKU once.
///
/// ```
/// use compago::edge::{Catalog, CatalogRules};
///
/// let catalog = Catalog::parse(
///     r#"{"currency":"MXN","items":[{"sku":"taza","name":{"es-MX":"Taza","en":"Mug"},"unitAmount":"120.00"}]}"#,
///     CatalogRules::default(),
/// )?;
/// assert_eq!(catalog.items()[0].unit_amount.centavos(), 12_000);
/// # Ok::<(), compago::edge::FileError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    currency: Currency,
    items: Vec<CatalogItem>,
    shipping_methods: Vec<ShippingMethod>,
    shipping_required: bool,
}

/// What an order costs, what is in it, and how the payer sees it named on the checkout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The total, shipping included.
    pub amount: Amount,
    /// The items, named in the language of the order.
    pub items: Vec<OrderItem>,
    /// How they are delivered.
    pub shipping: Option<Shipping>,
    /// To whom and where, as far as the payer said so.
    pub delivery: Option<DeliveryTo>,
    /// The lines in Spanish, such as `2 × Taza, 1 × Café de Chiapas, 500 g`; cut with the number of further products.
    pub description: Description,
}

impl Catalog {
    /// Reads the text of a catalog file by the rules of its shop.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn parse(text: &str, rules: CatalogRules) -> Result<Self, FileError> {
        Self::parse_file(Some(text), rules)
    }

    /// The same for a file that may not be there.
    ///
    /// # Errors
    ///
    /// Also that there is none.
    pub fn parse_file(text: Option<&str>, rules: CatalogRules) -> Result<Self, FileError> {
        Self::parse_with_pages(text, rules).map(|(catalog, _)| catalog)
    }

    /// The same with what the pages say of each item, in the order of the items.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file.
    pub fn parse_with_pages(text: Option<&str>, rules: CatalogRules) -> Result<(Self, Vec<ItemPage>), FileError> {
        read::read(text, rules)
    }

    /// The currency of all prices.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The items in the order of the file.
    #[must_use]
    pub fn items(&self) -> &[CatalogItem] {
        &self.items
    }

    /// The item with that SKU.
    #[must_use]
    pub fn item(&self, sku: &Sku) -> Option<&CatalogItem> {
        self.items.iter().find(|item| item.sku == *sku)
    }

    /// The shipping methods in the order of the file.
    #[must_use]
    pub fn shipping_methods(&self) -> &[ShippingMethod] {
        &self.shipping_methods
    }

    /// Whether each order of the shop must name a shipping method.
    #[must_use]
    pub const fn shipping_required(&self) -> bool {
        self.shipping_required
    }

    /// What the order costs. Its items and its shipping are named in that language.
    ///
    /// # Errors
    ///
    /// Each line whose SKU is not for sale or sold out, a shipping method that the shop does not offer or that is missing; or a total
    /// above [`Amount::MAX`].
    pub fn price(&self, request: &ShopOrderRequest, locale: Locale) -> Result<Priced, Problems> {
        let mut problems = Vec::new();
        let mut known = Vec::with_capacity(request.items.len());
        for (at, line) in request.items.iter().enumerate() {
            let refused = match self.item(&line.sku) {
                Some(item) if item.available => {
                    known.push((line, item));
                    continue;
                }
                Some(_) => ProblemCode::SkuSoldOut,
                None => ProblemCode::SkuUnknown,
            };
            problems.push(Problem::new(format!("/items/{at}/sku"), refused));
        }
        match &request.shipping {
            Some(wanted) if self.shipping_method(&wanted.method).is_none() => problems.push(unknown_method()),
            None if self.shipping_required => problems.push(Problem::new("/shipping", ProblemCode::Required)),
            Some(_) | None => {}
        }
        if let Ok(problems) = Problems::try_from(problems) {
            return Err(problems);
        }
        if known.is_empty() {
            return Err(Problem::new("/items", ProblemCode::ItemsEmpty).into());
        }
        let items: Vec<OrderItem> = known.iter().map(|(line, item)| ordered(line, item, locale)).collect();
        let too_much = || Problem::new("/items", ProblemCode::TotalRange);
        let total = items::total(&items).ok_or_else(too_much)?;
        let shipping = request.shipping.as_ref().map(|wanted| self.shipping(wanted, total, locale)).transpose()?;
        let (shipping, delivery) = shipping.unzip();
        let amount = match &shipping {
            Some(shipping) => shipping.amount.checked_add(total).ok_or_else(too_much)?,
            None => total,
        };
        Ok(Priced { amount, description: describe(&known, shipping.as_ref()), items, shipping, delivery })
    }

    /// Returns how and to whom items of that sum are delivered, named in that language.
    ///
    /// # Errors
    ///
    /// The shop does not offer that shipping method.
    pub fn shipping(
        &self,
        wanted: &ShippingRequest,
        items_total: Amount,
        locale: Locale,
    ) -> Result<(Shipping, DeliveryTo), Problems> {
        let method = self.shipping_method(&wanted.method).ok_or_else(unknown_method)?;
        let shipping = Shipping {
            method: method.method.clone(),
            name: method.name.in_locale(locale).clone(),
            amount: method.fee(items_total),
            pickup: method.pickup,
        };
        let ShippingRequest { method: _, recipient, phone_number, address, instructions } = wanted.clone();
        let address = address.filter(|_| !method.pickup);
        Ok((shipping, DeliveryTo { recipient, phone_number, address, instructions }))
    }

    fn shipping_method(&self, code: &ShippingMethodCode) -> Option<&ShippingMethod> {
        self.shipping_methods.iter().find(|method| method.method == *code)
    }
}

fn unknown_method() -> Problem {
    Problem::new("/shipping/method", ProblemCode::ShippingMethodUnknown)
}

fn ordered(line: &Line, item: &CatalogItem, locale: Locale) -> OrderItem {
    OrderItem {
        sku: Some(item.sku.clone()),
        name: item.name.in_locale(locale).clone(),
        quantity: line.quantity,
        unit_amount: item.unit_amount,
    }
}

/// As many lines as fit, then how many products more, then that they are sent.
fn describe(lines: &[(&Line, &CatalogItem)], shipping: Option<&Shipping>) -> Description {
    const SENT: &str = " y envío";

    /// Room for `, y 49 productos más`.
    const ROOM_FOR_REST: usize = 24;

    let mut text = String::new();
    for (at, (line, item)) in lines.iter().enumerate() {
        let joint = if at == 0 { "" } else { ", " };
        let part = format!("{joint}{} × {}", line.quantity.get(), item.name.es_mx);
        if text.chars().count() + part.chars().count() > Description::MAX_CHARS - ROOM_FOR_REST {
            let left = lines.len() - at;
            let products = if left == 1 { "producto" } else { "productos" };
            // Writing to a `String` cannot fail.
            let _ = write!(text, " y {left} {products} más");
            break;
        }
        text.push_str(&part);
    }
    let is_sent = shipping.is_some_and(|shipping| !shipping.pickup);
    if is_sent && text.chars().count() + SENT.chars().count() <= Description::MAX_CHARS {
        text.push_str(SENT);
    }
    Description::from_clean(text)
}
