//! The fields of a catalog file.

use crate::edge::merchant_file::FileField;
use crate::problem::Words;

/// The whole file.
pub(super) static FILE: FileField = FileField::file(r#"{ "currency": "MXN", "items": [ … ] }"#);

/// The currency of all prices.
pub(super) static CURRENCY: FileField = FileField::new("currency", r#""MXN""#, r#""MXN""#);

/// The list of items.
pub(super) static ITEMS: FileField = FileField::new(
    "items",
    "la lista de productos, [ { … }, { … } ], o [] si la tienda no vende nada",
    "the list of items, [ { … }, { … } ], or [] if the shop sells nothing",
);

/// One item.
pub(super) static ITEM: FileField =
    FileField::part(Words::new("el producto", "the item"), r#"{ "sku": …, "name": …, "unitAmount": … }"#);

/// An item's name for programs.
pub(super) static SKU: FileField =
    FileField::new("sku", r#"la clave del producto, como "taza-barro""#, r#"the item's SKU, such as "clay-mug""#);

/// The names of an item or of a shipping method.
pub(super) static NAME: FileField = FileField::new(
    "name",
    r#"el nombre en los idiomas de la tienda, { "es-MX": "Taza", "en": "Mug" }"#,
    r#"the name in the shop's languages, { "es-MX": "Taza", "en": "Mug" }"#,
);

/// The Spanish one.
pub(super) static NAME_ES_MX: FileField = FileField::new("name.es-MX", "el nombre en español", "the Spanish name");

/// The English one.
pub(super) static NAME_EN: FileField = FileField::new("name.en", "el nombre en inglés", "the English name");

/// An item's price.
pub(super) static UNIT_AMOUNT: FileField =
    FileField::new("unitAmount", r#"el precio, como "120.50""#, r#"the price, such as "120.50""#);

/// An item's descriptions.
pub(super) static DESCRIPTION: FileField = FileField::new(
    "description",
    r#"la descripción en los idiomas de la tienda, { "es-MX": "…", "en": "…" }"#,
    r#"the description in the shop's languages, { "es-MX": "…", "en": "…" }"#,
);

/// The Spanish one.
pub(super) static DESCRIPTION_ES_MX: FileField =
    FileField::new("description.es-MX", "la descripción en español", "the Spanish description");

/// The English one.
pub(super) static DESCRIPTION_EN: FileField =
    FileField::new("description.en", "la descripción en inglés", "the English description");

/// Where an item's picture is.
pub(super) static PICTURE: FileField = FileField::new(
    "picture",
    r#"la ruta de la imagen, como "/img/taza.jpg""#,
    r#"the picture's path, such as "/img/mug.jpg""#,
);

/// Whether an item can be ordered.
pub(super) static AVAILABLE: FileField =
    FileField::new("available", "false si está agotado, o true", "false if it is sold out, or true");

/// The list of shipping methods.
pub(super) static SHIPPING_METHODS: FileField = FileField::new(
    "shippingMethods",
    "la lista de formas de entrega, [ { … }, { … } ], o [] si el envío va incluido",
    "the list of shipping methods, [ { … }, { … } ], or [] if shipping is included",
);

/// One shipping method.
pub(super) static SHIPPING_METHOD: FileField = FileField::part(
    Words::new("la forma de entrega", "the shipping method"),
    r#"{ "method": …, "name": …, "amount": … }"#,
);

/// Its name for programs.
pub(super) static METHOD: FileField = FileField::new(
    "method",
    r#"la clave de la forma de entrega, como "domicilio""#,
    r#"the shipping method's code, such as "home-delivery""#,
);

/// What it costs.
pub(super) static SHIPPING_AMOUNT: FileField =
    FileField::new("amount", r#"lo que cuesta, como "99.00" o "0.00""#, r#"what it costs, such as "99.00" or "0.00""#);

/// From which sum on it costs nothing.
pub(super) static FREE_FROM: FileField = FileField::new(
    "freeFrom",
    r#"desde qué importe de los productos es gratis, como "900.00""#,
    r#"from which sum of the items it is free, such as "900.00""#,
);

/// Whether the payer picks the order up.
pub(super) static PICKUP: FileField = FileField::new(
    "pickup",
    "true si se recoge en la tienda, o false",
    "true if it is picked up at the shop, or false",
);

/// Where the catalog once said whether each order must name a shipping method.
pub(super) static SHIPPING_REQUIRED: FileField = FileField::new(
    "shippingRequired",
    "true si cada pedido debe elegir una forma de entrega, o false",
    "true if each order must choose a shipping method, or false",
);
