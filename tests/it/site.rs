//! Which host answers what, and over which scheme.

use compago::edge::Area::{Public, Shared, Shop, Staff};
use compago::edge::PageOrigin::{Embed, Foreign};
use compago::edge::{Area, Misdirected, PageOrigin, RequestedAt, Site};
use compago::value::{HttpsUrl, Loopback, Origin};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn origin(text: &str) -> Origin {
    Origin::parse(text, Loopback::Allowed).unwrap()
}

fn site(shop: &str, staff: Option<&str>) -> Site {
    Site::new(origin(shop), staff.map(origin))
}

/// What becomes of a request: `ok`, `host <origin>` or `http <origin>`.
fn outcome(site: &Site, url: &str, forwarded: Option<&str>, area: Area) -> String {
    match site.check(&RequestedAt::new(url, None, forwarded), area) {
        Ok(()) => "ok".to_owned(),
        Err(Misdirected::WrongHost(canonical)) => format!("host {canonical}"),
        Err(Misdirected::PlainHttp(canonical)) => format!("http {canonical}"),
    }
}

#[test]
fn one_origin_for_everything() {
    let site = site("https://shop.example", None);
    let wrong = "host https://shop.example";
    for (url, expected) in [
        ("https://shop.example/x?y#z", "ok"),
        ("https://shop.example", "ok"),
        ("https://SHOP.example/", "ok"),
        ("https://shop.example?x", "ok"),
        ("https://www.shop.example/", wrong),
        ("https://shop.example.evil.example/", wrong),
        ("https://evil.example/shop.example", wrong),
        ("https://evil.example?@shop.example/", wrong),
        ("https://shop.example@evil.example/", wrong),
        ("https://shop.example./", wrong),
        ("https://shop.example:8443/", wrong),
        ("https://compago-edge.account.workers.dev/", wrong),
        ("https://203.0.113.7/", wrong),
        ("http://www.shop.example/", wrong),
        ("http://shop.example/", "http https://shop.example"),
        ("", wrong),
    ] {
        for area in [Shop, Staff, Shared] {
            assert_eq!(outcome(&site, url, None, area), expected, "{url} {area:?}");
        }
        let public = if expected == wrong { "ok" } else { expected };
        assert_eq!(outcome(&site, url, None, Public), public, "{url}");
    }
}

#[test]
fn desk_and_till_on_their_own_host() {
    let site = site("https://shop.example", Some("https://caja.shop.example"));
    let (shop, staff) = ("https://shop.example/", "https://caja.shop.example/");
    for (area, at_shop, at_staff, elsewhere) in [
        (Shop, "ok", "host https://shop.example", "host https://shop.example"),
        (Staff, "host https://caja.shop.example", "ok", "host https://caja.shop.example"),
        (Shared, "ok", "ok", "host https://shop.example"),
        (Public, "ok", "ok", "ok"),
    ] {
        assert_eq!(outcome(&site, shop, None, area), at_shop, "{area:?}");
        assert_eq!(outcome(&site, staff, None, area), at_staff, "{area:?}");
        assert_eq!(outcome(&site, "https://other.example/", None, area), elsewhere, "{area:?}");
        if at_staff == "ok" {
            assert_eq!(
                outcome(&site, "http://caja.shop.example/", None, area),
                "http https://caja.shop.example",
                "{area:?}"
            );
        }
    }
    assert_eq!(Site::new(origin(shop), Some(origin(shop))), Site::new(origin(shop), None));
}

