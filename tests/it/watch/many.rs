//! Very many open links: what an hour costs. `npm run bench -- links` prints it for 100,000.

use std::env::var;

use super::*;

/// How many links are open, unless `WATCH_LINKS` says another number.
const LINKS: usize = 2_000;

fn links() -> usize {
    var("WATCH_LINKS").ok().and_then(|text| text.parse().ok()).unwrap_or(LINKS)
}

/// Runs an hour in which so many links are paid, evenly, and says what it cost.
fn an_hour(shop: &mut Shop, paid: u64) -> (usize, usize, usize) {
    (shop.list.calls, shop.alarms, shop.written) = (0, 0, 0);
    let start = shop.now;
    for (number, id) in (0..paid).zip(shop.open_links()) {
        shop.run_until(start.plus(Duration::from_secs(3_600 * number / paid)), &mut nothing);
        shop.list.confirm(id, shop.now);
    }
    shop.run_until(start.plus(minutes(60)), &mut nothing);
    (shop.list.calls, shop.alarms, shop.written)
}

#[test]
#[allow(clippy::print_stderr, reason = "the bench prints what it costs")]
fn an_hour_costs_by_what_changes_not_by_how_many_are_open() {
    for order in [Order::Newest, Order::Confirmed] {
        let mut shop = shop(order, links() / 2, links());
        shop.run_until(at(31), &mut nothing);
        for paid in [0, 100] {
            let (calls, alarms, rows) = an_hour(&mut shop, paid);
            let text = format!("{} open links beside {} payments, {paid} paid in an hour", links(), links() / 2);
            if order == Order::Newest {
                eprintln!("{text}: {calls} calls to Compago, {alarms} alarms, {rows} rows");
            }
            let pages = shop.list.payments.len().div_ceil(500);
            shop.run_until(shop.now.plus(minutes(11)), &mut nothing);
            assert_eq!(shop.ends.len(), usize::try_from(paid).unwrap(), "each is found within ten minutes");
            if paid == 0 {
                assert_eq!((calls, alarms), (6, 6));
            } else {
                assert!(calls <= 6 * (1 + pages) && alarms <= 6 * (2 + pages.div_ceil(40)), "{calls} {alarms}");
            }
            if paid > 0 && order == Order::Confirmed {
                assert!(calls <= 6 * 2 + 1 + pages, "a probe and a page each time, and all pages once: {calls}");
            }
        }
    }
}
