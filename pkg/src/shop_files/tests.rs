use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{catalog_mistakes, catalog_values, shop_mistakes, shop_theme, shop_values};

const SHOP: &str = r##"{
    "name": "Taller Nube", "address": "Calle 60 491, Mérida", "email": "hola@tallernube.example", "privacyNotice": "/aviso.html",
    "colors": { "dark": { "accent": "#7FD6D0" } }
}"##;
const CATALOG: &str =
    r#"{ "currency": "MXN", "items": [{ "sku": "taza", "name": { "es-MX": "Taza" }, "unitAmount": "120.00" }] }"#;

#[wasm_bindgen_test]
fn mistakes_are_named_in_both_languages() {
    let named = |text: Option<&str>, language| shop_mistakes(text.map(str::to_owned), "shop.json", language);
    assert!(named(Some(SHOP), "en").is_empty());
    let wrong = SHOP.replace("/aviso.html", "aviso.html").replace("Taller Nube", "");
    assert_eq!(named(Some(&wrong), "en").len(), 2);
    assert_eq!(
        named(Some(&wrong), "es-MX").first().map(String::as_str),
        Some(r#"shop.json: name está vacío; escribe el nombre de la tienda, como "Taller Nube"."#)
    );
    assert!(named(None, "en").iter().all(|line| line.starts_with("shop.json: there is no such file;")));
}

#[wasm_bindgen_test]
fn the_shops_file_decides_what_a_catalog_needs() {
    let mistakes = |shop: Option<String>| catalog_mistakes(Some(CATALOG.to_owned()), "catalog.json", "en", shop);
    let english = r#"catalog.json, item 1 ("taza"): name.en is missing; add the English name."#;
    assert_eq!(mistakes(None), [english]);
    assert_eq!(mistakes(Some("{".to_owned())), [english], "a file with mistakes has others to report them");
    let spanish = SHOP.replacen('{', r#"{ "languages": ["es-MX"], "#, 1);
    assert!(mistakes(Some(spanish.clone())).is_empty());
    let shipped = mistakes(Some(spanish.replacen('{', r#"{ "shippingRequired": true, "#, 1)));
    assert!(shipped.iter().all(|line| line.contains("shippingMethods is empty")) && shipped.len() == 1);
}

#[wasm_bindgen_test]
fn a_theme_has_a_color_for_each_token() {
    let theme = shop_theme(SHOP);
    let of = |theme: &JsValue, name: &str| Reflect::get(theme, &name.into()).unwrap_or_default();
    let (light, dark) = (of(&theme, "light"), of(&theme, "dark"));
    assert_eq!(of(&light, "accent"), "#1f5a8c");
    assert_eq!(of(&dark, "accent"), "#7fd6d0");
    let names =
        |theme: &JsValue| JSON::stringify(&Object::keys(theme.unchecked_ref::<Object>()).into()).map(String::from);
    assert_eq!(names(&light), names(&dark));
    assert!(shop_theme("{}").is_undefined());
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).map(String::from).unwrap_or_default()
}

fn field(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or_default()
}

#[wasm_bindgen_test]
fn pages_show_the_shop_as_answers_do() {
    let written = SHOP
        .replace("Taller Nube", "  Taller\u{200B} Nube ")
        .replacen('{', r#"{ "rfc": "tnu-190312-ab1", "phone": "(999) 555 0178", "whatsapp": "999 555 0178", "#, 1)
        .replacen(
            '{',
            r#"{ "timeZone": "america/tijuana", "texts": { "lead": { "es-MX": " Hola ", "en": "Hi" } }, "#,
            1,
        );
    let shop = shop_values(&written);
    for (name, expected) in [
        ("name", "Taller Nube"),
        ("rfc", "TNU190312AB1"),
        ("phone", "(999) 555 0178"),
        ("phoneLink", "tel:+529995550178"),
        ("whatsappLink", "https://wa.me/529995550178"),
        ("timeZone", "America/Tijuana"),
    ] {
        assert_eq!(field(&shop, name), expected, "{name}");
    }
    assert_eq!(json(&field(&shop, "languages")), r#"["es-MX","en"]"#);
    assert_eq!(json(&field(&field(&shop, "texts"), "lead")), r#"{"es":"Hola","en":"Hi"}"#);
    assert!(field(&shop, "terms").is_null() && field(&field(&shop, "texts"), "payment").is_null());
    assert_eq!(field(&shop, "linkMinutes"), 60);
    assert!(shop_values("{}").is_undefined());
}

#[wasm_bindgen_test]
fn a_link_to_write_to_the_shop_keeps_its_whole_address() {
    let shop = shop_values(&SHOP.replace("hola@", "a?b&c%d#e@"));
    assert_eq!(field(&shop, "email"), "a?b&c%d#e@tallernube.example");
    assert_eq!(field(&shop, "emailLink"), "mailto:a%3Fb%26c%25d%23e@tallernube.example");
}

#[wasm_bindgen_test]
fn pages_show_items_as_answers_do() {
    let mug = r#""name": { "es-MX": " Taza ", "en": "Mug" }, "unitAmount": "120.5""#;
    let more = r#""description": { "en": " Clay " }, "picture": "/img/taza.jpg", "available": false"#;
    let text =
        format!(r#"{{ "currency": "MXN", "items": [{{ "sku": "a", {mug} }}, {{ "sku": "b", {mug}, {more} }}] }}"#);
    assert_eq!(
        json(&catalog_values(&text, SHOP)),
        concat!(
            r#"{"items":[{"sku":"a","name":{"es":"Taza","en":"Mug"},"unitAmount":"120.50","description":null,"#,
            r#""picture":null,"available":true},{"sku":"b","name":{"es":"Taza","en":"Mug"},"unitAmount":"120.50","#,
            r#""description":{"es":"Clay","en":"Clay"},"picture":"/img/taza.jpg","available":false}]}"#
        )
    );
    let spanish = catalog_values(CATALOG, &SHOP.replacen('{', r#"{ "languages": ["es-MX"], "#, 1));
    assert!(json(&spanish).contains(r#""name":{"es":"Taza","en":null}"#));
    assert!(catalog_values(CATALOG, SHOP).is_undefined() && catalog_values(CATALOG, "{}").is_undefined());
}
