//! The fields of a catalog file.

use crate::problem::Locale;

/// A field of the file, an item, or the file itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CatalogField {
    /// The whole file.
    File,
    /// The currency of all prices.
    Currency,
    /// The list of items.
    Items,
    /// One item.
    Item,
    /// An item's name for programs.
    Sku,
    /// An item's names.
    Name,
    /// The Spanish one.
    NameEsMx,
    /// The English one.
    NameEn,
    /// An item's price.
    UnitAmount,
    /// An item's descriptions.
    Description,
    /// The Spanish one.
    DescriptionEsMx,
    /// The English one.
    DescriptionEn,
    /// Where an item's picture is.
    Picture,
    /// Whether an item can be ordered.
    Available,
    /// The list of shipping methods.
    ShippingMethods,
    /// One shipping method.
    ShippingMethod,
    /// Its name for programs.
    Method,
    /// What it costs.
    ShippingAmount,
    /// From which sum on it costs nothing.
    FreeFrom,
    /// Whether the payer picks the order up.
    Pickup,
    /// Whether each order must name a shipping method.
    ShippingRequired,
}

impl CatalogField {
    /// Its path within an item, a shipping method or the file; nothing for these themselves.
    #[must_use]
    pub const fn path(self) -> Option<&'static str> {
        Some(match self {
            Self::File | Self::Item | Self::ShippingMethod => return None,
            Self::Currency => "currency",
            Self::Items => "items",
            Self::Sku => "sku",
            Self::Name => "name",
            Self::NameEsMx => "name.es-MX",
            Self::NameEn => "name.en",
            Self::UnitAmount => "unitAmount",
            Self::Description => "description",
            Self::DescriptionEsMx => "description.es-MX",
            Self::DescriptionEn => "description.en",
            Self::Picture => "picture",
            Self::Available => "available",
            Self::ShippingMethods => "shippingMethods",
            Self::Method => "method",
            Self::ShippingAmount => "amount",
            Self::FreeFrom => "freeFrom",
            Self::Pickup => "pickup",
            Self::ShippingRequired => "shippingRequired",
        })
    }

    /// What a sentence calls it.
    pub(super) const fn noun(self, locale: Locale) -> &'static str {
        match (self.path(), locale, self) {
            (Some(path), ..) => path,
            (None, Locale::EsMx, Self::File) => "el archivo",
            (None, Locale::En, Self::File) => "the file",
            (None, Locale::EsMx, Self::ShippingMethod) => "la forma de entrega",
            (None, Locale::En, Self::ShippingMethod) => "the shipping method",
            (None, Locale::EsMx, _) => "el producto",
            (None, Locale::En, _) => "the item",
        }
    }

    /// What belongs there, as a sentence names it.
    pub(super) const fn content(self, locale: Locale) -> &'static str {
        let (es, en) = match self {
            Self::File => (r#"{ "currency": "MXN", "items": [ … ] }"#, r#"{ "currency": "MXN", "items": [ … ] }"#),
            Self::Currency => (r#""MXN""#, r#""MXN""#),
            Self::Items => (
                r#"la lista de productos, [ { … }, { … } ], o [] si la tienda no vende nada"#,
                r#"the list of items, [ { … }, { … } ], or [] if the shop sells nothing"#,
            ),
            Self::Item => {
                (r#"{ "sku": …, "name": …, "unitAmount": … }"#, r#"{ "sku": …, "name": …, "unitAmount": … }"#)
            }
            Self::Sku => (r#"la clave del producto, como "taza-barro""#, r#"the item's SKU, such as "clay-mug""#),
            Self::Name => (
                r#"el nombre en los dos idiomas, { "es-MX": "Taza", "en": "Mug" }"#,
                r#"the name in both languages, { "es-MX": "Taza", "en": "Mug" }"#,
            ),
            Self::NameEsMx => ("el nombre en español", "the Spanish name"),
            Self::NameEn => ("el nombre en inglés", "the English name"),
            Self::UnitAmount => (r#"el precio, como "120.50""#, r#"the price, such as "120.50""#),
            Self::Description => (
                r#"la descripción en los dos idiomas, { "es-MX": "…", "en": "…" }"#,
                r#"the description in both languages, { "es-MX": "…", "en": "…" }"#,
            ),
            Self::DescriptionEsMx => ("la descripción en español", "the Spanish description"),
            Self::DescriptionEn => ("la descripción en inglés", "the English description"),
            Self::Picture => {
                (r#"la ruta de la imagen, como "/img/taza.jpg""#, r#"the picture's path, such as "/img/mug.jpg""#)
            }
            Self::Available => ("false si está agotado, o true", "false if it is sold out, or true"),
            Self::ShippingMethods => (
                r#"la lista de formas de entrega, [ { … }, { … } ], o [] si el envío va incluido"#,
                r#"the list of shipping methods, [ { … }, { … } ], or [] if shipping is included"#,
            ),
            Self::ShippingMethod => {
                (r#"{ "method": …, "name": …, "amount": … }"#, r#"{ "method": …, "name": …, "amount": … }"#)
            }
            Self::Method => (
                r#"la clave de la forma de entrega, como "domicilio""#,
                r#"the shipping method's code, such as "home-delivery""#,
            ),
            Self::ShippingAmount => {
                (r#"lo que cuesta, como "99.00" o "0.00""#, r#"what it costs, such as "99.00" or "0.00""#)
            }
            Self::FreeFrom => (
                r#"desde qué importe de los productos es gratis, como "900.00""#,
                r#"from which sum of the items it is free, such as "900.00""#,
            ),
            Self::Pickup => ("true si se recoge en la tienda, o false", "true if it is fetched at the shop, or false"),
            Self::ShippingRequired => (
                "true si cada pedido debe elegir una forma de entrega, o false",
                "true if each order must choose a shipping method, or false",
            ),
        };
        match locale {
            Locale::EsMx => es,
            Locale::En => en,
        }
    }
}
