//! The fields of the catalog file.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use std::borrow::Cow;

use crate::edge::catalog::{MAX_DESCRIPTION_CHARS, MAX_ITEMS, MAX_SHIPPING_METHODS};
use crate::edge::merchant_file::SitePath;
use crate::value::{Amount, Currency, ItemName, ShippingMethodCode, Sku};

/// What the shop sells, and how it delivers it.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is described, never made")]
pub(super) struct CatalogFields {
    /// Where this schema is, for editors.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// The currency of all prices.
    currency: Currency,
    /// What is for sale, in the order of the page.
    #[schemars(length(max = MAX_ITEMS))]
    items: Vec<ItemFields>,
    /// The shipping methods, in the order of the page. If there are none, shipping is included.
    #[schemars(length(max = MAX_SHIPPING_METHODS))]
    shipping_methods: Option<Vec<ShippingMethodFields>>,
}

/// A thing for sale.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is described, never made")]
struct ItemFields {
    /// Its name in orders and in the address of its page: 1 to 40 letters, digits, hyphens and underscores, each once.
    sku: Sku,
    /// Its name for people.
    name: NameFields,
    /// The price of one in pesos, as text: `"120.50"`.
    unit_amount: Price,
    /// What it is, in a few sentences.
    description: Option<DescriptionFields>,
    /// Its picture: a path of the shop's site.
    picture: Option<SitePath>,
    /// `false` while it is sold out.
    #[schemars(extend("default" = true))]
    available: Option<bool>,
}

/// A way in which an order reaches the customer.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is described, never made")]
struct ShippingMethodFields {
    /// Its name in orders: 1 to 40 lower-case letters, digits and hyphens, each once.
    method: ShippingMethodCode,
    /// Its name for people.
    name: NameFields,
    /// What it costs in pesos, as text: `"99.00"`, or `"0.00"`.
    amount: Fee,
    /// From which sum of the items on it costs nothing, in pesos, as text.
    free_from: Option<Price>,
    /// `true` if the customer picks the order up at the shop.
    #[schemars(extend("default" = false))]
    pickup: Option<bool>,
}

/// A name in the languages of the shop.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is described, never made")]
struct NameFields {
    /// Spanish.
    #[schemars(rename = "es-MX")]
    es_mx: ItemName,
    /// English; not needed if `languages` of shop.json has no `en`.
    en: Option<ItemName>,
}

/// A text in the languages of the shop.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is described, never made")]
struct DescriptionFields {
    /// Spanish.
    #[schemars(rename = "es-MX", length(min = 1, max = MAX_DESCRIPTION_CHARS))]
    es_mx: Option<String>,
    /// English.
    #[schemars(length(min = 1, max = MAX_DESCRIPTION_CHARS))]
    en: Option<String>,
}

/// An amount above zero.
struct Price;

impl JsonSchema for Price {
    fn schema_name() -> Cow<'static, str> {
        "Price".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Amount::json_schema(generator);
        let pattern = schema.get("pattern").and_then(Value::as_str).unwrap().replacen('^', r"^(?!0(\.0*)?$)", 1);
        schema.insert("pattern".to_owned(), Value::String(pattern));
        schema
    }
}

/// A fee, which may be nothing.
struct Fee;

impl JsonSchema for Fee {
    fn schema_name() -> Cow<'static, str> {
        "Fee".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Amount::json_schema(generator)
    }
}

impl JsonSchema for SitePath {
    fn schema_name() -> Cow<'static, str> {
        "SitePath".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let either_case = |ending: &str| -> String {
            let pairs = ending.chars().map(|letter| format!("[{letter}{}]", letter.to_ascii_uppercase()));
            pairs.collect()
        };
        let endings = Self::ENDINGS.map(either_case).join("|");
        json_schema!({
            "type": "string",
            "pattern": format!(r"^(?!//)(?!.*/\.)/([^%\\]|%[0-9A-Fa-f]{{2}})*\.({endings})([?#].*)?$"),
            "maxLength": Self::MAX_CHARS,
        })
    }
}
