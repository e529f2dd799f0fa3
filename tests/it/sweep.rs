//! Sweeps over a list that changes while it is read.

use std::collections::BTreeSet;

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::{ListedPayment, Page};
use compago::api::one_time_payment::sweep::Sweep;
use compago::value::{PaymentId, UnixMillis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod model;

use model::{List, ORDERS, Order, START, Swept, accept, payment};

fn page(count: Option<u64>, readable: Vec<ListedPayment>, unreadable: usize) -> Page {
    Page { count, page_size: None, readable, unreadable }
}

fn numbered(number: u16) -> ListedPayment {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&number.to_be_bytes());
    payment(PaymentId::from_bytes(id), UnixMillis(START.millis() - i64::from(number) * 60_000))
}

/// Passes these pages to the sweep, as long as there are any.
fn played(mut sweep: Sweep, pages: impl IntoIterator<Item = Page>) -> (Sweep, Vec<u32>) {
    let (mut seen, mut pages, mut asked) = (BTreeSet::new(), pages.into_iter(), Vec::new());
    while let Some(request) = sweep.next() {
        asked.push(request.page);
        let Some(page) = pages.next() else { break };
        accept(&mut sweep, &page, &mut seen, START);
    }
    (sweep, asked)
}

#[test]
fn a_list_that_does_not_change_is_read_once() {
    for order in ORDERS {
        for (count, pages) in [(0, 1), (1, 1), (6, 1), (7, 2), (8, 2), (300, 43), (301, 43)] {
            let swept = List::new(count, order, 7).swept(0, 0);
            assert_eq!(swept, Swept { whole: true, missed: 0, pages }, "{order:?} {count}");
        }
    }
}

#[test]
fn a_list_that_grows_as_fast_as_forty_a_page_is_read_once_if_it_is_sorted_by_age() {
    for order in [Order::Newest, Order::Oldest, Order::Updated, Order::UpdatedOldest] {
        let swept = List::new(2_000, order, 500).swept(40, 0);
        assert_eq!(swept, Swept { whole: true, missed: 0, pages: 5 }, "{order:?}");
    }
    let swept = List::new(2_000, Order::Any, 500).swept(40, 0);
    assert_eq!((swept.whole, swept.missed), (true, 0));
}

/// After each page, a payment of a later page moves to the front, so one pass misses some.
#[test]
fn a_payment_missed_by_one_pass_is_found_by_the_next() {
    for order in [Order::Updated, Order::UpdatedOldest] {
        let swept = List::new(300, order, 7).swept(0, 1);
        assert_eq!((swept.whole, swept.missed), (true, 0), "{order:?}");
        assert!(swept.pages > 43, "{order:?}");
    }
}

