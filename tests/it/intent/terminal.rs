//! Who may charge at a terminal.

use compago::flow::intent::{Event, Intent};
use compago::flow::terminal::{Claim, Decision, decide};
use compago::value::{Reference, UnixMillis};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, LIFETIME, START, refused, seconds, success, terms, told};

fn key() -> Reference {
    terms().key
}

fn other() -> Reference {
    "000000000001".parse().unwrap()
}

fn claimed(latest: Option<&Intent>, now: UnixMillis) -> [Decision; 2] {
    let take_over = Claim::TakeOver { displacing: None };
    [decide(Claim::IfFree, latest, None, now), decide(take_over, latest, None, now)]
}

#[test]
fn one_at_a_time_and_another_only_by_taking_over() {
    let mut lost = Bench::placed();
    lost.lose();
    lost.wake();
    lost.reply(Ok(refused(409, "")));
    let mut cancelling = Bench::open();
    cancelling.feed(Event::CancelAsked);
    let mut verifying = Bench::open();
    verifying.look(told("PENDING", true));
    let mut expired = verifying.clone();
    expired.look(told("PENDING", true));
    let mut paid = Bench::open();
    paid.look(success("CONFIRMED", false));
    let mut unknown = Bench::open();
    unknown.look(told("CONFIRMED", false));
    let mut rejected = Bench::placed();
    rejected.reply(Ok(refused(404, "Terminal not found")));
    for (what, bench, expected) in [
        ("being made", Bench::placed(), [Decision::Busy, Decision::Wait(key())]),
        ("open", Bench::open(), [Decision::Busy, Decision::Cancel(key())]),
        ("in doubt", unknown, [Decision::Busy, Decision::Cancel(key())]),
        ("nearly over", verifying, [Decision::Busy, Decision::Cancel(key())]),
        ("being taken back", cancelling, [Decision::Busy, Decision::Wait(key())]),
        ("lost", lost, [Decision::Busy, Decision::Place]),
        ("over", expired, [Decision::Place, Decision::Place]),
        ("paid", paid, [Decision::Place, Decision::Place]),
        ("refused", rejected, [Decision::Place, Decision::Place]),
    ] {
        assert_eq!(claimed(Some(&bench.intent), bench.now), expected, "{what}");
    }
    assert_eq!(claimed(None, START), [Decision::Place, Decision::Place]);
}

#[test]
fn whoever_displaced_a_charge_that_was_paid_charges_nothing() {
    let mut bench = Bench::open();
    bench.feed(Event::CancelAsked);
    bench.reply(Ok(refused(400, "Payment intent already confirmed")));
    bench.look(success("CONFIRMED", false));
    let claim = Claim::TakeOver { displacing: Some(key()) };
    for now in [bench.now, bench.now.plus(LIFETIME)] {
        assert_eq!(decide(claim, Some(&bench.intent), Some(&bench.intent), now), Decision::DisplacedPaid);
        assert_eq!(decide(claim, None, Some(&bench.intent), now), Decision::DisplacedPaid, "whatever came after it");
    }
}

#[test]
fn a_take_over_displaces_only_what_the_cashier_saw() {
    let bench = Bench::open();
    let claim = Claim::TakeOver { displacing: Some(other()) };
    assert_eq!(decide(claim, Some(&bench.intent), None, bench.now), Decision::Busy, "another till was quicker");
}

#[test]
fn a_terminal_whose_charge_nobody_can_learn_about_is_free_in_the_end() {
    let mut bench = Bench::open();
    bench.feed(Event::CancelAsked);
    bench.say(json!({}));
    let end = START.plus(LIFETIME);
    assert_eq!(claimed(Some(&bench.intent), end), [Decision::Busy, Decision::Wait(key())]);
    assert_eq!(claimed(Some(&bench.intent), end.plus(seconds(90))), [Decision::Place, Decision::Place]);
}

#[test]
fn a_take_over_waits_until_an_answer_says_how_the_displaced_charge_ended() {
    let mut bench = Bench::open();
    bench.feed(Event::CancelAsked);
    bench.say(json!({}));
    let late = START.plus(LIFETIME).plus(seconds(90));
    assert!(!bench.intent.is_closed() && !bench.intent.is_running(late));
    let claim = Claim::TakeOver { displacing: Some(key()) };
    for latest in [Some(&bench.intent), None] {
        assert_eq!(decide(claim, latest, Some(&bench.intent), late), Decision::Wait(key()), "it may be the same sale");
    }
    assert_eq!(decide(Claim::IfFree, Some(&bench.intent), None, late), Decision::Place, "another sale");
    bench.look(told("CANCELLED", true));
    bench.look(told("CANCELLED", true));
    assert!(bench.intent.is_closed());
    assert_eq!(decide(claim, Some(&bench.intent), Some(&bench.intent), late), Decision::Place);
}
