//! Lists, orders and clocks that make it hard to miss nothing.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

/// While the order of the list changes, one payment is seen twice and another one never.
#[test]
fn what_a_list_in_an_unstable_order_hides_is_noticed_in_time() {
    for order in UNSTABLE {
        let mut shop = shop(order, 1_995, 60);
        let links = shop.open_links();
        shop.run_until(at(11), &mut nothing);
        for round in 0..12 {
            let id = links[round * 5];
            shop.list.confirm(id, shop.now);
            let confirmed_at = shop.now;
            shop.run_until(shop.now.plus(minutes(15)), &mut nothing);
            let paid_at = shop.paid_at(id).unwrap_or_else(|| panic!("{order:?}: not noticed in round {round}"));
            assert!(paid_at.since(confirmed_at) <= minutes(15));
        }
    }
}

#[test]
fn what_a_list_in_an_unstable_order_hides_is_not_said_to_be_absent() {
    for order in UNSTABLE {
        let mut shop = shop(order, 1_995, 1);
        let ids: Vec<PaymentId> = (0..60).map(|_| shop.open(minutes(25))).collect();
        shop.run_until(at(24), &mut nothing);
        // The order of each reads its payment only once it is notified.
        ids.iter().step_by(2).for_each(|id| shop.list.confirm(*id, shop.now));
        shop.run_until(at(60), &mut nothing);
        let expired = shop.ends.values().filter(|end| matches!(end, End::Expired { .. })).count();
        assert!(expired <= 30, "{order:?}");
    }
}

/// A scan that is longer than an alarm is remembered in memory. If that is lost, the list is read again soon.
#[test]
fn a_scan_whose_memory_is_lost_proves_nothing() {
    for lost in [false, true] {
        let mut shop = shop(Order::Newest, 480, 600);
        shop.list.page_size = 10;
        let id = shop.open(minutes(12));
        shop.run_until(at(9), &mut nothing);
        let mut calls = 0;
        let mut lose = |shop: &mut Shop| {
            calls += 1;
            if lost && calls == 45 {
                shop.lose_memory();
            }
        };
        shop.run_until(at(11), &mut lose);
        shop.list.calls = 0;
        shop.run_until(at(13), &mut nothing);
        assert_eq!(shop.list.calls > 40, lost, "{}", shop.list.calls);
        shop.run_until(at(19), &mut nothing);
        assert!(shop.ends.contains_key(&id), "the size is known, and one call settles");
        assert_eq!(shop.woken, 0);
    }
}

/// Links of which each is paid before the next scan must not put it off.
#[test]
fn scans_are_made_regularly_however_links_come_and_go() {
    let mut shop = shop(Order::Newest, 10, 0);
    let mut last = shop.open(minutes(600));
    for minute in 1..=60 {
        shop.run_until(at(minute), &mut nothing);
        let id = shop.open(minutes(600));
        shop.confirm([last]);
        shop.read(last);
        last = id;
    }
    shop.run_until(at(61), &mut nothing);
    assert_eq!(shop.scans(), 6);
}

#[test]
fn each_page_may_fail_once() {
    let mut shop = shop(Order::Newest, 1_400, 10);
    let id = shop.open_links()[5];
    shop.list.confirm(id, shop.now);
    shop.list.stutters = true;
    shop.run_until(at(14), &mut nothing);
    assert!(shop.ends.contains_key(&id));
    assert_eq!((shop.list.calls, shop.woken), (7, 0), "a probe and three pages, of which three failed once");
}

/// A payment is made and shown before its link is registered.
#[test]
fn a_payment_that_a_scan_saw_before_its_link_was_registered_is_found() {
    let mut shop = shop(Order::Newest, 100, 10);
    shop.run_until(at(9), &mut nothing);
    let (id, started_at) = (shop.id(), at(10).minus(Duration::from_secs(10)));
    shop.list.create(id, started_at);
    shop.list.confirm(id, at(10).minus(Duration::from_secs(1)));
    // A newer one, so that a probe does not happen to show it.
    shop.pass_until(at(10).minus(Duration::from_secs(1)));
    shop.foreign();
    shop.run_until(at(10).plus(Duration::from_secs(20)), &mut nothing);
    assert!(shop.list.calls > 0);
    shop.register(id, started_at, at(600));
    shop.run_until(at(25), &mut nothing);
    assert!(shop.ends.contains_key(&id));
}

/// Links that come back late while the list is read, or while others are told that they are not in it, are told nothing: they are paid.
#[test]
fn a_link_that_was_registered_after_a_scan_began_is_not_settled_by_it() {
    for call in 0.. {
        let mut shop = shop(Order::Newest, 1_400, 10);
        (0..100).for_each(|_| shop.add(minutes(15)));
        let id = shop.id();
        shop.list.create(id, START);
        shop.run_until(at(12), &mut nothing);
        shop.list.confirm(id, shop.now);
        shop.run_until(at(18), &mut nothing);
        let mut calls = 0;
        let mut register = |shop: &mut Shop| {
            if calls == call {
                shop.register(id, START, at(15));
            }
            calls += 1;
        };
        shop.run_until(at(35), &mut register);
        if calls <= call {
            assert!(call > 6, "{call}");
            break;
        }
        assert!(shop.paid_at(id).is_some(), "{call}");
    }
}

