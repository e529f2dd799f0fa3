//! URLs and origins: read like by every other parser, or refused.

use compago::value::{HttpsUrl, Loopback, Origin, UrlError};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn urls_keep_their_spelling_beyond_scheme_and_host() {
    for (text, expected) in [
        ("https://shop.example", "https://shop.example/"),
        ("https://shop.example?a=1", "https://shop.example/?a=1"),
        ("HTTPS://Shop.Example:443/Pago?Ref=A", "https://shop.example/Pago?Ref=A"),
        ("https://shop.example:8443/", "https://shop.example:8443/"),
        ("https://xn--caf-dma.example/a/b//c", "https://xn--caf-dma.example/a/b//c"),
        ("https://shop.example/%C3%A1?x=%0A&y=a/b?c", "https://shop.example/%C3%A1?x=%0A&y=a/b?c"),
        ("https://shop.example/..a/a../...", "https://shop.example/..a/a../..."),
        ("https://shop.example/?to=../x", "https://shop.example/?to=../x"),
        ("https://localhost/", "https://localhost/"),
    ] {
        assert_eq!(text.parse::<HttpsUrl>().unwrap().as_str(), expected);
    }
}

#[test]
fn ambiguous_urls_are_refused() {
    use UrlError::{Character, DotSegment, Fragment, Host, PercentEncoding, Port, Scheme, UserInfo};
    for (text, error) in [
        ("", Scheme),
        ("shop.example", Scheme),
        ("//shop.example/", Scheme),
        ("http://shop.example/", Scheme),
        ("http://localhost/", Scheme),
        ("javascript://shop.example/", Scheme),
        (" https://shop.example/", Scheme),
        ("https:/shop.example/", Scheme),
        ("https:\\\\shop.example/", Scheme),
        ("https://", Host),
        ("https:///path", Host),
        ("https://:443/", Host),
        ("https://shop.example./", Host),
        ("https://.shop.example/", Host),
        ("https://shop..example/", Host),
        ("https://-shop.example/", Host),
        ("https://shop_.example/", Host),
        ("https://café.example/", Host),
        ("https://shop%2eexample/", Host),
        ("https://shop.example\\@evil.example/", UserInfo),
        ("https://shop.example\\.evil.example/", Host),
        ("https://shop.example\n/", Host),
        ("https://10.0.0.1/", Host),
        ("https://127.0.0.1/", Host),
        ("https://2130706433/", Host),
        ("https://0x7f.0x1/", Host),
        ("https://1.2.0x7/", Host),
        ("https://[::1]/", Host),
        ("https://[fe80::1]/", Host),
        ("https://[::1/", Host),
        ("https://user@shop.example/", UserInfo),
        ("https://user:pass@shop.example/", UserInfo),
        ("https://shop.example:/", Port),
        ("https://shop.example:0/", Port),
        ("https://shop.example:080/", Port),
        ("https://shop.example:65536/", Port),
        ("https://shop.example:+443/", Port),
        ("https://shop.example:44a/", Port),
        ("https://shop.example/#top", Fragment),
        ("https://shop.example#", Fragment),
        ("https://shop.example/a b", Character),
        ("https://shop.example/\t", Character),
        ("https://shop.example/\u{0}", Character),
        ("https://shop.example/á", Character),
        ("https://shop.example/a\\b", Character),
        ("https://shop.example/\"", Character),
        ("https://shop.example/?<script>", Character),
        ("https://shop.example/%", PercentEncoding),
        ("https://shop.example/%4", PercentEncoding),
        ("https://shop.example/?a=%zz", PercentEncoding),
        ("https://shop.example/..", DotSegment),
        ("https://shop.example/../x", DotSegment),
        ("https://shop.example/a/./b", DotSegment),
        ("https://shop.example/%2e%2E/x", DotSegment),
        ("https://shop.example/.%2e/x", DotSegment),
        ("https://shop.example/a/%2e", DotSegment),
        ("https://shop.example/a%2f..%2fb", DotSegment),
        ("https://shop.example/a/..%5cb", DotSegment),
    ] {
        assert_eq!(text.parse::<HttpsUrl>().unwrap_err(), error, "{text:?}");
    }
}

#[test]
fn http_is_accepted_only_for_loopback_where_allowed() {
    for (text, expected) in [
        ("http://localhost:8787/a", "http://localhost:8787/a"),
        ("http://LOCALHOST:80", "http://localhost/"),
        ("http://127.0.0.1:8788/api", "http://127.0.0.1:8788/api"),
        ("http://[::1]:1/", "http://[::1]:1/"),
        ("https://[::1]/", "https://[::1]/"),
        ("https://shop.example/", "https://shop.example/"),
    ] {
        let url = HttpsUrl::parse(text, Loopback::Allowed).unwrap();
        assert_eq!(url.as_str(), expected);
        assert_eq!(compago::json::from_str::<HttpsUrl>(&compago::json::to_string(&url)).unwrap(), url);
    }
    for text in ["http://shop.example/", "http://localhost.shop.example/", "http://127.0.0.2/", "http://192.168.0.1/"] {
        assert!(HttpsUrl::parse(text, Loopback::Allowed).is_err(), "{text}");
    }
}

