//! What is wrong with a catalog file, in words for whoever edits it.

use compago::{
    edge::{Catalog, CatalogRules, FileError, FilePlace, FileProblemKind, Languages, catalog::MAX_ITEMS},
    json,
    problem::Locale,
};
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const FILE: &str = "shop/catalog.json";

fn mug() -> Value {
    json!({ "sku": "taza", "name": { "es-MX": "Taza", "en": "Mug" }, "unitAmount": "120.00" })
}

/// A file with two good items and a third, a mug in which one field has another value.
fn with(field: &str, value: Value) -> String {
    let mut third = mug();
    third[field] = value;
    file(&third)
}

fn without(field: &str) -> String {
    let mut third = mug();
    third.as_object_mut().unwrap().remove(field);
    file(&third)
}

fn file(third: &Value) -> String {
    let mut items = vec![mug(), mug(), third.clone()];
    items[0]["sku"] = "cafe".into();
    items[1]["sku"] = "miel".into();
    json!({ "currency": "MXN", "items": items }).to_string()
}

fn parse(text: &str) -> Result<Catalog, FileError> {
    Catalog::parse(text, CatalogRules::default())
}

fn refused(text: &str) -> FileError {
    parse(text).expect_err(text)
}

fn lines(text: &str, locale: Locale) -> Vec<String> {
    refused(text).message(FILE, locale).lines().map(str::to_owned).collect()
}

fn english(text: &str) -> String {
    let message = lines(text, Locale::En);
    assert_eq!(message.len(), 1, "{message:?}");
    message[0].strip_prefix(FILE).unwrap().to_owned()
}

