//! Whatever comes in whatever order.

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
        let second = Duration::from_secs(1);
        let mut now = START;
        for (who, number, life, pause, act) in steps {
            now = now.plus(Duration::from_secs(pause));
            model.retain(|_, (_, end)| *end > now);
            let who = CLIENTS[who].map(client);
            if act == 0 {
                links.end_due(now);
                let ended = model.remove(&order(number)).map(|_| LinkChange::Ended);
                prop_assert_eq!(links.close(&order(number), now.plus(second)), ended);
                continue;
            }
            let before = links.clone();
            let purpose = if act == 1 { LinkFor::NextAttempt } else { LinkFor::Order };
            match links.reserve(order(number), purpose, who.as_ref(), minutes(life), &few(), now) {
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
                    let next = then.reserve(order(number), purpose, who.as_ref(), minutes(life), &few(), at);
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
