//! How many payment links anonymous visitors may hold open.

use core::time::Duration;

use compago::edge::{ClientAddress, ClientKey, SigningKeys};
use compago::flow::open_links::{LinkFor, LinkLimits, LinkRefusal, LinkRefusalReason as Reason, OpenLink, OpenLinks};
use compago::flow::rate::Limit;
use compago::value::{Reference, UnixMillis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
        match links.ask(order(first + made), LinkFor::Order, who, HOUR, &limits(), now) {
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
            .ask(order(200), LinkFor::Order, Some(&client("203.0.113.8")), HOUR, &limits(), later)
            .map(|link| link.unwrap().ends_at),
        Ok(later.plus(HOUR))
    );

    assert!(links.close(&order(7), START));
    assert!(!links.close(&order(7), START), "a close may come twice");
    assert!(!links.close(&order(999), START));
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
    let refused = links.ask(order(made), LinkFor::Order, Some(&near), HOUR, &limits(), START);
    assert_eq!(refused, Err(LinkRefusal { reason: Reason::Client, seconds: 3_600 }));
    assert!(links.ask(order(made), LinkFor::Order, Some(&client("2001:db8:2:1::1")), HOUR, &limits(), START).is_ok());
    for number in 0..=300 {
        assert!(
            links
                .ask(
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
                .ask(order(number), LinkFor::Order, Some(&client(&format!("203.0.113.{number}"))), HOUR, &few, now)
                .is_ok()
        );
    }
    let now = START.plus(minutes(3));
    for who in [Some(client("203.0.113.9")), None] {
        let refused = links.ask(order(9), LinkFor::Order, who.as_ref(), HOUR, &few, now);
        assert_eq!(refused, Err(LinkRefusal { reason: Reason::Shop, seconds: 57 * 60 }));
    }
    assert!(
        links.ask(order(1), LinkFor::Order, Some(&client("203.0.113.1")), HOUR, &few, now).is_ok(),
        "a link that counts may be asked for again"
    );
    assert!(links.ask(order(9), LinkFor::Order, None, HOUR, &few, START.plus(HOUR)).is_ok());
}

/// Nothing tells them apart: one of them must not shut the shop for the others, and is bounded all the same.
#[test]
fn clients_without_an_address() {
    let mut links = OpenLinks::default();
    assert_eq!(fill(&mut links, 0, None, START), (200, LinkRefusal { reason: Reason::Rate, seconds: 1 }));
    assert!(links.ask(order(999), LinkFor::Order, Some(&client("203.0.113.7")), HOUR, &limits(), START).is_ok());
}

#[test]
fn another_attempt_counts_once_and_longer() {
    let mut links = OpenLinks::default();
    let ana = client("203.0.113.7");
    links.ask(order(1), LinkFor::Order, Some(&ana), HOUR, &limits(), START).unwrap();
    let again = links
        .ask(order(1), LinkFor::NextAttempt, Some(&ana), HOUR, &limits(), START.plus(minutes(5)))
        .unwrap()
        .unwrap();
    assert_eq!((links.len(), again.ends_at), (1, START.plus(minutes(65))));
    let shorter = links
        .ask(order(1), LinkFor::NextAttempt, Some(&ana), minutes(10), &limits(), START.plus(minutes(6)))
        .unwrap()
        .unwrap();
    assert_eq!(shorter.ends_at, again.ends_at, "a shorter wish ends nothing");
    let repeated = links.ask(order(1), LinkFor::Order, Some(&ana), HOUR, &limits(), START.plus(minutes(6)));
    assert_eq!(repeated, Ok(None), "the same request again is no other link");
    assert!(links.clone().close(&order(1), START.plus(minutes(6))), "nor does it keep a close from counting");
    for _ in 0..20 {
        let _ = links.ask(order(1), LinkFor::NextAttempt, Some(&ana), HOUR, &limits(), START.plus(minutes(6)));
    }
    let refused = links.ask(order(1), LinkFor::NextAttempt, Some(&ana), HOUR, &limits(), START.plus(minutes(6)));
    assert_eq!(refused.map_err(|refused| refused.reason), Err(Reason::Rate), "each attempt is one more request");

    assert!(!links.close(&order(1), START), "the close of the first attempt comes after the second was asked for");
    assert!(links.close(&order(1), START.plus(minutes(6))));
    assert!(links.is_empty());
}

#[test]
fn what_is_stored_is_restored() {
    let mut links = OpenLinks::default();
    let ana = client("2001:db8:1:2::1");
    let mut stored: Vec<(Reference, OpenLink)> = Vec::new();
    for number in 0..20 {
        stored.push((
            order(number),
            links.ask(order(number), LinkFor::Order, Some(&ana), HOUR, &limits(), START).unwrap().unwrap(),
        ));
    }
    stored
        .push((order(50), links.ask(order(50), LinkFor::Order, None, minutes(10), &limits(), START).unwrap().unwrap()));
    let text = compago::json::to_string(&stored[0].1);
    assert_eq!(
        text,
        format!(r#"{{"client":"{ana}","askedAt":"2026-03-01T18:00:00.000Z","endsAt":"2026-03-01T19:00:00.000Z"}}"#)
    );
    assert_eq!(compago::json::from_str::<OpenLink>(&text).as_ref(), Ok(&stored[0].1));

    let mut again = OpenLinks::restore(stored.clone(), START);
    assert_eq!(again.len(), 21);
    let refused =
        again.ask(order(99), LinkFor::Order, Some(&ana), HOUR, &limits(), START).map_err(|refused| refused.reason);
    assert_eq!(refused, Err(Reason::Rate), "a restart gives no new allowance");
    let later = OpenLinks::restore(stored.clone(), START.plus(minutes(10)));
    assert_eq!(later.len(), 20);
    let over = OpenLinks::restore(stored.clone(), START.plus(HOUR));
    assert!(over.is_empty());

    let mut back = OpenLinks::restore(stored, START.minus(Duration::from_secs(86_400)));
    back.end_due(START.minus(Duration::from_secs(86_400)).plus(HOUR));
    assert!(back.is_empty(), "a clock that was set back");
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// So few that each limit is reached.
    fn few() -> LinkLimits {
        LinkLimits { rate: Limit::per_minute(5), per_client: 3, per_network: 4, per_shop: 6 }
    }

    const CLIENTS: [Option<&str>; 5] =
        [None, Some("203.0.113.7"), Some("203.0.113.8"), Some("2001:db8:1:2::1"), Some("2001:db8:1:3::1")];

    proptest! {
        /// Whatever comes in whatever order: no limit is ever exceeded, a refusal changes nothing and names a time at which
        /// that limit lets one through again if nothing else happens, and a model that is a plain list agrees.
        #[test]
        fn limits_hold(steps in prop::collection::vec((0_usize..5, 0_u64..12, 1_u64..40, 0_u64..300, 0_u8..4), 1..120)) {
            let mut links = OpenLinks::default();
            let mut model: BTreeMap<Reference, (Option<ClientKey>, UnixMillis)> = BTreeMap::new();
            let mut now = START;
            for (who, number, life, pause, act) in steps {
                now = now.plus(Duration::from_secs(pause));
                model.retain(|_, (_, end)| *end > now);
                let who = CLIENTS[who].map(client);
                if act == 0 {
                    links.end_due(now);
                    prop_assert_eq!(links.close(&order(number), now), model.remove(&order(number)).is_some());
                    continue;
                }
                let before = links.clone();
                let purpose = if act == 1 { LinkFor::NextAttempt } else { LinkFor::Order };
                match links.ask(order(number), purpose, who.as_ref(), minutes(life), &few(), now) {
                    Ok(link) => {
                        let is_new = !model.contains_key(&order(number));
                        let (_, end) = model.entry(order(number)).or_insert_with(|| (who.clone(), now));
                        if is_new || purpose == LinkFor::NextAttempt {
                            *end = now.plus(minutes(life)).max(*end);
                            prop_assert_eq!(link.map(|link| link.ends_at), Some(*end));
                        } else {
                            prop_assert_eq!(link, None);
                        }
                    }
                    Err(refusal) => {
                        prop_assert!(refusal.seconds >= 1);
                        prop_assert_eq!(links.len(), model.len());
                        let mut then = before.clone();
                        let at = now.plus(Duration::from_secs(refusal.seconds.into()));
                        let next = then.ask(order(number), purpose, who.as_ref(), minutes(life), &few(), at);
                        prop_assert!(next.is_ok() || next.map_err(|next| next.reason) != Err(refusal.reason) || refusal.reason == Reason::Client);
                    }
                }
                prop_assert_eq!(links.len(), model.len());
                let count = |wanted: &dyn Fn(&ClientKey) -> bool| model.values().filter(|(who, _)| who.as_ref().is_some_and(wanted)).count();
                for who in CLIENTS.iter().flatten().map(|text| client(text)) {
                    prop_assert!(count(&|other| *other == who) <= 3);
                    prop_assert!(who.network().is_none() || count(&|other| other.network() == who.network()) <= 4);
                }
                prop_assert!(model.len() <= 6);
            }
        }
    }
}