#[test]
fn a_proxy_says_what_the_client_spoke() {
    let site = site("https://shop.example", None);
    let spoke = |url, visitor, forwarded| site.check(&RequestedAt::new(url, visitor, forwarded), Shop).is_ok();
    let plain = "http://shop.example/";
    for (visitor, forwarded, expected) in [
        (None, None, false),
        (Some(r#"{"scheme":"https"}"#), None, true),
        (Some(r#"{"scheme":"http"}"#), None, false),
        (Some("https"), None, false),
        (Some(r#"{"scheme":["https"]}"#), None, false),
        (Some(""), Some(""), false),
        (None, Some("https"), true),
        (None, Some("HTTPS, http"), true),
        (None, Some(" https "), true),
        (None, Some("http, https"), false),
        (None, Some("httpsx"), false),
        (Some(r#"{"scheme":"http"}"#), Some("https"), true),
    ] {
        assert_eq!(spoke(plain, visitor, forwarded), expected, "{visitor:?} {forwarded:?}");
    }
    assert!(spoke("https://shop.example/", Some(r#"{"scheme":"http"}"#), Some("http")), "the URL itself is https");
    assert!(spoke("http://shop.example:443/", None, Some("https")));
    assert!(!spoke("http://shop.example:443/", None, None));
    assert!(!spoke("http://other.example/", None, Some("https")), "neither header changes the host");
}

#[test]
fn on_one_machine_plain_http_is_what_there_is() {
    let site = site("http://localhost:8787", None);
    for (url, expected) in [
        ("http://localhost:8787/", "ok"),
        ("http://127.0.0.1:8787/", "host http://localhost:8787"),
        ("http://localhost:9100/", "host http://localhost:8787"),
        ("http://localhost/", "host http://localhost:8787"),
        ("http://192.168.1.7:8787/", "host http://localhost:8787"),
    ] {
        assert_eq!(outcome(&site, url, None, Shop), expected, "{url}");
    }
}

#[test]
fn subdomains_are_bound_to_https_where_they_are_the_merchants() {
    const COVERED: Option<&str> = Some("max-age=31536000; includeSubDomains");
    for (shop, url, expected) in [
        ("https://shop.example", "https://shop.example/", COVERED),
        ("https://shop.example", "http://shop.example/", COVERED),
        ("https://shop.example", "https://www.shop.example/", None),
        ("https://shop.example:8443", "https://shop.example:8443/", COVERED),
        ("https://edge.account.workers.dev", "https://edge.account.workers.dev/", None),
        ("https://edge.pages.dev", "https://edge.pages.dev/", None),
        ("https://notworkers.dev", "https://notworkers.dev/", COVERED),
        ("http://localhost:8787", "http://localhost:8787/", None),
        ("https://localhost:8787", "https://localhost:8787/", None),
    ] {
        assert_eq!(site(shop, None).strict_transport(&RequestedAt::new(url, None, None)), expected, "{shop} {url}");
    }
}

#[test]
fn a_page_that_sells_is_on_the_shops_origin_or_an_embed_origin() {
    let embeds =
        ["https://blog.example", "https://tienda.example:8443", "http://localhost:5173", "https://xn--caf-dma.example"];
    let site = site("https://shop.example", Some("https://caja.shop.example"));
    assert_eq!(site.page_origin("https://blog.example"), Foreign, "without embed origins");
    let site = site.with_embeds(embeds.map(origin).into());
    for (header, expected) in [
        ("https://shop.example", PageOrigin::Shop),
        ("https://blog.example", Embed),
        ("https://tienda.example:8443", Embed),
        ("http://localhost:5173", Embed),
        ("https://xn--caf-dma.example", Embed),
        ("https://caja.shop.example", Foreign),
        ("http://shop.example", Foreign),
        ("http://blog.example", Foreign),
        ("https://blog.example:443", Foreign),
        ("https://blog.example:8443", Foreign),
        ("https://tienda.example", Foreign),
        ("https://Blog.example", Foreign),
        ("HTTPS://blog.example", Foreign),
        ("https://blog.example.", Foreign),
        ("https://blog.example/", Foreign),
        ("https://www.blog.example", Foreign),
        ("https://example", Foreign),
        ("https://blog.example.evil.example", Foreign),
        ("https://evil-blog.example", Foreign),
        ("https://evil.example/https://blog.example", Foreign),
        ("https://blog.example@evil.example", Foreign),
        ("https://evil@blog.example", Foreign),
        ("https://café.example", Foreign),
        ("https://blog.example https://shop.example", Foreign),
        ("https://blog.example, https://blog.example", Foreign),
        ("http://localhost:5174", Foreign),
        ("http://127.0.0.1:5173", Foreign),
        ("https://blog.exampl", Foreign),
        ("null", Foreign),
        ("*", Foreign),
        ("", Foreign),
    ] {
        assert_eq!(site.page_origin(header), expected, "{header:?}");
        if let Ok(origin) = Origin::parse(header, Loopback::Allowed)
            && origin.as_str() == header
        {
            let page = HttpsUrl::parse(origin.as_str(), Loopback::Allowed).unwrap();
            assert_eq!(site.may_return_to(&page), expected != Foreign, "{header}");
        }
    }
}
