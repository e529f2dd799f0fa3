use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{catalog_mistakes, number_to_dial, shop_mistakes, shop_theme};

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

#[wasm_bindgen_test]
fn a_number_is_dialled_as_the_worker_reads_it() {
    assert_eq!(number_to_dial("(999) 555 0178").as_deref(), Some("+529995550178"));
    assert_eq!(number_to_dial("ext. 5"), None);
}
