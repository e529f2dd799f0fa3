//! Which steps are stored before their call: all but those that make a read of which nothing is lost if it is forgotten.

use compago::flow::machine::{Input, Machine as _, Storing};
use compago::flow::order::Event;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, HOUR, MINUTE, seconds};
use super::bodies::{EXTERNAL_ID, PAYMENT, created, listed, ok, over, pending, refused};

/// After a step that has made this call.
fn assert_stored(bench: &Bench, call: &str, storing: Storing) {
    assert_eq!((bench.call(), bench.storing), (Some(call), storing));
}

#[test]
fn a_read_that_the_alarm_makes_is_stored_with_its_answer() {
    let mut bench = Bench::opened();
    let mut watched = bench.clone();
    bench.ring();
    assert_stored(&bench, "read", Storing::WithAnswer);
    bench.reply(ok(pending()));
    assert_eq!(bench.storing, Storing::BeforeCall, "there is no call");
    // That the list watcher looks for the payment is stored with it.
    watched.now = watched.order.next_wake().unwrap();
    watched.feed(Event::ListWatched);
    assert_stored(&watched, "read", Storing::WithAnswer);
    // So is the late read of a closed attempt.
    let mut bench = Bench::expired();
    bench.ring();
    assert_stored(&bench, "read", Storing::WithAnswer);
}

#[test]
fn a_search_that_never_ends_well_is_counted_until_a_person_is_asked() {
    let mut bench = Bench::opened();
    bench.run_out();
    bench.reply(ok(over("PENDING", true)));
    let mut searches = 0;
    while bench.status().is_pending() {
        bench.ring();
        if bench.call().is_some() {
            assert_stored(&bench, "search", Storing::BeforeCall);
            // The object crashes.
            bench.pending = None;
            searches += 1;
            assert!(searches < 300, "it is searched for ever");
        }
    }
    assert_eq!(bench.told(), ["order.on-hold unresolved"]);
}

#[test]
fn a_read_that_somebody_who_watches_causes_is_stored_with_its_answer() {
    for event in [Event::Watched, Event::WatchedByOperator, Event::CheckAsked] {
        let mut bench = Bench::opened();
        bench.wait(seconds(30));
        bench.feed(event);
        assert_stored(&bench, "read", Storing::WithAnswer);
    }
}

#[test]
fn what_is_said_once_is_stored_before_the_read_that_it_causes() {
    let returned =
        Event::PayerReturned { payment_id: PAYMENT.parse().unwrap(), external_id: EXTERNAL_ID.parse().unwrap() };
    for event in [returned, Event::Wake] {
        let mut bench = Bench::opened();
        bench.wait(MINUTE);
        bench.feed(event);
        assert_stored(&bench, "read", Storing::BeforeCall);
    }
    let mut bench = Bench::opened();
    bench.wait(MINUTE);
    bench.list_shows(&listed("CONFIRMED"));
    assert_stored(&bench, "read", Storing::BeforeCall);
}

#[test]
fn a_call_that_changes_something_is_stored_before_it_is_sent() {
    let mut bench = Bench::placed();
    assert_stored(&bench, "create", Storing::BeforeCall);
    bench.lose();
    bench.ring();
    assert_stored(&bench, "create", Storing::BeforeCall);
    bench.reply(ok(created(PAYMENT)));
    assert_stored(&bench, "read", Storing::BeforeCall);
    bench.reply(ok(pending()));
    bench.wait(HOUR);
    bench.feed(Event::CancelAsked);
    assert_stored(&bench, "cancel", Storing::BeforeCall);
    bench.reply(refused(400, "no"));
    assert_stored(&bench, "read", Storing::BeforeCall);
    bench.reply(ok(pending()));
    bench.ring();
    assert_stored(&bench, "cancel", Storing::BeforeCall);
}

#[test]
fn that_a_call_was_lost_is_stored_before_the_next_one() {
    let mut bench = Bench::opened();
    bench.ring();
    bench.wait(HOUR);
    bench.take(Input::AlarmFired);
    assert_stored(&bench, "read", Storing::BeforeCall);
}
