//! Which addresses are one client.

use compago::edge::{ClientAddress, ClientKey, SigningKeys};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn client(text: &str) -> Option<String> {
    text.parse::<ClientAddress>().ok().map(|client| client.to_string())
}

#[test]
fn who_is_counted() {
    for (text, expected) in [
        ("203.0.113.7", "203.0.113.7"),
        (" 203.0.113.7\t", "203.0.113.7"),
        ("203.0.113.7:443", "203.0.113.7"),
        ("0.0.0.0", "0.0.0.0"),
        // IPv4 in IPv6: mapped, translated, NAT64.
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("::FFFF:cb00:7107", "203.0.113.7"),
        ("0:0:0:0:0:ffff:203.0.113.7", "203.0.113.7"),
        ("[::ffff:203.0.113.7]:443", "203.0.113.7"),
        ("::ffff:0:203.0.113.7", "203.0.113.7"),
        ("64:ff9b::203.0.113.7", "203.0.113.7"),
        ("0064:FF9B:0:0:0:0:CB00:7107", "203.0.113.7"),
        // Not the well-known prefixes: networks as any other.
        ("64:ff9b:1::203.0.113.7", "64:ff9b:1::/64"),
        ("::203.0.113.7", "::/64"),
        ("::1", "::/64"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2:FFFF::", "2001:db8:1:2::/64"),
        ("2001:0db8:0001:0002::1", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::1]", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::1]:8443", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("[fe80::1%25eth0]:80", "fe80::/64"),
        // Seven colons and digits alone are an address, not one with a port.
        ("1:2:3:4:5:6:7:8", "1:2:3:4::/64"),
    ] {
        assert_eq!(client(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_address() {
    for text in [
        "",
        " ",
        "unknown",
        "localhost",
        "203.0.113",
        "203.0.113.256",
        "203.0.113.07",
        "0xcb.0.113.7",
        "3405803783",
        "203.0.113.7, 198.51.100.1",
        "203.0.113.7 198.51.100.1",
        "203.0.113.7/32",
        "203.0.113.7:",
        "203.0.113.7:http",
        "203.0.113.7%eth0",
        "[203.0.113.7",
        "[2001:db8::1",
        "2001:db8::1]",
        "[2001:db8::1]x",
        "[2001:db8::1]:",
        "2001:db8::1::",
        "2001:db8::1%",
        "2001:db8::12345",
        "2001:db8::1/64",
        "::ffff:203.0.113.256",
        "ñ",
        "2001:db8::ñ",
    ] {
        assert_eq!(client(text), None, "{text}");
    }
}

#[test]
fn keys_tell_clients_and_networks_apart() {
    let keys: SigningKeys = "new-key-new-key-new-key-new-key-1".parse().unwrap();
    let key = |text: &str| text.parse::<ClientAddress>().unwrap().key(&keys);
    let (v4, near, far) = (key("203.0.113.7"), key("2001:db8:1:2::1"), key("2001:db8:2:2::1"));
    assert_eq!(v4, key("::ffff:203.0.113.7"));
    assert_ne!(v4, key("203.0.113.8"));
    assert_eq!(v4.network(), None, "IPv4 addresses are counted one by one");
    assert_eq!(near, key("2001:db8:1:2:ffff::9"));
    assert_ne!(near, key("2001:db8:1:3::1"));
    assert_eq!(near.network(), key("2001:db8:1:3::1").network());
    assert_eq!(near.network().map(str::len), Some(16));
    assert_ne!(near.network(), far.network());
    assert_ne!(near.network(), key("2001:db8:1::1").as_str().get(16..), "a /48 is not its first /64");

    let other: SigningKeys = "other-key-other-key-other-key-oth".parse().unwrap();
    assert_ne!("203.0.113.7".parse::<ClientAddress>().unwrap().key(&other), v4, "nobody can try all addresses out");
    assert!(!v4.as_str().contains("203"));
    for key in [&v4, &near] {
        assert_eq!(key.as_str().parse::<ClientKey>().as_ref(), Ok(key));
    }
    for text in ["", "0", &"0".repeat(15), &"0".repeat(17), &"0".repeat(33), &"A".repeat(16), &"ñ".repeat(8)] {
        assert!(text.parse::<ClientKey>().is_err(), "{text}");
    }
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_way_to_write_ipv4_is_one_client(bits: u32) {
            let address = Ipv4Addr::from_bits(bits);
            let plain = ClientAddress::from(IpAddr::V4(address));
            prop_assert_eq!(plain.to_string(), address.to_string());
            for text in [format!("::ffff:{address}"), format!("64:ff9b::{address}"), format!("::ffff:0:{address}"), format!("{address}:80")] {
                prop_assert_eq!(text.parse(), Ok(plain), "{}", text);
            }
        }

        #[test]
        fn a_network_of_64_bits_is_one_client(bits: u128, host: u64) {
            let one = ClientAddress::from(IpAddr::V6(Ipv6Addr::from_bits(bits)));
            let other = ClientAddress::from(IpAddr::V6(Ipv6Addr::from_bits((bits >> 64 << 64) | u128::from(host))));
            let holds_v4 = [0, 0x64_ff9b << 32].contains(&(bits >> 64));
            prop_assert!(one == other || holds_v4);
        }

        #[test]
        fn nothing_that_is_sent_makes_it_panic(text: String, near in "[0-9a-f:.%\\[\\]]{0,50}") {
            let _ = client(&text);
            let _ = client(&near);
        }
    }
}
