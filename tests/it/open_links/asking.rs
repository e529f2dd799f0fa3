//! Which orders are asked whether they are closed when a limit is reached, and how often.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// Links of new orders: so many of each client.
fn links_of(clients: &[(&str, u64)]) -> OpenLinks {
    let mut links = OpenLinks::default();
    let mut number = 0;
    for (who, count) in clients {
        for _ in 0..*count {
            links.reserve(order(number), LinkFor::Order, Some(&client(who)), HOUR, &limits(), START).unwrap();
            number += 1;
        }
    }
    links
}

fn orders(numbers: core::ops::Range<u64>) -> Vec<Reference> {
    let mut orders: Vec<Reference> = numbers.map(order).collect();
    orders.sort_unstable();
    orders
}

fn asked(links: &mut OpenLinks, reason: Reason, who: &str, now: UnixMillis) -> Vec<Reference> {
    let mut asked = links.to_ask(reason, Some(&client(who)), now);
    asked.sort_unstable();
    asked
}

#[test]
fn only_the_links_that_count_for_the_limit() {
    let mut links =
        links_of(&[("203.0.113.7", 2), ("2001:db8:1:1::1", 3), ("2001:db8:1:2::1", 4), ("2001:db8:2:1::1", 5)]);
    assert_eq!(asked(&mut links, Reason::Client, "203.0.113.7", START), orders(0..2));
    assert_eq!(asked(&mut links, Reason::Client, "203.0.113.8", START), [], "who has none");
    assert_eq!(asked(&mut links, Reason::Client, "2001:db8:1:9::1", START), orders(2..9), "a network of 48 bits");
    assert_eq!(asked(&mut links, Reason::Shop, "203.0.113.7", START), orders(0..14));
    assert_eq!(asked(&mut links, Reason::Rate, "2001:db8:2:1::1", START), [], "that limit counts no links");
    assert_eq!(asked(&mut links, Reason::Client, "2001:db8:2:1::1", START.plus(HOUR)), [], "all are over");
}

/// Whoever is refused again and again causes a question every five seconds.
#[test]
fn each_limit_at_most_every_five_seconds() {
    let mut links = links_of(&[("203.0.113.7", 2), ("203.0.113.8", 1)]);
    let early = START.plus(SECOND.saturating_mul(5)).minus(Duration::from_millis(1));
    assert_eq!(asked(&mut links, Reason::Client, "203.0.113.7", START).len(), 2);
    assert_eq!(asked(&mut links, Reason::Client, "203.0.113.7", early), []);
    assert_eq!(asked(&mut links, Reason::Client, "203.0.113.8", early).len(), 1, "each client for itself");
    assert_eq!(asked(&mut links, Reason::Shop, "203.0.113.7", early).len(), 3, "and the shop");
    let late = early.plus(Duration::from_millis(1));
    assert_eq!(asked(&mut links, Reason::Client, "203.0.113.7", late).len(), 2);
    let back = START.minus(HOUR);
    assert_eq!(asked(&mut links, Reason::Client, "203.0.113.7", back).len(), 2, "a clock that was set back");
}

/// So that a shop that is full causes the index to read 333 rows a second at most.
#[test]
fn many_links_less_often() {
    let mut links = OpenLinks::default();
    for number in 0..10_000 {
        let who = client(&format!("198.51.{}.{}", number / 2_560, number / 10 % 256));
        links.reserve(order(number), LinkFor::Order, Some(&who), HOUR, &limits(), START).unwrap();
    }
    assert_eq!(asked(&mut links, Reason::Shop, "203.0.113.7", START).len(), 10_000);
    assert_eq!(asked(&mut links, Reason::Shop, "203.0.113.7", START.plus(SECOND.saturating_mul(29))), []);
    assert_eq!(asked(&mut links, Reason::Shop, "203.0.113.7", START.plus(SECOND.saturating_mul(30))).len(), 10_000);
}
