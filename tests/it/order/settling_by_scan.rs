//! A link runs out that is registered with the list watcher: its order need not search the list.

use compago::edge::order::OrderStatus;
use compago::flow::machine::Input;
use compago::flow::order::{Event, SETTLE_MARGIN};
use compago::value::UnixMillis;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, HOUR, MINUTE, START, TTL, seconds};
use super::bodies::{OTHER_PAYMENT, With, listed, ok, over, pending};

/// When a link that has run out is settled.
fn settled_at() -> UnixMillis {
    START.plus(TTL).plus(SETTLE_MARGIN)
}

/// The link is registered with the list watcher, and its payment, read at this time, has said that it ran out.
fn waiting_since(read_at: UnixMillis) -> Bench {
    let mut bench = Bench::opened().list_watched();
    bench.now = read_at;
    bench.feed(Event::Watched);
    bench.reply(ok(over("PENDING", true)));
    assert_eq!((bench.status(), bench.call()), (OrderStatus::Verifying, None));
    bench
}

/// The same, read as long after its end as it has to be.
fn waiting() -> Bench {
    waiting_since(settled_at())
}

#[test]
fn a_scan_that_does_not_hold_the_payment_closes_a_link_that_ran_out() {
    let settled_at = settled_at();
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
fn a_payment_that_was_last_read_before_its_link_had_certainly_ended_is_read_again_before_it_is_closed() {
    // Somebody watches in the first second after the end: a payment of the last second does not show yet.
    let early = || waiting_since(START.plus(TTL).plus(seconds(1)));
    // By itself, once it is late enough.
    let mut bench = early();
    bench.ring();
    assert_eq!((bench.now, bench.call()), (settled_at(), Some("read")));
    bench.reply(ok(over("PENDING", true)));
    bench.absent(settled_at());
    assert_eq!(bench.told(), ["order.expired"]);
    // When a scan does not hold it and its alarm is late.
    let mut bench = early();
    bench.now = settled_at().plus(MINUTE);
    bench.absent(settled_at());
    assert_eq!((bench.told(), bench.call()), (vec![], Some("read")));
    let mut paid = bench.clone();
    paid.reply(ok(over("CONFIRMED", true)));
    assert_eq!(paid.told(), ["order.paid"]);
    // What that read says counts, and not that it was sent.
    let mut failed = bench.clone();
    failed.lose();
    failed.wait(seconds(3));
    failed.absent(settled_at());
    assert_eq!((failed.told(), failed.call()), (vec![], Some("read")));
    bench.reply(ok(over("PENDING", true)));
    bench.absent(settled_at());
    assert_eq!(bench.told(), ["order.expired"]);
}

#[test]
fn a_scan_that_was_under_way_when_the_link_was_registered_does_not_close_it() {
    let mut unregistered = Bench::opened();
    unregistered.now = settled_at();
    unregistered.take(Input::AlarmFired);
    unregistered.reply(ok(over("PENDING", true)));
    unregistered.absent(settled_at().plus(HOUR));
    assert_eq!(unregistered.told(), [""; 0]);
    // Registered after the end: by a clock that may be a minute behind that of the list watcher.
    unregistered.wait(seconds(1));
    let mut bench = unregistered.list_watched();
    if bench.call() == Some("read") {
        bench.reply(ok(over("PENDING", true)));
    }
    let registered_at = bench.now;
    for (began_at, told) in [(seconds(0), 0), (seconds(59), 0), (MINUTE, 1)] {
        let mut bench = bench.clone();
        bench.absent(registered_at.plus(began_at));
        assert_eq!(bench.told().len(), told, "{began_at:?}");
    }
}

#[test]
fn a_read_that_an_open_page_causes_takes_the_place_of_the_one_at_the_end() {
    let mut bench = waiting_since(START.plus(TTL).plus(seconds(1)));
    bench.now = START.plus(TTL).plus(seconds(60));
    bench.returned_rightly();
    assert_eq!(bench.call(), Some("search"));
    bench.list([listed("PENDING").with("expiresAt", "2026-03-03T19:00:00Z")]);
    assert!(bench.shows_link());
    bench.now = settled_at().minus(seconds(1));
    bench.feed(Event::CheckAsked);
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(pending()));
    bench.wait(seconds(1));
    bench.take(Input::AlarmFired);
    assert_eq!(bench.call(), None, "two reads within three seconds");
}

#[test]
fn without_the_list_watchers_message_the_list_is_searched_a_quarter_of_an_hour_later() {
    let mut bench = waiting();
    bench.ring();
    assert_eq!(bench.call(), Some("search"));
    assert_eq!(bench.now, settled_at().plus(MINUTE * 15 + seconds(3)));
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
fn a_scan_is_not_enough_where_the_payment_itself_has_not_said_that_it_ran_out() {
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
