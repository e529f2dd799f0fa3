//! What is wrong with the shop's file, in words for whoever edits it, and what is read from one with nothing wrong.

use compago::edge::palette::Theme;
use compago::edge::{FileError, Languages, ShopFile};
use compago::problem::Locale;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::wire::to_value;

const FILE: &str = "shop/shop.json";

/// What a file must have.
fn least() -> Value {
    json!({
        "name": "Taller Nube",
        "address": "Calle 60 491, Centro, 97000 Mérida, Yucatán",
        "email": "hola@tallernube.example",
        "privacyNotice": "/aviso-de-privacidad.html",
    })
}

fn whole() -> Value {
    serde_json::from_str(include_str!("../shop/shop.json")).unwrap()
}

fn with(field: &str, value: Value) -> Value {
    let mut file = least();
    file[field] = value;
    file
}

fn parse(file: &Value) -> Result<ShopFile, FileError> {
    ShopFile::parse(&file.to_string())
}

fn read(field: &str, value: Value) -> ShopFile {
    parse(&with(field, value)).unwrap()
}

/// Returns the messages about a file, without its name.
fn lines(file: &Value, locale: Locale) -> Vec<String> {
    let message = parse(file).expect_err(&file.to_string()).message(FILE, locale);
    message.lines().map(|line| line.strip_prefix(FILE).unwrap().to_owned()).collect()
}

fn english(field: &str, value: &Value) -> Vec<String> {
    lines(&with(field, value.clone()), Locale::En)
}

#[test]
fn a_file_with_the_least_has_defaults_for_the_rest() {
    let shop = parse(&least()).unwrap();
    assert_eq!((&*shop.name, shop.email.as_str()), ("Taller Nube", "hola@tallernube.example"));
    assert_eq!((shop.legal_name, shop.rfc, shop.phone, shop.whatsapp), (None, None, None, None));
    assert_eq!((shop.logo, shop.icon, shop.terms, shop.returns), (None, None, None, None));
    assert_eq!((shop.colors.light, shop.colors.dark), (Theme::LIGHT, Theme::DARK));
    assert_eq!(shop.languages, Languages::Both);
    assert_eq!(shop.time_zone.name(), "America/Mexico_City");
    assert_eq!(shop.link_life.minutes(), 60);
    assert!(!shop.shipping_required);
    assert_eq!(shop.texts.headline, None);
}