#[test]
fn each_mistake_in_an_item_names_item_field_and_remedy() {
    for (text, message) in [
        (with("name", json!({ "es-MX": "Taza" })), "name.en is missing; add the English name."),
        (with("name", json!({ "es-MX": null, "en": "Mug" })), "name.es-MX is missing; add the Spanish name."),
        (with("name", json!({ "es-MX": "Taza", "en": " \u{200B}" })), "name.en is empty; write the English name."),
        (with("name", json!({ "es-MX": 5, "en": "Mug" })), "name.es-MX is not text; write in quotes the Spanish name."),
        (
            with("name", json!({ "es-MX": "T".repeat(81), "en": "Mug" })),
            "name.es-MX has more than 80 characters; shorten it.",
        ),
        (
            with("name", json!({ "es-MX": "Caf\u{FFFD}", "en": "Mug" })),
            "name.es-MX has characters that cannot be shown; type it again, and save the file as UTF-8.",
        ),
        (
            with("name", json!("Taza")),
            r#"name is not an object; write the name in the shop's languages, { "es-MX": "Taza", "en": "Mug" }."#,
        ),
        (
            without("name"),
            r#"name is missing; add the name in the shop's languages, { "es-MX": "Taza", "en": "Mug" }."#,
        ),
        (
            with("unitAmount", json!(120.5)),
            r#"unitAmount is a number; write the price in quotes and with two decimals, such as "120.50"."#,
        ),
        (
            with("unitAmount", json!("1,200.00")),
            r#"unitAmount can only have digits and one dot; write it like "1200.00", without commas, signs or currency."#,
        ),
        (
            with("unitAmount", json!("$120.00")),
            r#"unitAmount can only have digits and one dot; write it like "1200.00", without commas, signs or currency."#,
        ),
        (with("unitAmount", json!("120.005")), "unitAmount has more than two decimals; round it to centavos."),
        (with("unitAmount", json!("0.00")), "unitAmount is not between 0.01 and 99999999.99; correct the price."),
        (with("unitAmount", json!(true)), r#"unitAmount is not text; write in quotes the price, such as "120.50"."#),
        (without("unitAmount"), r#"unitAmount is missing; add the price, such as "120.50"."#),
        (
            with("description", json!("Barro")),
            r#"description is not an object; write the description in the shop's languages, { "es-MX": "…", "en": "…" }."#,
        ),
        (
            with("description", json!({ "en": "x".repeat(501) })),
            "description.en has more than 500 characters; shorten it.",
        ),
    ] {
        assert_eq!(english(&text), format!(", item 3 (\"taza\"): {message}"));
    }
}

#[test]
fn a_picture_is_a_path_of_the_site() {
    let pictures = |path: &str| {
        let (_, pages) =
            Catalog::parse_with_pages(Some(&with("picture", json!(path))), CatalogRules::default()).unwrap();
        pages[2].picture.clone().unwrap().as_str().to_owned()
    };
    for path in ["/img/mug.svg", "/a.png?v=2", "/a.b/taza%20.WebP", "/a.svg#b?c", "/img/100%25.jpeg"] {
        assert_eq!(pictures(path), path);
    }
    assert_eq!(pictures("/img/taza de barro ñ.jpg"), "/img/taza%20de%20barro%20%C3%B1.jpg");
    for path in [
        "img/mug.svg",
        "https://cdn.example/mug.jpg",
        "//cdn.example/mug.jpg",
        "/",
        "",
        "/\\cdn.example",
        "/a\nb",
        "/img/../mug.svg",
        "/img/%2E%2e/mug.svg",
        "/img%2Fmug.svg",
        "/img%5cmug.svg",
        "/mug%0A.svg",
    ] {
        assert_eq!(
            english(&with("picture", json!(path))),
            r#", item 3 ("taza"): picture is not the path of a file of this site; put it into the shop's folder and write the picture's path, such as "/img/mug.jpg"."#,
            "{path}"
        );
    }
}

#[test]
fn a_picture_is_one_that_the_site_serves() {
    for path in ["/img/mug.heic", "/img/mug", "/img.jpg/mug", "/mug.jpg.html", "/mug.pdf?a.jpg", "/jpg"] {
        assert_eq!(
            english(&with("picture", json!(path))),
            r#", item 3 ("taza"): picture is not an svg, png, jpg, webp, avif or gif picture; save it as jpg or png and write the picture's path, such as "/img/mug.jpg"."#,
            "{path}"
        );
    }
    for path in ["/.img/mug.jpg", "/img/.mug.jpg", "/%2eimg/mug.jpg"] {
        assert!(
            english(&with("picture", json!(path))).contains(": picture has a name that begins with a dot"),
            "{path}"
        );
    }
    for path in ["/img/100%.jpg", "/img/%zz.jpg", "/img/%F1.jpg", "/mug.jpg?100%"] {
        assert!(english(&with("picture", json!(path))).contains(": picture has a % that is not part of"), "{path}");
    }
}

#[test]
fn a_sku_that_cannot_be_read_is_not_repeated_and_the_item_is_named_by_its_number() {
    let message = r#", item 3: sku can only have 1 to 40 unaccented letters, digits, hyphens and underscores; change it, without spaces."#;
    for sku in ["taza azul", "piñata", "", "https://x.example", &"a".repeat(41)] {
        let text = with("sku", json!(sku));
        assert_eq!(english(&text), message, "{sku}");
        assert!(sku.is_empty() || !format!("{:?}", refused(&text)).contains(sku), "{sku}");
    }
    assert_eq!(english(&without("sku")), r#", item 3: sku is missing; add the item's SKU, such as "clay-mug"."#);
    assert_eq!(
        english(&with("sku", json!(12))),
        r#", item 3: sku is not text; write in quotes the item's SKU, such as "clay-mug"."#
    );
}

#[test]
fn a_sku_that_is_there_twice_names_both_items() {
    assert_eq!(
        english(&with("sku", json!("cafe"))),
        r#", item 3 ("cafe"): sku is the same as that of item 1; give it another."#
    );
}

#[test]
fn what_is_wrong_with_the_file_itself_is_named_with_its_place() {
    let good = file(&mug());
    for (text, message) in [
        (String::new(), r#": the file is empty; write { "currency": "MXN", "items": [ … ] }."#),
        ("\u{FEFF} \n".to_owned(), r#": the file is empty; write { "currency": "MXN", "items": [ … ] }."#),
        ("[]".to_owned(), r#": the file is not an object; write { "currency": "MXN", "items": [ … ] }."#),
        ("null".to_owned(), r#": the file is not an object; write { "currency": "MXN", "items": [ … ] }."#),
        (r#"{"items":[]}"#.to_owned(), r#": currency is missing; add "MXN"."#),
        (
            good.replace("MXN", "USD"),
            r#": currency is not "MXN"; Compago charges in Mexican pesos only: write "MXN", and the prices in pesos."#,
        ),
        (
            r#"{"currency":"MXN"}"#.to_owned(),
            ": items is missing; add the list of items, [ { … }, { … } ], or [] if the shop sells nothing.",
        ),
        (
            r#"{"currency":"MXN","items":{}}"#.to_owned(),
            ": items is not a list; write the list of items, [ { … }, { … } ], or [] if the shop sells nothing.",
        ),
        (
            r#"{"currency":"MXN","items":["taza"]}"#.to_owned(),
            r#", item 1: the item is not an object; write { "sku": …, "name": …, "unitAmount": … }."#,
        ),
        (r#"{"currency":"MXN","currency":"MXN","items":[]}"#.to_owned(), ": currency is there twice; keep one."),
        (
            "{\n  \"currency\": \"MXN\",\n  \"items\": [],\n}\n".to_owned(),
            ", line 3, column 14: there is a comma before a closing bracket; remove it.",
        ),
        (
            "{\n  \"currency\": \"MXN\",\n  \"items\": [{}, ]\n}\n".to_owned(),
            ", line 3, column 15: there is a comma before a closing bracket; remove it.",
        ),
        (
            "{\r\n  \"ñ\": \"MXN\"\r\n  \"items\": []\r\n}".to_owned(),
            ", line 3, column 3: from here on it is not JSON; check quotes, commas and brackets, here and just before.",
        ),
        (
            "{\n  \"name\": \"Caf\\é\"\n}\n".to_owned(),
            ", line 2, column 16: from here on it is not JSON; check quotes, commas and brackets, here and just before.",
        ),
        (
            r#"{"currency":"MXN""#.to_owned(),
            ", line 1, column 18: from here on it is not JSON; check quotes, commas and brackets, here and just before.",
        ),
    ] {
        assert_eq!(english(&text), message, "{text}");
    }
}

#[test]
fn spanish_says_the_same() {
    for (text, message) in [
        (
            with("name", json!({ "es-MX": "Taza" })),
            ", producto 3 (\"taza\"): falta name.en; agrega el nombre en inglés.",
        ),
        (
            with("unitAmount", json!(120.5)),
            ", producto 3 (\"taza\"): unitAmount es un número; escribe el precio entre comillas y con dos decimales, como \"120.50\".",
        ),
        (with("sku", json!("cafe")), ", producto 3 (\"cafe\"): sku es el mismo que el del producto 1; dale otro."),
        (
            r#"{"a":1,}"#.to_owned(),
            ", línea 1, columna 7: sobra una coma antes del corchete o la llave de cierre; quítala.",
        ),
    ] {
        assert_eq!(lines(&text, Locale::EsMx), [format!("{FILE}{message}")]);
    }
}

#[test]
fn all_mistakes_are_reported_at_once_in_the_order_of_the_file() {
    let text = json!({
        "currency": "EUR",
        "items": [
            { "sku": "a b", "name": "A", "unitAmount": 1 },
            { "sku": "taza", "name": { "es-MX": "Taza", "en": "Mug" }, "unitAmount": "1.00" },
            { "sku": "taza", "name": {}, "unitAmount": "1.00", "picture": "mug.svg" },
            5,
        ],
    });
    let found = refused(&text.to_string());
    let found: Vec<_> = found
        .problems()
        .iter()
        .map(|problem| (number(&problem.place), problem.field.path(), problem.kind.clone()))
        .collect();
    assert_eq!(
        found,
        [
            (0, Some("currency"), FileProblemKind::Currency),
            (1, Some("sku"), FileProblemKind::SkuFormat),
            (1, Some("name"), FileProblemKind::NotObject),
            (1, Some("unitAmount"), FileProblemKind::AmountIsNumber),
            (3, Some("sku"), FileProblemKind::SkuRepeated { first: 2 }),
            (3, Some("name.es-MX"), FileProblemKind::Missing),
            (3, Some("name.en"), FileProblemKind::Missing),
            (3, Some("picture"), FileProblemKind::PicturePath),
            (4, None, FileProblemKind::NotObject),
        ]
    );
}

fn number(place: &FilePlace) -> usize {
    match place {
        FilePlace::Item { number, .. } | FilePlace::ShippingMethod { number, .. } => *number,
        FilePlace::File | FilePlace::Text { .. } => 0,
    }
}

#[test]
fn a_file_of_mistakes_ends_in_a_hundred_lines() {
    let items = vec![json!({}); 500];
    let text = json!({ "currency": "MXN", "items": items }).to_string();
    assert_eq!(refused(&text).problems().len(), FileError::MAX_PROBLEMS);
}

#[test]
fn more_items_than_a_catalog_lists_are_refused_as_a_whole() {
    let listed = |count: usize| {
        let items: Vec<Value> = (0..count)
            .map(|at| {
                let mut item = mug();
                item["sku"] = format!("sku-{at}").into();
                item
            })
            .collect();
        json!({ "currency": "MXN", "items": items }).to_string()
    };
    assert_eq!(parse(&listed(MAX_ITEMS)).unwrap().items().len(), MAX_ITEMS);
    assert_eq!(english(&listed(MAX_ITEMS + 1)), ": items has more than 1000 items; remove some.");
}

#[test]
fn what_editors_and_merchants_add_does_no_harm() {
    let mut item = mug();
    item["description"] = json!({ "es-MX": "Barro rojo", "en": null });
    item["picture"] = Value::Null;
    let text = format!("\u{FEFF}{}\r\n", json!({ "$schema": "x", "currency": "MXN", "items": [item] }));
    assert_eq!(parse(&text).unwrap().items().len(), 1);
    assert_eq!(parse(r#"{"currency":"MXN","items":[]}"#).unwrap().items(), []);
}

#[test]
fn a_field_that_is_not_known_is_a_mistake() {
    let mut item = mug();
    item["availible"] = json!(false);
    item["name"]["fr"] = json!("Tasse");
    item["description"] = json!({ "en": "Clay", "es": "Barro" });
    let file = json!({
        "currency": "MXN",
        "shipping": [],
        "items": [item],
        "shippingMethods": [{ "method": "envio", "name": { "es-MX": "Envío", "en": "Delivery" }, "amount": "0.00", "free": true }],
    });
    let not_used = |field: &str| format!("{field} is not used here; remove it or check its spelling.");
    assert_eq!(
        lines(&file.to_string(), Locale::En),
        [
            format!("{FILE}, item 1 (\"taza\"): {}", not_used("name.fr")),
            format!("{FILE}, item 1 (\"taza\"): {}", not_used("description.es")),
            format!("{FILE}, item 1 (\"taza\"): {}", not_used("availible")),
            format!("{FILE}, shipping method 1 (\"envio\"): {}", not_used("free")),
            format!("{FILE}: {}", not_used("shipping")),
        ]
    );
}

#[test]
fn as_json_each_mistake_names_its_place() {
    let json_of = |text: &str| {
        let error = refused(text);
        let message = error.problems()[0].localized(FILE, Locale::En);
        serde_json::from_str::<Value>(&json::to_string(&message)).unwrap()
    };
    assert_eq!(
        json_of(&with("name", json!({ "es-MX": "Taza" }))),
        json!({
            "item": 3, "sku": "taza", "field": "name.en", "code": "missing",
            "detail": "shop/catalog.json, item 3 (\"taza\"): name.en is missing; add the English name.",
        })
    );
    assert_eq!(
        json_of("{\n,"),
        json!({
            "line": 2, "column": 1, "code": "not-json",
            "detail": "shop/catalog.json, line 2, column 1: from here on it is not JSON; check quotes, commas and brackets, here and just before.",
        })
    );
    let missing = Catalog::parse_file(None, CatalogRules::default()).unwrap_err();
    let message = json::to_string(&missing.problems()[0].localized(FILE, Locale::EsMx));
    assert!(message.contains("no existe el archivo; créalo con"), "{message}");
}

/// Programs know the kinds by these names, which follow from the variants.
#[test]
fn kinds_keep_their_names() {
    use FileProblemKind as Kind;
    for (kind, code) in [
        (Kind::NoFile, "no-file"),
        (Kind::EmptyFile, "empty-file"),
        (Kind::TrailingComma, "trailing-comma"),
        (Kind::NotJson, "not-json"),
        (Kind::Missing, "missing"),
        (Kind::Doubled, "doubled"),
        (Kind::NotObject, "not-object"),
        (Kind::NotArray, "not-array"),
        (Kind::NotText, "not-text"),
        (Kind::AmountIsNumber, "amount-is-number"),
        (Kind::Blank, "blank"),
        (Kind::TooLong { limit: 1 }, "too-long"),
        (Kind::Characters, "characters"),
        (Kind::SkuFormat, "sku-format"),
        (Kind::SkuRepeated { first: 1 }, "sku-repeated"),
        (Kind::AmountFormat, "amount-format"),
        (Kind::AmountDecimals, "amount-decimals"),
        (Kind::AmountRange, "amount-range"),
        (Kind::Currency, "currency"),
        (Kind::PicturePath, "picture-path"),
        (Kind::PictureType, "picture-type"),
        (Kind::HiddenPath, "hidden-path"),
        (Kind::PercentEncoding, "percent-encoding"),
        (Kind::TooManyItems { limit: 1 }, "too-many-items"),
    ] {
        assert_eq!(kind.code(), code);
    }
}

#[test]
fn a_shop_without_english_needs_no_english_names() {
    let rules = CatalogRules { languages: Languages::Spanish, ..CatalogRules::default() };
    let named = |name: Value| {
        let text = json!({
            "currency": "MXN",
            "items": [{ "sku": "taza", "name": name, "unitAmount": "120.00" }],
            "shippingMethods": [{ "method": "envio", "name": { "es-MX": "Envío" }, "amount": "0.00" }],
        });
        Catalog::parse(&text.to_string(), rules)
    };
    let catalog = named(json!({ "es-MX": "Taza" })).unwrap();
    assert_eq!(catalog.items()[0].name.in_locale(Locale::En).as_str(), "Taza");
    assert_eq!(catalog.shipping_methods()[0].name.in_locale(Locale::En).as_str(), "Envío");
    let catalog = named(json!({ "es-MX": "Taza", "en": "Mug" })).unwrap();
    assert_eq!(catalog.items()[0].name.in_locale(Locale::En).as_str(), "Mug");
    for name in [json!({ "en": "Mug" }), json!({ "es-MX": "Taza", "en": "" })] {
        assert_eq!(named(name).unwrap_err().problems().len(), 1);
    }
}
