//! What holds for every list that is truthful, whatever happens meanwhile.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::random::Random;
use super::*;

/// The longest time in which a confirmed payment stays unnoticed.
const NOTICED: Duration = minutes(15);

/// A shop and what may happen to it.
#[derive(Debug, Clone)]
struct Case {
    order: usize,
    past: usize,
    page_size: usize,
    /// Payments that are confirmed while a page is read, in percent of the calls.
    busy: u64,
    seed: u64,
    lag_ms: i64,
    ignores_filter: bool,
    names_count: bool,
    fails: bool,
    crashes: bool,
    unreadable: bool,
    /// Orders take up to half a minute to read their payments, and some messages are lost.
    slow: bool,
}

fn cases() -> impl Strategy<Value = Case> {
    let list = (
        0..ORDERS.len() + UNSTABLE.len(),
        prop_oneof![3 => 0..40_usize, 1 => 1_001..1_100_usize],
        prop_oneof![Just(500), 3..12_usize],
    );
    let flags = (any::<[bool; 6]>(), prop_oneof![Just(0), Just(0), 0..30_000_i64]);
    (list, flags, prop_oneof![Just(0), 0..60_u64], any::<u64>()).prop_map(|(list, (flags, lag_ms), busy, seed)| Case {
        order: list.0,
        past: if list.2 == 500 { list.1 } else { list.1.min(40) },
        page_size: list.2,
        // Without the filter, payments move within the list when they are confirmed, and a pass may miss some if one is confirmed meanwhile,
        // or if a crash lengthens it.
        busy: if flags[0] && flags[4] { 0 } else { busy },
        seed,
        lag_ms,
        ignores_filter: flags[0] && flags[4],
        names_count: !(flags[1] && flags[4]),
        fails: flags[2] && !flags[4],
        crashes: flags[3] && flags[0] && !flags[4],
        // An item that cannot be read has no id: in an unstable order nobody knows whether it was seen twice, or another one never.
        unreadable: flags[1] && flags[2] && list.0 < ORDERS.len(),
        slow: flags[5],
    })
}

/// What happens once.
fn happen(shop: &mut Shop, random: &mut Random, case: &Case, confirmed: &mut BTreeMap<PaymentId, UnixMillis>) {
    let links = shop.open_links();
    let links: Vec<PaymentId> = links.into_iter().filter(|id| shop.is_payable(*id)).collect();
    let id = (!links.is_empty()).then(|| links[usize::try_from(random.below(links.len() as u64)).unwrap()]);
    match (random.below(5), id) {
        (0, _) if links.len() < 60 => drop(shop.open(minutes(10 + random.below(300))).to_string()),
        (1 | 2, Some(id)) if !shop.list.is_confirmed(id) && !shop.ends.contains_key(&id) => {
            shop.list.confirm(id, shop.now);
            confirmed.insert(id, shop.now);
            shop.list.payments.get_mut(&id).unwrap().is_unreadable = case.unreadable && random.below(4) == 0;
        }
        // The payer's browser comes back.
        (3, Some(id)) if !shop.ends.contains_key(&id) => {
            shop.list.confirm(id, shop.now);
            shop.read(id);
        }
        (4, _) => shop.foreign(),
        _ => {}
    }
}

proptest! {
    // The same cases in each run.
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(18), ..ProptestConfig::with_cases(48) })]
    #[test]
    fn what_is_confirmed_is_noticed_in_time(case in cases()) {
        let mut random = Random(case.seed);
        let mut shop = Shop::new(List::new(ORDERS.into_iter().chain(UNSTABLE).nth(case.order).unwrap(), case.page_size));
        (0..case.past).for_each(|_| shop.foreign());
        (0..1 + random.below(40)).for_each(|_| shop.add(minutes(20 + random.below(600))));
        (shop.list.lag_ms, shop.list.ignores_filter) = (case.lag_ms, case.ignores_filter);
        shop.list.names_count = case.names_count;
        if case.slow {
            (shop.slowness, shop.loses) = (Duration::from_secs(30), 10);
        }
        let mut confirmed = BTreeMap::new();
        let end = at(5 * 60);
        while shop.now < end {
            shop.list.failures = if case.fails && random.below(8) == 0 { 30 } else { shop.list.failures };
            shop.crashes = case.crashes && random.below(6) == 0;
            let next = shop.now.plus(Duration::from_secs(10 + random.below(400)));
            let mut meanwhile = |shop: &mut Shop| {
                if random.below(100) < case.busy {
                    happen(shop, &mut random, &case, &mut confirmed);
                }
            };
            shop.run_until(next, &mut meanwhile);
            (0..=random.below(4)).for_each(|_| happen(&mut shop, &mut random, &case, &mut confirmed));
            // A link that was not woken is woken ten minutes later.
            let again = if case.slow { minutes(11) } else { Duration::ZERO };
            // A scan that a crash ends is begun anew.
            let anew = if case.crashes { minutes(2) } else { Duration::ZERO };
            let noticed = NOTICED + again + anew + Duration::from_millis(case.lag_ms.unsigned_abs());
            for (id, at) in &confirmed {
                let is_over = shop.ends.contains_key(id);
                prop_assert!(is_over || shop.now.since(*at) < noticed + minutes(7), "{} is not noticed", id);
                if let Some(End::Paid { at: paid_at }) = shop.ends.get(id) {
                    prop_assert!(paid_at.since(*at) <= noticed, "{} after {:?}", id, paid_at.since(*at));
                }
            }
        }
    }
}