#[test]
fn the_length_limit_applies_to_input_and_results() {
    let base = "https://shop.example/";
    let longest = format!("{base}{}", "a".repeat(HttpsUrl::MAX_CHARS - base.len()));
    let url: HttpsUrl = longest.parse().unwrap();
    assert_eq!(format!("{longest}a").parse::<HttpsUrl>(), Err(UrlError::TooLong));
    assert_eq!(url.with_query_pair("a", "b"), Err(UrlError::TooLong));
    assert_eq!(url.join_path("a"), Err(UrlError::TooLong));
}

#[test]
fn query_pairs_are_appended_and_encoded() {
    for (text, expected) in [
        ("https://shop.example", "https://shop.example/?id=a%26b%3D%23%C3%A1%20%2F"),
        ("https://shop.example/p?", "https://shop.example/p?id=a%26b%3D%23%C3%A1%20%2F"),
        ("https://shop.example/p?x=1", "https://shop.example/p?x=1&id=a%26b%3D%23%C3%A1%20%2F"),
    ] {
        let url: HttpsUrl = text.parse().unwrap();
        assert_eq!(url.with_query_pair("id", "a&b=#á /").unwrap().as_str(), expected);
    }
}

#[test]
fn a_sole_query_pair_replaces_all_of_its_name() {
    for (query, expected) in [
        ("", "?order=new"),
        ("?", "?order=new"),
        ("?order", "?order=new"),
        ("?order=old", "?order=new"),
        ("?order=old&", "?order=new"),
        ("?order=old&order=older", "?order=new"),
        ("?x=1&order=old&y=a%20b", "?x=1&y=a%20b&order=new"),
        ("?%6frder=old&%6F%72der=a=b", "?order=new"),
        ("?Order=1&orders=2&x=order&=order&?order=3", "?Order=1&orders=2&x=order&=order&?order=3&order=new"),
    ] {
        let url: HttpsUrl = format!("https://shop.example/p{query}").parse().unwrap();
        let replaced = url.with_sole_query_pair("order", "new").unwrap();
        assert_eq!(replaced.as_str(), format!("https://shop.example/p{expected}"), "{query}");
    }
}

#[test]
fn a_url_without_its_query_is_still_a_url() {
    for (text, expected) in [
        ("https://shop.example", "https://shop.example/"),
        ("https://shop.example/?", "https://shop.example/"),
        ("https://shop.example:8443/p/q.html?email=ana@shop.example&a=?b", "https://shop.example:8443/p/q.html"),
    ] {
        let url = text.parse::<HttpsUrl>().unwrap().without_query();
        assert_eq!(url, expected.parse().unwrap());
        assert_eq!((url.as_str(), url.query()), (expected, None));
    }
}

#[test]
fn a_joined_path_stays_below_the_base() {
    let base: HttpsUrl = "https://api.example/api/?key=1".parse().unwrap();
    assert_eq!(base.join_path("/one-time-payment").unwrap().as_str(), "https://api.example/api/one-time-payment");
    for path in ["../admin", "a/../../b", "%2e%2e/b", "a?b", "a#b", "a b", "a\\b"] {
        assert!(base.join_path(path).is_err(), "{path}");
    }
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    for (text, origin, host) in [
        ("https://App.Compago.com", "https://app.compago.com", "app.compago.com"),
        ("https://app.compago.com:443/", "https://app.compago.com", "app.compago.com"),
        ("https://app.compago.com:444", "https://app.compago.com:444", "app.compago.com"),
        ("http://[::1]:8788", "http://[::1]:8788", "[::1]"),
        ("http://127.0.0.1:8788", "http://127.0.0.1:8788", "127.0.0.1"),
    ] {
        let parsed = Origin::parse(text, Loopback::Allowed).unwrap();
        assert_eq!((parsed.as_str(), parsed.host()), (origin, host));
        assert_eq!(HttpsUrl::parse(text, Loopback::Allowed).unwrap().origin(), &parsed);
    }
    for text in ["https://a.example/x", "https://a.example?x", "https://a.example#x", "https://a.example//"] {
        assert_eq!(text.parse::<Origin>(), Err(UrlError::NotAnOrigin), "{text}");
    }
}

#[test]
fn origins_that_look_alike_differ() {
    let ours: Origin = "https://app.compago.com".parse().unwrap();
    for text in ["https://app.compago.com:8443", "https://app.compago.com.evil.example", "https://evil-app.compago.com"]
    {
        assert_ne!(text.parse::<Origin>().unwrap(), ours);
    }
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use compago::value::{HttpsUrl, Loopback};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parsing_is_idempotent(rest in "[a-zA-Z0-9.:/?#@%\\\\\\[\\]-]{0,40}|.{0,20}") {
            if let Ok(url) = HttpsUrl::parse(&format!("https://{rest}"), Loopback::Allowed) {
                prop_assert_eq!(&HttpsUrl::parse(url.as_str(), Loopback::Allowed).unwrap(), &url);
                prop_assert!(url.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert!(url.as_str().starts_with(url.origin().as_str()));
            }
        }

        #[test]
        fn any_pair_can_be_appended_and_changes_nothing_else(name in ".{1,10}", value in ".{0,20}") {
            let url: HttpsUrl = "https://shop.example/p?x=1".parse().unwrap();
            let longer = url.with_query_pair(&name, &value).unwrap();
            prop_assert!(longer.as_str().starts_with("https://shop.example/p?x=1&"));
            prop_assert_eq!(longer.query().unwrap().matches('&').count(), 1);
            prop_assert_eq!(longer.query().unwrap().matches('=').count(), 2);
        }
    }
}
