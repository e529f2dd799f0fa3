//! A scope that is exhausted, and one that is large.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

/// A shop with 100,000 open links beside a list of 50,000 payments, in which 20 are paid in ten minutes.
#[cfg(not(target_family = "wasm"))]
#[test]
fn a_hundred_thousand_links_cost_what_the_changes_of_the_list_cost() {
    let mut shop = shop(Order::Confirmed, 50_000, 100_000);
    let links = shop.open_links();
    shop.run_until(at(11), &mut nothing);
    assert_eq!((shop.list.calls, shop.alarms), (1 + 101, 3), "all pages and the empty one behind them, in portions");
    for scan in 1..=6 {
        (shop.list.calls, shop.alarms) = (0, 0);
        let paid = links.iter().skip(scan * 20).take(20);
        shop.confirm(paid.copied());
        // Every second one comes back to the shop.
        links.iter().skip(scan * 20).take(20).step_by(2).for_each(|id| shop.read(*id));
        shop.run_until(at(11 + 10 * u64::try_from(scan).unwrap()), &mut nothing);
        assert_eq!((shop.ends.len(), shop.woken), (20 * scan, 0));
        assert!(shop.list.calls <= 3 && shop.alarms <= 2, "scan {scan}: {} calls", shop.list.calls);
    }
}

/// Everything that can happen to two links and a payment of another program's within four scans, in any order.
#[test]
fn in_a_small_scope_every_payment_is_found() {
    const ACTS: usize = 6;
    for order in [Order::Confirmed, Order::ConfirmedLast, Order::Any] {
        for case in 0..ACTS.pow(4) {
            let mut shop = shop(order, 3, 2);
            let links = shop.open_links();
            let mut confirmed: Option<UnixMillis> = None;
            for scan in 0..4 {
                let act = case / ACTS.pow(scan) % ACTS;
                match act {
                    0 => {}
                    1 => {
                        shop.confirm([links[0]]);
                        confirmed = confirmed.or(Some(shop.now));
                    }
                    2 => {
                        shop.confirm([links[1]]);
                        shop.read(links[1]);
                    }
                    3 => shop.foreign(),
                    4 => shop.list.failures += 2,
                    _ => shop.crashes = true,
                }
                shop.run_until(shop.now.plus(minutes(10)), &mut nothing);
            }
            shop.run_until(shop.now.plus(minutes(15)), &mut nothing);
            if let Some(confirmed) = confirmed {
                let Some(End::Paid { at }) = shop.ends.get(&links[0]) else { panic!("{order:?} {case}: not found") };
                assert!(at.since(confirmed) <= minutes(15), "{order:?} {case}: {:?}", at.since(confirmed));
            }
        }
    }
}
