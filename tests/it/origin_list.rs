//! Lists of origins in the Worker's configuration.

use compago::edge::origin_list;
use compago::value::Loopback;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What becomes of each entry: the origin, or what is wrong with it.
fn read(text: &str, loopback: Loopback) -> Vec<String> {
    origin_list(text, loopback).map(|entry| entry.map_or_else(|wrong| wrong.to_string(), |it| it.to_string())).collect()
}

#[test]
fn white_space_and_commas_separate_entries() {
    for nothing in ["", "  ", ",", " , \n"] {
        assert!(read(nothing, Loopback::Refused).is_empty(), "{nothing:?}");
    }
    let two = ["https://blog.example", "https://you.github.io"];
    for text in [
        "https://blog.example https://you.github.io",
        "https://blog.example,https://you.github.io/",
        " https://BLOG.example:443 ,\n\thttps://you.github.io\u{a0}",
    ] {
        assert_eq!(read(text, Loopback::Refused), two, "{text:?}");
    }
}

#[test]
fn what_is_no_origin_is_named_by_its_number() {
    for (text, wrong) in [
        ("https://blog.example.", "entry 1: URL has no legal host name"),
        ("https://a_b.example", "entry 1: URL has no legal host name"),
        ("https://a..example", "entry 1: URL has no legal host name"),
        ("https://-a.example", "entry 1: URL has no legal host name"),
        ("https://blog.example:0", "entry 1: URL has a port that is not 1 to 65535"),
        ("\u{feff}https://blog.example", "entry 1: URL does not begin with https://"),
        ("https://blog.example/tienda", "entry 1: origin has something after host and port"),
        ("http://localhost:5173", "entry 1: URL does not begin with https://"),
    ] {
        assert!(
            read(text, Loopback::Refused).contains(&wrong.to_owned()),
            "{text:?}: {:?}",
            read(text, Loopback::Refused)
        );
    }
    assert_eq!(
        read("https://blog.example nowhere http://localhost:5173", Loopback::Allowed),
        ["https://blog.example", "entry 2: URL does not begin with https://", "http://localhost:5173"]
    );
}
