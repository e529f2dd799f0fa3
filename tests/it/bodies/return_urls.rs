//! Where payers may be sent when they come back.

use compago::edge::saved_card::SaveCardRequest;
use compago::edge::{Capability, OperatorOrderRequest, ShopOrderRequest, Site};
use compago::value::{HttpsUrl, Origin};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::found;
use crate::orders::{operator_order, shop, shop_order};

#[test]
fn a_return_url_stays_on_the_shops_own_origin() {
    let cases = [
        ("https://shop.example/gracias?x=1", None),
        ("https://shop.example:8443/", Some("url-origin")),
        ("https://shop.example.evil.example/", Some("url-origin")),
        ("https://evil.example/https://shop.example/", Some("url-origin")),
        ("https://shop.example@evil.example/", Some("url-format")),
        ("//shop.example/", Some("url-https")),
        ("/gracias", Some("url-https")),
        ("javascript:alert(1)", Some("url-https")),
        ("http://localhost:8787/", Some("url-https")),
    ];
    for (url, code) in cases {
        let mut body = operator_order();
        body["returnUrl"] = json!(url);
        let outcome = OperatorOrderRequest::from_json(&crate::wire::tree(&body), &shop());
        match code {
            None => assert!(outcome.is_ok(), "{url}"),
            Some(code) => assert_eq!(found(&outcome.unwrap_err()), [("/returnUrl", code)], "{url}"),
        }
    }
}

/// What is wrong with a shop order that brings its payer back to that page.
fn wrong_with_return_to(url: &str, site: Option<&Site>) -> Option<String> {
    let mut body = shop_order();
    body["returnUrl"] = json!(url);
    let body = crate::wire::tree(&body);
    let outcome = match site {
        Some(site) => ShopOrderRequest::from_json_for(&body, site),
        None => ShopOrderRequest::from_json(&body),
    };
    let problems = outcome.err()?;
    assert_eq!(found(&problems).len(), 1, "{url}");
    Some(found(&problems).first().map(|(pointer, code)| format!("{pointer} {code}")).unwrap_or_default())
}

#[test]
fn a_payer_of_a_shop_order_returns_to_the_shop_or_an_embed_origin() {
    let site = Site::new(shop(), Some("https://caja.shop.example".parse().unwrap()));
    let site = site.with_embeds(vec!["https://blog.example".parse().unwrap()]);
    let origin = Some("/returnUrl url-origin");
    for (url, expected, of_its_form) in [
        ("https://shop.example/gracias?x=1", None, None),
        ("https://blog.example", None, None),
        ("https://blog.example/tienda/gracias.html?x=1", None, None),
        ("HTTPS://Blog.Example:443/", None, None),
        ("https://caja.shop.example/", origin, None),
        ("https://blog.example:8443/", origin, None),
        ("https://blog.example.evil.example/", origin, None),
        ("https://www.blog.example/", origin, None),
        ("https://evil.example/https://blog.example/", origin, None),
        ("https://evil.example?https://blog.example/", origin, None),
        ("http://localhost:5173/", origin, None),
        ("https://blog.example@evil.example/", Some("/returnUrl url-format"), Some("/returnUrl url-format")),
        ("https://blog.example/#tienda", Some("/returnUrl url-format"), Some("/returnUrl url-format")),
        ("https://blog.example./", Some("/returnUrl url-format"), Some("/returnUrl url-format")),
        ("http://blog.example/", Some("/returnUrl url-https"), Some("/returnUrl url-https")),
        ("javascript:alert(1)", Some("/returnUrl url-https"), Some("/returnUrl url-https")),
        ("/gracias", Some("/returnUrl url-https"), Some("/returnUrl url-https")),
    ] {
        assert_eq!(wrong_with_return_to(url, Some(&site)).as_deref(), expected, "{url}");
        assert_eq!(wrong_with_return_to(url, None).as_deref(), of_its_form, "{url} by its form");
    }
}

#[test]
fn nobody_returns_to_the_api() {
    let site = Site::new(shop(), None).with_embeds(vec!["https://blog.example".parse().unwrap()]);
    let origin = Some("/returnUrl url-origin");
    for (path, expected) in [
        ("/api/shop/return", origin),
        ("/api/shop/return/", origin),
        ("/api/shop/return?order=x", origin),
        ("/api", origin),
        ("/api/", origin),
        ("/api?x", origin),
        ("//api/shop/return", origin),
        ("/API/shop/return", origin),
        ("/%61pi/shop/return", origin),
        ("/api%2Fshop/return", origin),
        ("/%5Capi/shop/return", origin),
        ("/apis", None),
        ("/gracias/api/", None),
        ("/?/api/shop/return", None),
    ] {
        let url = format!("https://shop.example{path}");
        assert_eq!(wrong_with_return_to(&url, Some(&site)).as_deref(), expected, "{url}");
        assert_eq!(wrong_with_return_to(&url, None), None, "{url} by its form");
        let elsewhere = format!("https://blog.example{path}");
        assert_eq!(wrong_with_return_to(&elsewhere, Some(&site)), None, "{elsewhere}");
        let mut body = operator_order();
        body["returnUrl"] = json!(url);
        let of_operator = OperatorOrderRequest::from_json(&crate::wire::tree(&body), &shop());
        assert_eq!(of_operator.is_err(), expected.is_some(), "{url} of an operator");
        let card = json!({
            "billingInformation": { "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "55 1234 0000" },
            "returnUrl": url,
        });
        let of_card = SaveCardRequest::from_json(&crate::wire::tree(&card), &shop());
        assert_eq!(of_card.is_err(), expected.is_some(), "{url} of a card");
    }
}

#[test]
fn a_return_url_has_room_for_the_capability() {
    let longest = "https://shop.example/".to_owned();
    // `?order=` and the capability.
    let room = HttpsUrl::MAX_CHARS - longest.len() - 7 - Capability::CHARS;
    let site = Site::new(shop(), None);
    let fits = format!("{longest}{}", "a".repeat(room));
    assert_eq!(wrong_with_return_to(&fits, Some(&site)), None);
    let too_long = format!("{fits}a");
    assert_eq!(wrong_with_return_to(&too_long, Some(&site)).as_deref(), Some("/returnUrl too-long"));
    let mut body = operator_order();
    body["returnUrl"] = json!(too_long);
    let problems = OperatorOrderRequest::from_json(&crate::wire::tree(&body), &shop()).unwrap_err();
    assert_eq!(found(&problems), [("/returnUrl", "too-long")]);
}

#[test]
fn a_shop_on_loopback_accepts_its_own_http_urls() {
    let local = Origin::parse("http://localhost:8787", compago::value::Loopback::Allowed).unwrap();
    let mut body = operator_order();
    body["returnUrl"] = json!("http://localhost:8787/gracias");
    assert!(OperatorOrderRequest::from_json(&crate::wire::tree(&body), &local).is_ok());
    body["returnUrl"] = json!("http://localhost:8788/gracias");
    assert_eq!(
        found(&OperatorOrderRequest::from_json(&crate::wire::tree(&body), &local).unwrap_err()),
        [("/returnUrl", "url-origin")]
    );
}
