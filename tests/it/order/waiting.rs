//! A link runs out for whose payment the list watcher looks: its word that the list does not hold it, and what ends the wait for that.

use compago::edge::order::OrderStatus;
use compago::flow::machine::Input;
use compago::flow::order::{Event, SETTLE_MARGIN};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, MINUTE, START, TTL, seconds};
use super::bodies::{OTHER_PAYMENT, With, listed, ok, over, pending};

/// The list watcher looks for the payment, and the link ran out by its own word.
fn waiting() -> Bench {
    let mut bench = Bench::opened().list_watched();
    bench.run_out();
    bench.reply(ok(over("PENDING", true)));
    assert_eq!((bench.status(), bench.call()), (OrderStatus::Verifying, None));
    bench
}

#[test]
fn the_list_watchers_word_that_a_payment_is_not_in_the_list_closes_a_link_that_ran_out() {
    let settled_at = START.plus(TTL).plus(SETTLE_MARGIN);
    let mut bench = waiting();
    bench.now = settled_at.plus(MINUTE);
    bench.absent(settled_at.minus(seconds(1)));
    assert_eq!(bench.told(), [""; 0], "the list was read too early");
    bench.feed(Event::Absent { payment_id: OTHER_PAYMENT.parse().unwrap(), read_at: bench.now });
    assert_eq!(bench.told(), [""; 0], "another payment");
    bench.absent(settled_at);
    assert_eq!(bench.told(), ["order.expired"]);
    assert!(!bench.calls.contains(&"search"));
    // Somebody may have finished at the bank only now.
    bench.ring();
    assert_eq!(bench.now, settled_at.plus(MINUTE * 11));
    bench.reply(ok(over("CONFIRMED", true)));
    assert_eq!(bench.told(), ["order.expired", "order.paid"]);
}

#[test]
fn without_the_list_watchers_word_the_list_is_searched_a_quarter_of_an_hour_later() {
    let mut bench = waiting();
    bench.ring();
    assert_eq!(bench.call(), Some("search"));
    assert_eq!(bench.now, START.plus(TTL).plus(SETTLE_MARGIN + MINUTE * 15));
    // Its answer says more than what the list watcher says meanwhile.
    bench.absent(bench.now);
    assert_eq!(bench.told(), [""; 0]);
    bench.list([listed("CONFIRMED")]);
    assert_eq!(bench.told(), ["order.paid"]);
}

#[test]
fn who_is_woken_while_waiting_for_the_list_watcher_reads_and_searches() {
    let mut bench = waiting();
    bench.now = START.plus(TTL).plus(SETTLE_MARGIN + MINUTE);
    bench.feed(Event::Wake);
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("PENDING", true)));
    assert_eq!(bench.call(), Some("search"));
    bench.list([listed("PENDING")]);
    assert_eq!(bench.told(), ["order.expired"]);
}

#[test]
fn the_list_watchers_word_is_not_enough_where_the_payment_itself_has_not_said_that_it_ran_out() {
    let ended = START.plus(TTL).plus(SETTLE_MARGIN);
    let at_end = || {
        let mut bench = Bench::opened().list_watched();
        bench.now = ended;
        bench.take(Input::AlarmFired);
        assert_eq!(bench.call(), Some("read"));
        bench
    };
    // It cannot be read, or in no state that is documented: the list is searched at once, whatever is not confirmed in it.
    let mut lost = at_end();
    lost.lose();
    let mut odd = at_end();
    odd.reply(ok(over("PROCESSING", true)));
    for mut bench in [lost, odd] {
        bench.absent(bench.now);
        assert_eq!(bench.told(), [""; 0]);
        bench.ring();
        assert!(bench.now <= ended.plus(seconds(3)));
        assert_eq!(bench.call(), Some("search"));
        bench.list([listed("PROCESSING")]);
        assert_eq!(bench.told(), ["order.on-hold unknown-status"]);
    }
    // It says that it can still be paid: it is read again.
    let mut open = at_end();
    open.reply(ok(pending()));
    open.wait(seconds(3));
    open.absent(open.now);
    assert_eq!((open.told(), open.call()), (vec![], Some("read")));
}

#[test]
fn a_contradiction_ends_the_wait_for_the_list_watcher() {
    let mut bench = waiting();
    bench.now = START.plus(TTL).plus(SETTLE_MARGIN + MINUTE);
    bench.list_shows(&listed("CONFIRMED").with("amount", 1));
    assert_eq!(bench.call(), Some("search"));
    bench.lose();
    let failed_at = bench.now;
    bench.absent(bench.now);
    assert_eq!(bench.told(), [""; 0], "what the list watcher says does not count any more");
    bench.ring();
    assert!(bench.now > failed_at, "it is searched at its own pace");
    bench.list([listed("CONFIRMED").with("amount", 1)]);
    assert_eq!(bench.told(), ["order.on-hold mismatch"]);
}