#[test]
fn a_list_that_keeps_changing_is_not_reported_as_complete() {
    let pages = (0..).flat_map(|pass| [page(Some(9), vec![numbered(pass)], 0), page(Some(9), vec![], 0)]);
    let (sweep, asked) = played(Sweep::new(None), pages);
    assert_eq!((sweep.is_whole(), sweep.seen()), (false, 5), "each pass brought one that was old and not seen before");
    assert_eq!(asked, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
}

#[test]
fn the_age_of_payments_in_one_state_is_their_last_update() {
    // Created long before the sweep and confirmed while it runs, so it has not been missed.
    let confirmed_at = |number: u16, at: i64| {
        let mut payment = numbered(number);
        payment.status = Status::Confirmed;
        payment.updated_at = Some(UnixMillis(START.millis() + at));
        payment
    };
    let old = || (0..500).map(|number| confirmed_at(number, -20_000)).collect::<Vec<_>>();
    let pass = |count, joined| {
        let second = vec![confirmed_at(500, -20_000), confirmed_at(joined, 1_000)];
        [page(Some(count), old(), 0), page(Some(600), second, 0), page(Some(600), vec![], 0)]
    };
    let (sweep, asked) =
        played(Sweep::new(Some(Status::Confirmed)), [pass(501, 501), pass(600, 502)].into_iter().flatten());
    assert!(sweep.is_whole(), "the second pass brought only what was confirmed meanwhile");
    assert_eq!((sweep.seen(), asked.as_slice()), (503, [1, 2, 3, 1, 2, 3].as_slice()));
}

/// What was created after the sweep began would else stand for what it has missed.
#[test]
fn a_clock_that_is_a_little_ahead_makes_no_sweep_complete() {
    let mut list = List::new(28, Order::Updated, 3);
    (list.random, list.ahead_ms) = (2_688_303_214_774_786_483, 500);
    let swept = list.swept(1, 8);
    assert!(!swept.whole || swept.missed == 0, "{swept:?}");
}

#[test]
fn a_count_that_is_missing_or_that_of_the_page() {
    fn first() -> Vec<ListedPayment> {
        (0..500).map(numbered).collect()
    }
    fn second() -> Vec<ListedPayment> {
        (500..600).map(numbered).collect()
    }
    let missing = || vec![page(None, first(), 0), page(None, second(), 0), page(None, vec![], 0)];
    let of_page = || vec![page(Some(500), first(), 0), page(Some(100), second(), 0)];
    for pass in [missing, of_page] as [fn() -> Vec<Page>; 2] {
        let (sweep, asked) = played(Sweep::new(None), [pass(), pass()].into_iter().flatten());
        assert!(sweep.is_whole() && sweep.seen() == 600);
        assert_eq!(asked.len(), 2 * pass().len(), "nothing but another pass can tell");
    }
}

#[test]
fn unreadable_items_are_counted() {
    let (sweep, asked) = played(Sweep::new(None), [page(Some(3), vec![numbered(1), numbered(2)], 1)]);
    assert_eq!((sweep.is_whole(), sweep.seen(), sweep.unreadable(), sweep.count()), (true, 2, 1, Some(3)));
    assert_eq!(asked, [1]);

    // On two pages they may be the same one, moved from the first to the second, and another payment may be missing.
    let first = || page(Some(501), (0..499).map(numbered).collect(), 1);
    let moved = [first(), page(Some(501), vec![], 1)];
    let (sweep, _) = played(Sweep::new(None), moved.clone());
    assert!(!sweep.is_whole());
    let at_rest = [first(), page(Some(501), vec![numbered(499)], 0)];
    let (sweep, asked) = played(Sweep::new(None), moved.into_iter().chain(at_rest));
    assert_eq!((sweep.is_whole(), sweep.seen(), sweep.unreadable()), (true, 500, 2));
    assert_eq!(asked, [1, 2, 1, 2]);

    // As many as a page contains, on several pages of a list that does not change.
    let pass = || {
        [page(Some(600), (0..450).map(numbered).collect(), 50), page(Some(600), (450..500).map(numbered).collect(), 50)]
    };
    let (sweep, asked) = played(Sweep::new(None), pass().into_iter().chain(pass()));
    assert_eq!((sweep.is_whole(), sweep.seen(), sweep.unreadable()), (true, 500, 100));
    assert_eq!(asked, [1, 2, 1, 2]);
}

#[test]
fn a_list_without_end_ends_the_sweep() {
    let endless = (0..).map(|_| page(Some(u64::MAX), vec![numbered(1)], 0));
    let (sweep, asked) = played(Sweep::new(None), endless);
    assert_eq!((sweep.is_whole(), asked.len()), (false, 1_000));
    assert!(sweep.next().is_none());
}

#[test]
fn answers_after_the_end_change_nothing() {
    let (mut sweep, _) = played(Sweep::new(None), [page(Some(1), vec![numbered(1)], 0)]);
    let over = sweep.clone();
    sweep.accept(&page(Some(9), vec![numbered(2)], 0), &[&numbered(2)], START);
    assert_eq!(sweep, over);
}

#[test]
fn the_filter_is_kept_on_every_page() {
    let mut sweep = Sweep::new(Some(Status::Cancelled));
    for number in 1..=3 {
        let request = sweep.next().unwrap();
        assert_eq!((request.page, request.status, request.currency), (number, Some(Status::Cancelled), None));
        sweep.accept(&page(None, vec![], 500), &[], START);
    }
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use core::ops::Range;

    use proptest::prelude::*;

    use super::*;

    /// The most that our clock may be ahead of Compago's for a sweep to know what it has missed.
    const MOST_AHEAD_MS: i64 = 10_000;

    /// Order, number of payments, page size, random seed, and clock difference.
    fn lists(ahead_ms: Range<i64>) -> impl Strategy<Value = (usize, usize, usize, u64, i64)> {
        (0..ORDERS.len(), 0..80_usize, 3..20_usize, any::<u64>(), prop_oneof![Just(0), -2_000..2_000_i64, ahead_ms])
    }

    fn list((order, count, page_size, random, ahead_ms): (usize, usize, usize, u64, i64)) -> List {
        let mut list = List::new(count, ORDERS[order], page_size);
        (list.random, list.ahead_ms) = (random, ahead_ms);
        list
    }

    proptest! {
        #[test]
        fn a_complete_sweep_missed_nothing(case in lists(-600_000..MOST_AHEAD_MS), made in 0..6_usize, changed in 0..10_usize) {
            let swept = list(case).swept(made.min(case.2 / 3), changed);
            prop_assert!(!swept.whole || swept.missed == 0, "{swept:?}");
        }

        #[test]
        fn a_list_that_only_grows_is_swept_completely(case in lists(-600_000..600_000), made in 0..6_usize) {
            let mut list = list(case);
            if matches!(list.order, Order::Any) {
                // Only the clocks distinguish new payments here.
                list.ahead_ms = 0;
            }
            let swept = list.swept(made.min(case.2 / 3), 0);
            prop_assert_eq!((swept.whole, swept.missed), (true, 0));
        }
    }
}