#[test]
fn a_field_that_is_null_is_missing() {
    let mut file = least();
    for field in ["rfc", "phone", "colors", "languages", "timeZone", "texts", "linkMinutes", "shippingRequired"] {
        file[field] = Value::Null;
    }
    assert_eq!(parse(&file), parse(&least()));
    assert_eq!(
        english("email", &Value::Null),
        [r#": email is missing; add the e-mail address, such as "hello@example.com"."#]
    );
}

#[test]
fn all_fields_are_read() {
    let shop = parse(&whole()).unwrap();
    assert_eq!(shop.legal_name.as_deref(), Some("Taller Nube del Sureste, S.A. de C.V."));
    assert_eq!(shop.rfc.unwrap().as_str(), "TNS170824QX7");
    let phone = shop.phone.unwrap();
    assert_eq!((&*phone.written, phone.number.as_str()), ("+52 999 555 0178", "+529995550178"));
    assert_eq!(shop.colors.light.accent.to_string(), "#0b6e6e");
    assert_eq!(shop.colors.light.background, Theme::LIGHT.background);
    assert_eq!(shop.texts.tagline.unwrap().in_locale(Locale::En), "things made by hand");
    assert_eq!(shop.terms.unwrap().as_str(), "/terminos.html");

    assert_eq!(read("timeZone", json!("America/Tijuana")).time_zone.name(), "America/Tijuana");
    assert_eq!(read("linkMinutes", json!(10)).link_life.minutes(), 10);
    assert_eq!(read("linkMinutes", json!(2880)).link_life.minutes(), 2880);
    assert!(read("shippingRequired", json!(true)).catalog_rules().shipping_required);
    assert_eq!(read("rfc", json!(" ñ&a-000229-1a0 ")).rfc.unwrap().as_str(), "Ñ&A0002291A0");
    assert_eq!(read("name", json!("  Taller \u{200B} Nube ")).name, "Taller Nube");
    assert_eq!(read("$schema", json!("../schemas/shop.schema.json")), parse(&least()).unwrap());
}

#[test]
fn each_mistake_names_field_and_remedy() {
    for (field, value, message) in [
        ("name", json!(""), r#"name is empty; write the shop's name, such as "Taller Nube"."#),
        ("name", json!("x".repeat(61)), "name has more than 60 characters; shorten it."),
        ("name", json!(7), r#"name is not text; write in quotes the shop's name, such as "Taller Nube"."#),
        ("legalName", json!("x".repeat(121)), "legalName has more than 120 characters; shorten it."),
        ("address", json!("x".repeat(201)), "address has more than 200 characters; shorten it."),
        (
            "email",
            json!("hola"),
            r#"email is not an e-mail address; write the e-mail address, such as "hello@example.com"."#,
        ),
        (
            "email",
            json!("a..b@example.com"),
            r#"email is not an e-mail address; write the e-mail address, such as "hello@example.com"."#,
        ),
        ("phone", json!("555"), r#"phone is not a telephone number; write the number, such as "+52 999 555 0134"."#),
        (
            "whatsapp",
            json!("https://wa.me/1"),
            r#"whatsapp is not a telephone number; write the number, such as "+52 999 555 0134"."#,
        ),
        ("rfc", json!("TNS17082QX7"), r#"rfc is not an RFC; write the RFC, such as "TNU190312AB1"."#),
        ("rfc", json!("TNS170230QX7"), "rfc has no valid date in its six digits (year, month and day); correct it."),
        (
            "logo",
            json!("logo.svg"),
            r#"logo is not the path of a file of this site; put it into the shop's folder and write the logo's path, such as "/img/logo.svg"."#,
        ),
        (
            "timeZone",
            json!("Mexico City"),
            r#"timeZone is not a time zone; write the time zone, such as "America/Mexico_City" or "America/Tijuana"."#,
        ),
        ("linkMinutes", json!(9), "linkMinutes is not between 10 and 2880; write the minutes, such as 60."),
        ("linkMinutes", json!(2881), "linkMinutes is not between 10 and 2880; write the minutes, such as 60."),
        (
            "linkMinutes",
            json!("60"),
            "linkMinutes is not a whole number; write without quotes the minutes, such as 60.",
        ),
        (
            "linkMinutes",
            json!(60.5),
            "linkMinutes is not a whole number; write without quotes the minutes, such as 60.",
        ),
        ("linkMinutes", json!(-60), "linkMinutes is not a whole number; write without quotes the minutes, such as 60."),
        (
            "linkMinutes",
            json!(99_999_999_999_u64),
            "linkMinutes is not between 10 and 2880; write the minutes, such as 60.",
        ),
        (
            "shippingRequired",
            json!("true"),
            "shippingRequired is neither true nor false; write without quotes true if each order must choose a shipping method, or false.",
        ),
        ("languages", json!("es-MX"), r#"languages is not a list; write ["es-MX"] or ["es-MX", "en"]."#),
        (
            "languages",
            json!(["es-MX", "fr"]),
            r#"languages has a language that the pages do not support; write ["es-MX"] or ["es-MX", "en"]."#,
        ),
        ("languages", json!(["en"]), r#"languages does not include "es-MX"; add it: ["es-MX"] or ["es-MX", "en"]."#),
        ("languages", json!([]), r#"languages does not include "es-MX"; add it: ["es-MX"] or ["es-MX", "en"]."#),
        ("colors", json!("red"), r#"colors is not an object; write the colors, { "light": { … }, "dark": { … } }."#),
        (
            "colors",
            json!({ "light": { "accent": "red" } }),
            r##"colors.light.accent is not a color; write # and six hexadecimal digits, such as "#1f5a8c"."##,
        ),
        (
            "colors",
            json!({ "dark": 5 }),
            r##"colors.dark is not an object; write the colors, { "accent": "#9cc4ea", "background": "#15171a", "text": "#eceef1" }."##,
        ),
        (
            "texts",
            json!({ "tagline": "barro" }),
            r#"texts.tagline is not an object; write the text in the shop's languages, { "es-MX": "…", "en": "…" }."#,
        ),
        ("texts", json!({ "lead": { "es-MX": "Barro" } }), "texts.lead.en is missing; add the English text."),
        ("texts", json!({ "lead": { "en": "Clay" } }), "texts.lead.es-MX is missing; add the Spanish text."),
        (
            "texts",
            json!({ "headline": { "es-MX": "x".repeat(81), "en": "Clay" } }),
            "texts.headline.es-MX has more than 80 characters; shorten it.",
        ),
        (
            "texts",
            json!({ "payment": { "es-MX": "IVA", "en": "x".repeat(301) } }),
            "texts.payment.en has more than 300 characters; shorten it.",
        ),
        ("nombre", json!("Nube"), "nombre is not used here; remove it or check its spelling."),
        ("texts", json!({ "slogan": {} }), "texts.slogan is not used here; remove it or check its spelling."),
        (
            "texts",
            json!({ "lead": { "es-MX": "Barro", "en": "Clay", "fr": "Argile" } }),
            "texts.lead.fr is not used here; remove it or check its spelling.",
        ),
        ("colors", json!({ "Light": {} }), "colors.Light is not used here; remove it or check its spelling."),
        (
            "colors",
            json!({ "dark": { "link": "#ffffff" } }),
            "colors.dark.link is not used here; remove it or check its spelling.",
        ),
        (
            "x\ny".repeat(40).as_str(),
            json!(1),
            &format!("{} is not used here; remove it or check its spelling.", "xy".repeat(30)),
        ),
    ] {
        assert_eq!(english(field, &value), [format!(": {message}")]);
    }
}

#[test]
fn a_page_is_a_path_of_the_site_or_an_https_url() {
    for link in ["/aviso.html", "/legal/aviso", "/aviso?v=2", "https://example.com/aviso", "https://example.com"] {
        assert_eq!(read("privacyNotice", json!(link)).privacy_notice.as_str(), link);
    }
    for (link, encoded) in [
        ("/términos y condiciones.html", "/t%C3%A9rminos%20y%20condiciones.html"),
        ("/legal.html#envíos", "/legal.html#env%C3%ADos"),
        ("/legal%20.html?v=2#a/b?c", "/legal%20.html?v=2#a/b?c"),
        ("https://example.com/política de envíos#2", "https://example.com/pol%C3%ADtica%20de%20env%C3%ADos#2"),
    ] {
        assert_eq!(read("terms", json!(link)).terms.unwrap().as_str(), encoded);
    }
    assert!(english("terms", &json!("/.git/x"))[0].starts_with(": terms has a name that begins with a dot"));
    for link in ["/100%.html", "https://example.com/%E", "/a#%"] {
        assert!(english("terms", &json!(link))[0].starts_with(": terms has a % that is not part of"), "{link}");
    }
    let long = format!("/{}", "a".repeat(200));
    assert_eq!(english("terms", &json!(long)), [": terms has more than 200 characters; shorten it."]);
    for link in [
        "aviso.html",
        "//example.com/x",
        "http://example.com/",
        "/",
        "/a\nb",
        "/a\\b",
        "javascript:alert(1)",
        "/../x",
        "/a%2Fb",
        "/a#b#c",
    ] {
        for field in ["privacyNotice", "terms", "returns"] {
            let found = english(field, &json!(link));
            assert!(found[0].starts_with(&format!(": {field} is not a page; write where ")), "{link}: {found:?}");
            assert_eq!(found.len(), 1);
        }
    }
}

#[test]
fn colors_that_cannot_be_read_are_refused_with_their_contrast() {
    for (colors, message) in [
        (
            json!({ "light": { "accent": "#9cc4ea" } }),
            "colors.light.accent is too light for colors.light.background: its contrast is 1.74 to 1 and must be 4.5 to 1 or more; use a darker color.",
        ),
        (
            json!({ "dark": { "text": "#333333" } }),
            "colors.dark.text is too dark for colors.dark.background: its contrast is 1.42 to 1 and must be 4.5 to 1 or more; use a lighter color.",
        ),
        // The text is the default: what the merchant wrote has to change.
        (
            json!({ "light": { "background": "#555555", "accent": "#ffffff" } }),
            "colors.light.background is too dark for colors.light.text: its contrast is 2.04 to 1 and must be 4.5 to 1 or more; use a lighter color.",
        ),
    ] {
        assert_eq!(english("colors", &colors), [format!(": {message}")]);
    }
    let both =
        english("colors", &json!({ "light": { "background": "#ffffff", "text": "#888888", "accent": "#999999" } }));
    assert_eq!(both.len(), 2, "{both:?}");
}

#[test]
fn a_shop_without_english_needs_none() {
    let mut file = with("languages", json!(["es-MX"]));
    file["texts"] = json!({ "lead": { "es-MX": "Barro y palma." } });
    let shop = parse(&file).unwrap();
    assert_eq!(shop.languages.as_slice(), [Locale::EsMx]);
    let lead = shop.texts.lead.unwrap();
    assert_eq!((&*lead.es_mx, &*lead.en), ("Barro y palma.", "Barro y palma."));
}

#[test]
fn all_mistakes_are_reported_at_once_in_the_order_of_the_fields() {
    let file = json!({ "name": 5, "email": "x", "colors": { "light": { "text": "#ffffff" } }, "rfc": "x", "zip": 1 });
    let found = lines(&file, Locale::En);
    let fields: Vec<_> = found.iter().map(|line| line[2..].split(' ').next().unwrap()).collect();
    assert_eq!(fields, ["name", "rfc", "address", "email", "colors.light.text", "privacyNotice", "zip"]);
}

#[test]
fn spanish_says_the_same() {
    let spanish = |field, value| lines(&with(field, value), Locale::EsMx);
    assert_eq!(spanish("zip", json!(1)), [": zip no se usa aquí; quítalo o revisa cómo está escrito."]);
    assert_eq!(
        spanish("linkMinutes", json!(5)),
        [": linkMinutes no está entre 10 y 2880; escribe los minutos, como 60."]
    );
    assert_eq!(
        spanish("colors", json!({ "light": { "accent": "#9cc4ea" } })),
        [
            ": colors.light.accent es demasiado claro para colors.light.background: su contraste es de 1.74 a 1 y debe ser de 4.5 a 1 o más; usa un color más oscuro."
        ]
    );
}

#[test]
fn a_file_that_is_missing_or_empty_says_what_to_write() {
    let of = |text: Option<&str>| ShopFile::parse_file(text).unwrap_err().message(FILE, Locale::En);
    let least = r#"{ "name": …, "address": …, "email": …, "privacyNotice": … }"#;
    assert_eq!(of(None), format!("shop/shop.json: there is no such file; add it with {least}."));
    assert_eq!(of(Some("\u{FEFF}\n")), format!("shop/shop.json: the file is empty; write {least}."));
    assert_eq!(
        of(Some("{\n\"name\": \"A\",\n}")),
        "shop/shop.json, line 2, column 12: there is a comma before a closing bracket; remove it."
    );
}

#[test]
fn customers_are_told_who_sells() {
    let origin = "https://tienda.example".parse().unwrap();
    assert_eq!(
        to_value(&parse(&whole()).unwrap().seller(&origin)),
        json!({
            "name": "Taller Nube",
            "legalName": "Taller Nube del Sureste, S.A. de C.V.",
            "rfc": "TNS170824QX7",
            "address": "Calle 60 491, Centro, 97000 Mérida, Yucatán",
            "phone": "+52 999 555 0178",
            "email": "hola@tallernube.example",
            "languages": ["es-MX", "en"],
            "timeZone": "America/Mexico_City",
            "privacyNotice": "https://tienda.example/aviso-de-privacidad.html",
            "terms": "https://tienda.example/terminos.html",
        })
    );
    let elsewhere = read("privacyNotice", json!("https://example.com/aviso")).seller(&origin);
    assert_eq!(elsewhere.privacy_notice, "https://example.com/aviso");
}
