//! How many payment links anonymous visitors may hold open.

use core::time::Duration;

use compago::edge::{ClientAddress, ClientKey, SigningKeys};
use compago::flow::open_links::{
    LinkChange, LinkFor, LinkLimits, LinkRefusal, LinkRefusalReason as Reason, LinkTicket, OpenLink, OpenLinks,
};
use compago::flow::rate::Limit;
use compago::value::{Reference, UnixMillis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod asking;
#[cfg(not(target_family = "wasm"))]
mod properties;

const START: UnixMillis = UnixMillis(1_772_388_000_000);
const HOUR: Duration = Duration::from_secs(3_600);

fn limits() -> LinkLimits {
    LinkLimits { rate: Limit::per_minute(20), per_client: 30, per_network: 300, per_shop: 20_000 }
}

fn client(text: &str) -> ClientKey {
    let keys: SigningKeys = "new-key-new-key-new-key-new-key-1".parse().unwrap();
    text.parse::<ClientAddress>().unwrap().key(&keys)
}

fn order(number: u64) -> Reference {
    Reference::from_bytes(&(number << 8).to_be_bytes())
}

/// Asks for links of new orders until one is refused: how many were made, and why no more.
fn fill(links: &mut OpenLinks, first: u64, who: Option<&ClientKey>, now: UnixMillis) -> (u64, LinkRefusal) {
    let mut made = 0;
    loop {
        match links.reserve(order(first + made), LinkFor::Order, who, HOUR, &limits(), now) {
            Ok(_) => made += 1,
            Err(refusal) => return (made, refusal),
        }
    }
}

fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

#[test]
fn one_client() {
    let mut links = OpenLinks::default();
    let ana = client("203.0.113.7");
    assert_eq!(fill(&mut links, 0, Some(&ana), START), (20, LinkRefusal { reason: Reason::Rate, seconds: 3 }));
    let later = START.plus(minutes(1));
    assert_eq!(
        fill(&mut links, 100, Some(&ana), later),
        (10, LinkRefusal { reason: Reason::Client, seconds: 59 * 60 })
    );
    assert_eq!(links.len(), 30);
    assert_eq!(
        links
            .reserve(order(200), LinkFor::Order, Some(&client("203.0.113.8")), HOUR, &limits(), later)
            .map(|link| link.unwrap().ends_at),
        Ok(later.plus(HOUR))
    );

    assert_eq!(links.close(&order(7), later), Some(LinkChange::Ended));
    assert_eq!(links.close(&order(7), later), None, "a close may come twice");
    assert_eq!(links.close(&order(999), later), None);
    assert_eq!(fill(&mut links, 300, Some(&ana), later).0, 1);
    let (made, refusal) = fill(&mut links, 400, Some(&ana), START.plus(HOUR));
    assert_eq!((made, refusal.reason), (19, Reason::Client), "what was made at the beginning has ended");
}

#[test]
fn a_network_of_48_bits() {
    let mut links = OpenLinks::default();
    let mut made = 0;
    for subnet in 0..40 {
        made += fill(&mut links, made, Some(&client(&format!("2001:db8:1:{subnet:x}::1"))), START).0;
    }
    assert_eq!(made, 300);
    let near = client("2001:db8:1:ffff::1");
    let refused = links.reserve(order(made), LinkFor::Order, Some(&near), HOUR, &limits(), START);
    assert_eq!(refused, Err(LinkRefusal { reason: Reason::Client, seconds: 3_600 }));
    assert!(
        links.reserve(order(made), LinkFor::Order, Some(&client("2001:db8:2:1::1")), HOUR, &limits(), START).is_ok()
    );
    for number in 0..=300 {
        assert!(
            links
                .reserve(
                    order(1_000 + number),
                    LinkFor::Order,
                    Some(&client(&format!("198.51.{}.{}", number / 256, number % 256))),
                    HOUR,
                    &limits(),
                    START
                )
                .is_ok()
        );
    }
}

#[test]
fn the_shop() {
    let mut links = OpenLinks::default();
    let few = LinkLimits { per_shop: 3, ..limits() };
    for number in 0..3 {
        let now = START.plus(minutes(number));
        assert!(
            links
                .reserve(order(number), LinkFor::Order, Some(&client(&format!("203.0.113.{number}"))), HOUR, &few, now)
                .is_ok()
        );
    }
    let now = START.plus(minutes(3));
    for who in [Some(client("203.0.113.9")), None] {
        let refused = links.reserve(order(9), LinkFor::Order, who.as_ref(), HOUR, &few, now);
        assert_eq!(refused, Err(LinkRefusal { reason: Reason::Shop, seconds: 57 * 60 }));
    }
    assert!(
        links.reserve(order(1), LinkFor::Order, Some(&client("203.0.113.1")), HOUR, &few, now).is_ok(),
        "a link that counts may be asked for again"
    );
    assert!(links.reserve(order(9), LinkFor::Order, None, HOUR, &few, START.plus(HOUR)).is_ok());
}

/// Nothing tells them apart: one of them must not shut the shop for the others, and is bounded all the same.
#[test]
fn clients_without_an_address() {
    let mut links = OpenLinks::default();
    assert_eq!(fill(&mut links, 0, None, START), (200, LinkRefusal { reason: Reason::Rate, seconds: 1 }));
    assert!(links.reserve(order(999), LinkFor::Order, Some(&client("203.0.113.7")), HOUR, &limits(), START).is_ok());
}

#[test]
fn another_attempt_counts_once_and_longer() {
    let mut links = OpenLinks::default();
    let ana = client("203.0.113.7");
    links.reserve(order(1), LinkFor::Order, Some(&ana), HOUR, &limits(), START).unwrap();
    let again = links
        .reserve(order(1), LinkFor::NextAttempt, Some(&ana), HOUR, &limits(), START.plus(minutes(5)))
        .unwrap()
        .unwrap();
    assert_eq!((links.len(), again.ends_at), (1, START.plus(minutes(65))));
    let shorter = links
        .reserve(order(1), LinkFor::NextAttempt, Some(&ana), minutes(10), &limits(), START.plus(minutes(6)))
        .unwrap()
        .unwrap();
    assert_eq!(shorter.ends_at, again.ends_at, "a shorter wish ends nothing");
    let repeated = links.reserve(order(1), LinkFor::Order, Some(&ana), HOUR, &limits(), START.plus(minutes(6)));
    assert_eq!(repeated, Ok(None), "the same request again is no other link");
    let closed = links.clone().close(&order(1), START.plus(minutes(7)));
    assert_eq!(closed, Some(LinkChange::Ended), "nor does it keep a close from counting");
    for _ in 0..20 {
        let _ = links.reserve(order(1), LinkFor::NextAttempt, Some(&ana), HOUR, &limits(), START.plus(minutes(6)));
    }
    let refused = links.reserve(order(1), LinkFor::NextAttempt, Some(&ana), HOUR, &limits(), START.plus(minutes(6)));
    assert_eq!(refused.map_err(|refused| refused.reason), Err(Reason::Rate), "each attempt is one more request");

    let closed = links.close(&order(1), START.plus(minutes(4)));
    assert!(matches!(closed, Some(LinkChange::Kept(_))), "it was closed before the second attempt was asked for");
    assert_eq!(links.close(&order(1), START.plus(minutes(7))), Some(LinkChange::Ended));
    assert!(links.is_empty());
}

#[test]
fn a_request_that_came_to_nothing_is_released() {
    let mut links = OpenLinks::default();
    let ana = client("203.0.113.7");
    let ask = |links: &mut OpenLinks, purpose, minute| {
        links.reserve(order(1), purpose, Some(&ana), HOUR, &limits(), START.plus(minutes(minute))).unwrap().unwrap()
    };
    let ticket = |minute| LinkTicket { reference: order(1), asked_at: START.plus(minutes(minute)) };

    let first = ask(&mut links, LinkFor::Order, 0);
    ask(&mut links, LinkFor::NextAttempt, 5);
    ask(&mut links, LinkFor::NextAttempt, 6);
    assert!(matches!(links.release(&ticket(5)), Some(LinkChange::Kept(_))), "refused, in whatever order");
    assert_eq!(links.release(&ticket(6)), Some(LinkChange::Kept(first)), "the first attempt is open as before");
    assert_eq!(links.release(&ticket(6)), None, "a release may come twice");
    assert_eq!(links.close(&order(1), START.plus(minutes(7))), Some(LinkChange::Ended), "and its close is heard");

    ask(&mut links, LinkFor::Order, 7);
    assert_eq!(links.release(&ticket(7)), Some(LinkChange::Ended), "the same request again, of a closed order");
    assert!(links.is_empty());

    ask(&mut links, LinkFor::NextAttempt, 8);
    ask(&mut links, LinkFor::NextAttempt, 9);
    links.release(&ticket(8));
    assert_eq!(links.len(), 1, "the second one has begun an attempt");
    assert_eq!(links.close(&order(1), START.plus(minutes(10))), Some(LinkChange::Ended));
}

/// A retry that was asked for before its order was closed may come to the order after that, and begin an attempt.
#[test]
fn a_request_of_the_second_before_an_order_was_closed_goes_on_counting() {
    let ask = || {
        let mut links = OpenLinks::default();
        links.reserve(order(1), LinkFor::Order, Some(&client("203.0.113.7")), HOUR, &limits(), START).unwrap();
        links
    };
    let second = Duration::from_secs(1);
    assert_eq!(ask().close(&order(1), START), None);
    assert_eq!(ask().close(&order(1), START.plus(second).minus(Duration::from_millis(1))), None);
    assert_eq!(ask().close(&order(1), START.plus(second)), Some(LinkChange::Ended));
}

#[test]
fn a_ticket_is_for_the_attempt_that_follows() {
    let ticket = LinkTicket { reference: order(1), asked_at: START };
    let second = Duration::from_secs(1);
    for (started_at, expected) in [
        (START, true),
        (START.plus(minutes(1)), true),
        (START.minus(second), true),
        (START.minus(second).minus(Duration::from_millis(1)), false),
    ] {
        assert_eq!(ticket.may_be_for(started_at), expected, "{started_at}");
    }
}

#[test]
fn what_is_stored_is_restored() {
    let mut links = OpenLinks::default();
    let ana = client("2001:db8:1:2::1");
    let mut stored: Vec<(Reference, OpenLink)> = Vec::new();
    for number in 0..20 {
        stored.push((
            order(number),
            links.reserve(order(number), LinkFor::Order, Some(&ana), HOUR, &limits(), START).unwrap().unwrap(),
        ));
    }
    stored.push((
        order(50),
        links.reserve(order(50), LinkFor::Order, None, minutes(10), &limits(), START).unwrap().unwrap(),
    ));
    let text = compago::json::to_string(&stored[0].1);
    assert_eq!(
        text,
        format!(r#"{{"client":"{ana}","askedAt":"2026-03-01T18:00:00.000Z","endsAt":"2026-03-01T19:00:00.000Z"}}"#)
    );
    assert_eq!(compago::json::from_str::<OpenLink>(&text).as_ref(), Ok(&stored[0].1));
    let mut twice = OpenLinks::restore(stored.iter().take(1).cloned(), START);
    let twice = twice.reserve(order(0), LinkFor::NextAttempt, Some(&ana), HOUR, &limits(), START.plus(minutes(1)));
    let twice = twice.unwrap().unwrap();
    assert_eq!((twice.earlier.len(), twice.asked_at), (1, START.plus(minutes(1))));
    assert_eq!(compago::json::from_str(&compago::json::to_string(&twice)), Ok(twice));

    let mut again = OpenLinks::restore(stored.clone(), START);
    assert_eq!(again.len(), 21);
    let refused =
        again.reserve(order(99), LinkFor::Order, Some(&ana), HOUR, &limits(), START).map_err(|refused| refused.reason);
    assert_eq!(refused, Err(Reason::Rate), "a restart gives no new allowance");
    let later = OpenLinks::restore(stored.clone(), START.plus(minutes(10)));
    assert_eq!(later.len(), 20);
    let over = OpenLinks::restore(stored.clone(), START.plus(HOUR));
    assert!(over.is_empty());

    let mut back = OpenLinks::restore(stored, START.minus(Duration::from_secs(86_400)));
    back.end_due(START.minus(Duration::from_secs(86_400)).plus(HOUR));
    assert!(back.is_empty(), "a clock that was set back");
}