#[test]
fn what_was_confirmed_before_the_clock_was_set_back_is_noticed_at_once() {
    let mut shop = shop(Order::Newest, 1_400, 10);
    shop.run_until(at(71), &mut nothing);
    let id = shop.open_links()[3];
    shop.list.confirm(id, at(0));
    shop.run_until(at(79), &mut nothing);
    shop.now = at(5);
    shop.run_until(at(6), &mut nothing);
    assert!(shop.ends.contains_key(&id));
}

/// Also while the list cannot be read.
#[test]
fn links_are_woken_at_once_after_the_clock_was_set_back() {
    let mut shop = shop(Order::Newest, 1_400, 10);
    shop.list.failures = usize::MAX;
    shop.run_until(at(71), &mut nothing);
    let id = shop.open_links()[3];
    shop.list.confirm(id, at(0));
    shop.now = at(5);
    shop.run_until(at(8), &mut nothing);
    assert!(shop.ends.contains_key(&id));
}

#[test]
fn a_count_that_fell_is_relied_on_again_after_a_day() {
    let mut shop = shop(Order::Newest, 700, 10);
    shop.run_until(at(11), &mut nothing);
    shop.list.payments.values_mut().find(|payment| payment.confirmed_at.is_some()).unwrap().is_gone = true;
    shop.run_until(at(21), &mut nothing);
    shop.list.calls = 0;
    shop.run_until(at(81), &mut nothing);
    assert_eq!(shop.list.calls, 6 * 3, "read each time");
    shop.run_until(at(24 * 60 + 41), &mut nothing);
    shop.list.calls = 0;
    shop.run_until(at(25 * 60 + 41), &mut nothing);
    assert_eq!(shop.list.calls, 6);
}

#[test]
fn a_list_that_is_too_long_costs_little_and_has_links_woken() {
    for (names_count, most) in [(true, 20), (false, 3_100)] {
        let mut shop = shop(Order::Newest, 1_200, 1_300);
        (shop.list.page_size, shop.list.names_count) = (1, names_count);
        let id = shop.open_links()[7];
        shop.list.confirm(id, shop.now);
        shop.run_until(at(16), &mut nothing);
        assert!(shop.ends.contains_key(&id));
        shop.run_until(at(4 * 60), &mut nothing);
        assert!(shop.list.calls <= most, "{names_count}: {}", shop.list.calls);
    }
}

/// The last page is found also where pages are smaller than they were asked to be.
#[test]
fn new_payments_are_found_on_the_last_page_whatever_its_size() {
    let mut shop = shop(Order::ConfirmedLast, 2_000, 100);
    shop.list.page_size = 100;
    shop.run_until(at(11), &mut nothing);
    for scan in 1..=4 {
        shop.confirm([shop.open_links()[3]]);
        shop.list.calls = 0;
        shop.run_until(at(11 + 10 * scan), &mut nothing);
        assert!(scan == 1 || shop.list.calls == 2, "{scan}: {}", shop.list.calls);
    }
}

#[test]
fn hits_that_orders_do_not_take_are_sent_ever_more_rarely() {
    let mut shop = shop(Order::Newest, 10, 10);
    shop.run_until(at(11), &mut nothing);
    shop.orders_fail = true;
    let id = shop.open_links()[3];
    shop.list.confirm(id, shop.now);
    shop.run_until(at(141), &mut nothing);
    assert!((10..=16).contains(&shop.sent), "{}", shop.sent);
    shop.orders_fail = false;
    shop.run_until(at(152), &mut nothing);
    assert!(shop.ends.contains_key(&id), "but at least every ten minutes");
}

#[test]
fn few_links_of_which_one_does_not_answer_are_woken_ever_more_rarely() {
    let mut shop = shop(Order::Any, 5_000, 3);
    shop.run_until(at(129), &mut nothing);
    (shop.orders_fail, shop.woken) = (true, 0);
    shop.run_until(at(129 + 600), &mut nothing);
    assert!((7 * 3..=10 * 3).contains(&shop.woken), "{}", shop.woken);
}

/// Orders take a while to read their payments, and are notified once.
#[test]
fn many_orders_that_are_slow_are_woken_by_portions_without_a_pause() {
    let mut shop = shop(Order::Newest, 1_400, 4_000);
    shop.slowness = Duration::from_secs(20);
    shop.list.failures = usize::MAX;
    let ids: Vec<PaymentId> = shop.open_links().into_iter().step_by(40).collect();
    shop.confirm(ids.clone());
    shop.run_until(at(13), &mut nothing);
    assert!(ids.iter().all(|id| shop.ends.contains_key(id)), "100 portions of a quarter of a second");
    assert_eq!(shop.woken, 4_000);
}

/// What is known of ever more items that cannot be read must not put off that links are woken.
#[test]
fn links_that_are_to_be_woken_are_not_put_off() {
    let mut shop = shop(Order::Shuffled, 1_995, 60);
    shop.run_until(at(12), &mut nothing);
    shop.woken = 0;
    for minute in 13..=22 {
        let readable = |payment: &&mut list::Payment| payment.confirmed_at.is_some() && !payment.is_unreadable;
        shop.list.payments.values_mut().filter(readable).take(3).for_each(|payment| payment.is_unreadable = true);
        shop.run_until(at(minute), &mut nothing);
    }
    assert!((60..=120).contains(&shop.woken), "{}", shop.woken);
}
