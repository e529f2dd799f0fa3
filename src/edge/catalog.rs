//! What is for sale: the static file `www/catalog.json`, and what an order of it costs.
//!
//! The build of the site, the Worker and the operator's page all read the file by [`Catalog::parse`], which reports everything that is
//! wrong with it ([`CatalogError`]).
//!
//! ```json
//! {
//!   "currency": "MXN",
//!   "items": [
//!     { "sku": "cafe-500", "name": { "es-MX": "Café de Chiapas, 500 g", "en": "Coffee from Chiapas, 500 g" }, "unitAmount": "189.00" }
//!   ]
//! }
//! ```
//!
//! An item's `description` and `picture` are for the pages: they are checked here, and not kept. Other fields are ignored.

use core::fmt::Write as _;

use serde::Serialize;

use super::shop::{Line, ShopOrderRequest};
use crate::{
    problem::{Locale, Problem, ProblemCode, Problems},
    value::{Amount, Currency, Description, ItemName, Sku},
};

mod error;
mod field;
mod kind;
mod read;

pub use error::{CatalogError, CatalogPlace, CatalogProblem, CatalogProblemView};
pub use field::CatalogField;
pub use kind::CatalogProblemKind;
pub use read::{MAX_DESCRIPTION_CHARS, MAX_ITEMS, MAX_PICTURE_CHARS};

/// The name of an item in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
pub struct LocalizedName {
    /// Spanish of Mexico.
    #[serde(rename = "es-MX")]
    pub es_mx: ItemName,
    /// English.
    pub en: ItemName,
}

impl LocalizedName {
    /// The name in that language.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> &ItemName {
        match locale {
            Locale::EsMx => &self.es_mx,
            Locale::En => &self.en,
        }
    }
}

/// An item for sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CatalogItem {
    /// Its SKU.
    pub sku: Sku,
    /// Its name.
    pub name: LocalizedName,
    /// The price of one.
    pub unit_amount: Amount,
}

/// Everything that is for sale, each SKU once.
///
/// Serialises to the form of the file.
///
/// ```
/// use compago::edge::Catalog;
///
/// let catalog = Catalog::parse(
///     r#"{"currency":"MXN","items":[{"sku":"taza","name":{"es-MX":"Taza","en":"Mug"},"unitAmount":"120.00"}]}"#,
/// )?;
/// assert_eq!(catalog.items()[0].unit_amount.centavos(), 12_000);
/// # Ok::<(), compago::edge::CatalogError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Catalog {
    /// The currency of all prices.
    currency: Currency,
    /// The items, in the order of the file.
    #[cfg_attr(test, schemars(length(max = MAX_ITEMS)))]
    items: Vec<CatalogItem>,
}

/// What an order costs, and how the payer sees it named on the checkout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The total.
    pub amount: Amount,
    /// The lines in Spanish, such as `2 × Taza, 1 × Café de Chiapas, 500 g`; cut with the number of further products.
    pub description: Description,
}

impl Catalog {
    /// Reads the text of a catalog file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        read::read(text)
    }

    /// The same for a file that may not be there.
    ///
    /// # Errors
    ///
    /// [`CatalogError::no_file`] where there is no text, else those of [`Catalog::parse`].
    pub fn parse_file(text: Option<&str>) -> Result<Self, CatalogError> {
        text.map_or_else(|| Err(CatalogError::no_file()), Self::parse)
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

    /// What the order costs.
    ///
    /// # Errors
    ///
    /// Each line whose SKU is not for sale; or a total above [`Amount::MAX`].
    pub fn price(&self, request: &ShopOrderRequest) -> Result<Priced, Problems> {
        let mut problems = Vec::new();
        let mut known = Vec::with_capacity(request.items.len());
        for (at, line) in request.items.iter().enumerate() {
            match self.item(&line.sku) {
                Some(item) => known.push((line, item)),
                None => problems.push(Problem::new(format!("/items/{at}/sku"), ProblemCode::SkuUnknown)),
            }
        }
        if let Ok(problems) = Problems::try_from(problems) {
            return Err(problems);
        }
        if known.is_empty() {
            return Err(Problem::new("/items", ProblemCode::ItemsEmpty).into());
        }
        let amount = total(&known).ok_or_else(|| Problem::new("/items", ProblemCode::TotalRange))?;
        Ok(Priced { amount, description: describe(&known) })
    }
}

fn total(lines: &[(&Line, &CatalogItem)]) -> Option<Amount> {
    let (first, rest) = lines.split_first()?;
    let cost = |(line, item): &(&Line, &CatalogItem)| item.unit_amount.times(line.quantity.get());
    rest.iter().try_fold(cost(first)?, |sum, line| sum.checked_add(cost(line)?))
}

/// As many lines as fit, then how many products more.
fn describe(lines: &[(&Line, &CatalogItem)]) -> Description {
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
    Description::from_clean(text)
}
