//! The list watcher, beside a list that grows, shifts, lags, fails and lies.

use std::time::Duration;

use compago::value::{PaymentId, UnixMillis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod harder;
mod list;
#[cfg(not(target_family = "wasm"))]
mod many;
#[cfg(not(target_family = "wasm"))]
mod properties;
mod random;
mod scope;
mod shop;

use list::{List, ORDERS, Order, UNSTABLE};
use shop::{End, START, Shop};

const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

fn at(offset: u64) -> UnixMillis {
    START.plus(minutes(offset))
}

fn nothing(_: &mut Shop) {}

/// A shop with so many confirmed payments of the past, all of them orders of its own, and so many open links.
fn shop(order: Order, past: usize, open: usize) -> Shop {
    let mut shop = Shop::new(List::new(order, 500));
    (0..past).for_each(|_| shop.foreign());
    (0..open).for_each(|_| shop.add(minutes(48 * 60)));
    shop
}

#[test]
fn nothing_is_scanned_without_links() {
    let mut shop = shop(Order::Newest, 600, 0);
    assert_eq!(shop.due_at(), None);
    let id = shop.open(minutes(60));
    assert_eq!(shop.due_at(), Some(at(10)));
    shop.list.confirm(id, shop.now);
    shop.read(id);
    assert_eq!((shop.due_at(), shop.list.calls), (None, 0));
}

#[test]
fn an_unchanged_list_is_one_call_every_ten_minutes_however_many_links_are_open() {
    let mut shop = shop(Order::Newest, 1_400, 10_000);
    shop.run_until(at(11), &mut nothing);
    assert_eq!(shop.list.calls, 4, "the first scan reads the list");
    (shop.list.calls, shop.alarms) = (0, 0);
    shop.run_until(at(71), &mut nothing);
    assert_eq!((shop.list.calls, shop.alarms, shop.woken), (6, 6, 0));
    shop.run_until(at(131), &mut nothing);
    assert_eq!(shop.list.calls, 12 + 3, "it is read again every two hours");
}

#[test]
fn what_is_paid_is_found_by_the_next_scan() {
    for order in ORDERS {
        let mut shop = shop(order, 1_400, 10);
        shop.run_until(at(11), &mut nothing);
        let links = shop.open_links();
        shop.confirm([links[3], links[7]]);
        shop.foreign();
        shop.run_until(at(21), &mut nothing);
        let paid = |id| matches!(shop.ends.get(id), Some(End::Paid { .. }));
        assert!(paid(&links[3]) && paid(&links[7]), "{order:?}");
        assert_eq!(shop.ends.len(), 2);
    }
}

/// Once all that were confirmed since the last scan are found, the rest of the list is not read.
#[test]
fn a_scan_ends_once_it_has_found_as_many_as_the_list_has_grown_by() {
    for (order, pages) in [(Order::Confirmed, 1), (Order::ConfirmedLast, 1), (Order::Any, 9)] {
        let mut shop = shop(order, 4_000, 100);
        shop.run_until(at(11), &mut nothing);
        for scan in 1..=6 {
            let links = shop.open_links();
            // One is found by its order before the scan, and counts as well.
            shop.confirm([links[3], links[7]]);
            shop.read(links[7]);
            shop.list.calls = 0;
            shop.run_until(at(11 + 10 * scan), &mut nothing);
            assert!(shop.ends.contains_key(&links[3]));
            assert!(shop.list.calls <= 1 + pages || scan == 1, "{order:?} {scan}: {}", shop.list.calls);
        }
    }
}

/// What joins the list while it is read may be missed, and is found by the next scan, which need not read it all again.
#[test]
fn a_list_that_grows_while_it_is_read_is_known_as_it_was_before() {
    let mut shop = shop(Order::Confirmed, 4_000, 100);
    let link = shop.open_links()[5];
    shop.run_until(at(11), &mut |shop| {
        if shop.list.calls == 4 {
            shop.confirm([link]);
        }
    });
    assert_eq!(shop.ends.get(&link), None, "it came to be on a page that was read before");
    shop.list.calls = 0;
    shop.run_until(at(21), &mut nothing);
    assert!(shop.ends.contains_key(&link));
    assert!(shop.list.calls <= 2, "{}", shop.list.calls);
}

#[test]
fn few_links_are_woken_instead_of_reading_many_pages() {
    let mut shop = shop(Order::Any, 5_000, 3);
    shop.run_until(at(11), &mut nothing);
    assert_eq!((shop.list.calls, shop.woken), (12, 0), "it is read once, to know what its size counts");
    (shop.list.calls, shop.woken) = (0, 0);
    shop.run_until(at(131), &mut nothing);
    assert_eq!((shop.list.calls, shop.woken), (12, 3), "two hours later the links are woken");
    shop.run_until(at(181), &mut nothing);
    assert_eq!((shop.list.calls, shop.woken), (17, 3), "nothing has changed");
    let id = shop.open_links()[1];
    shop.list.confirm(id, shop.now);
    shop.run_until(at(191), &mut nothing);
    assert_eq!((shop.list.calls, shop.woken), (18, 6));
    assert!(shop.ends.contains_key(&id));
}

#[test]
fn a_link_that_runs_out_is_settled_by_a_scan_of_one_call() {
    let mut shop = shop(Order::Newest, 1_400, 10);
    let id = shop.open(minutes(25));
    shop.run_until(at(11), &mut nothing);
    shop.list.calls = 0;
    shop.run_until(at(29), &mut nothing);
    assert_eq!(shop.ends.get(&id), Some(&End::Expired { at: at(27).plus(Duration::from_millis(30_250)) }));
    assert_eq!(shop.list.calls, 2);
    shop.run_until(at(36), &mut nothing);
    assert_eq!(shop.list.calls, 2, "it was a scan like any other");
}

#[test]
fn a_list_that_has_changed_settles_at_the_next_scan() {
    let mut shop = shop(Order::Newest, 1_400, 10);
    let id = shop.open(minutes(25));
    shop.run_until(at(21), &mut nothing);
    shop.foreign();
    shop.list.calls = 0;
    shop.run_until(at(30), &mut nothing);
    assert_eq!((shop.list.calls, shop.ends.get(&id)), (1, None));
    shop.run_until(at(31), &mut nothing);
    assert!(matches!(shop.ends.get(&id), Some(End::Expired { .. })));
}

#[test]
fn many_links_that_run_out_are_settled_by_one_scan() {
    let mut shop = shop(Order::Newest, 1_400, 1);
    (0..300).for_each(|_| shop.add(minutes(25)));
    shop.run_until(at(11), &mut nothing);
    shop.foreign();
    shop.list.calls = 0;
    shop.run_until(at(41), &mut nothing);
    assert_eq!(shop.ends.len(), 300);
    assert!(shop.list.calls <= 10, "{}", shop.list.calls);
}

#[test]
fn links_are_woken_while_the_list_cannot_be_read() {
    let mut shop = shop(Order::Newest, 1_400, 100);
    shop.list.failures = usize::MAX;
    let id = shop.open_links()[50];
    shop.list.confirm(id, shop.now);
    shop.run_until(at(13), &mut nothing);
    assert!(shop.ends.contains_key(&id));
    assert_eq!(shop.woken, 100);
    shop.run_until(at(133), &mut nothing);
    assert!((11..=13).contains(&(shop.woken / 99)), "every ten minutes: {}", shop.woken);
    assert!(shop.list.calls <= 22, "{}", shop.list.calls);

    shop.list.failures = 0;
    shop.run_until(at(145), &mut nothing);
    (shop.woken, shop.list.calls) = (0, 0);
    shop.run_until(at(205), &mut nothing);
    assert_eq!((shop.woken, shop.list.calls), (0, 6), "it can be read again");
}

#[test]
fn one_page_that_fails_is_read_again_after_a_minute() {
    let mut shop = shop(Order::Newest, 1_400, 10);
    shop.list.failures = 1;
    shop.run_until(at(12), &mut nothing);
    assert_eq!((shop.list.calls, shop.woken), (5, 0));
}

#[test]
fn items_that_cannot_be_read_wake_all_links_once() {
    let mut shop = shop(Order::Newest, 1_400, 10);
    shop.run_until(at(11), &mut nothing);
    let id = shop.open_links()[5];
    shop.list.confirm(id, shop.now);
    shop.list.payments.get_mut(&id).unwrap().is_unreadable = true;
    shop.run_until(at(22), &mut nothing);
    assert!(shop.ends.contains_key(&id));
    assert_eq!(shop.woken, 10);
    shop.foreign();
    shop.run_until(at(145), &mut nothing);
    assert_eq!(shop.woken, 10, "for each number of them once");
    let short = shop.open(minutes(10));
    shop.run_until(at(400), &mut nothing);
    assert!(!shop.ends.contains_key(&short), "it may be the one that cannot be read");
}

#[test]
fn a_link_that_could_not_be_woken_for_an_item_that_cannot_be_read_is_woken_again() {
    let mut shop = shop(Order::Newest, 1_400, 10);
    shop.run_until(at(11), &mut nothing);
    let id = shop.open_links()[5];
    shop.list.confirm(id, shop.now);
    shop.list.payments.get_mut(&id).unwrap().is_unreadable = true;
    shop.orders_fail = true;
    shop.run_until(at(23), &mut nothing);
    assert!(!shop.ends.contains_key(&id));
    shop.orders_fail = false;
    shop.run_until(at(33), &mut nothing);
    assert!(shop.ends.contains_key(&id));
}

#[test]
fn a_filter_that_is_ignored_confirms_nothing_and_makes_the_count_worthless() {
    let mut shop = shop(Order::Newest, 100, 10);
    shop.list.ignores_filter = true;
    shop.run_until(at(11), &mut nothing);
    assert_eq!(shop.ends.len(), 0);
    let id = shop.open_links()[5];
    shop.list.confirm(id, shop.now);
    shop.run_until(at(21), &mut nothing);
    assert!(shop.ends.contains_key(&id), "the count is what it was");
}

#[test]
fn a_count_that_fell_is_not_relied_on() {
    let mut shop = shop(Order::Oldest, 100, 10);
    shop.run_until(at(11), &mut nothing);
    let gone = |shop: &mut Shop| {
        let given_back =
            shop.list.payments.values_mut().find(|payment| payment.confirmed_at.is_some() && !payment.is_gone);
        given_back.unwrap().is_gone = true;
    };
    gone(&mut shop);
    shop.run_until(at(21), &mut nothing);
    for scan in 3..30 {
        let id = shop.open(minutes(600));
        shop.run_until(at(10 * scan - 5), &mut nothing);
        gone(&mut shop);
        shop.list.confirm(id, shop.now);
        shop.run_until(at(10 * scan + 1), &mut nothing);
        assert!(shop.ends.contains_key(&id), "the count is what it was at scan {scan}");
    }
}

#[test]
fn an_answer_that_names_no_count_has_the_list_read_each_time() {
    let mut shop = shop(Order::Newest, 700, 10);
    shop.list.names_count = false;
    shop.run_until(at(11), &mut nothing);
    let id = shop.open_links()[5];
    shop.list.confirm(id, shop.now);
    shop.run_until(at(21), &mut nothing);
    assert!(shop.ends.contains_key(&id));
    assert_eq!((shop.list.calls, shop.woken), (8, 0), "only an empty page is the last");
}

#[test]
fn a_hit_is_sent_until_the_order_answers() {
    let mut shop = shop(Order::Newest, 10, 100);
    shop.run_until(at(11), &mut nothing);
    shop.orders_fail = true;
    let links = shop.open_links();
    links.iter().take(60).for_each(|id| shop.list.confirm(*id, shop.now));
    shop.run_until(at(40), &mut nothing);
    assert_eq!(shop.ends.len(), 0);
    shop.orders_fail = false;
    shop.run_until(at(50), &mut nothing);
    assert_eq!(shop.ends.len(), 60);
}

/// What was paid before an index lost its links is in the list that it reads first, and its links come back one after the other.
#[test]
fn links_that_are_registered_late_are_looked_for_in_the_whole_list() {
    let mut shop = shop(Order::Newest, 100, 20);
    let links = shop.open_links();
    shop.run_until(at(11), &mut nothing);
    shop.list.confirm(links[19], shop.now);
    shop.lose_storage();
    for (number, id) in links.iter().enumerate() {
        shop.register(*id, START, at(48 * 60));
        shop.run_until(at(12 + 7 * u64::try_from(number).unwrap()), &mut nothing);
    }
    shop.run_until(shop.now.plus(minutes(15)), &mut nothing);
    assert!(shop.ends.contains_key(&links[19]));
}

#[test]
fn a_clock_that_is_set_back_delays_nothing() {
    let mut shop = shop(Order::Newest, 1_400, 10);
    shop.run_until(at(71), &mut nothing);
    shop.now = at(5);
    let id = shop.open(minutes(60));
    shop.list.confirm(id, shop.now);
    shop.alarm(&mut nothing);
    shop.run_until(at(5 + 15), &mut nothing);
    assert!(shop.ends.contains_key(&id));
}
