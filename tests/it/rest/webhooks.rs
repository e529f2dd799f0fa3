//! What waits beside the machines: webhooks, and a comparison of books.

use std::time::Duration;

use compago::edge::delivery::DeadLetterReason;
use compago::edge::reconciliation::StartedBy;
use compago::flow::alarm::{Alarm, Wake};
use compago::flow::outbox::{Answer, Delivery, DeliveryState, Jitter, MAX_WAIT};
use compago::flow::poll::MAX_ALARM_GAP;
use compago::flow::reconciliation::run::Run;
use compago::value::UnixMillis;
use compago::webhook::EventKind;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::HOUR;
use crate::order::bench::START;
use crate::sim::rng::Rng;

const SECOND: Duration = Duration::from_secs(1);

fn delivery() -> Delivery {
    Delivery::new("evt_k7q2m9xd3fht_order-paid_1".parse().unwrap(), EventKind::OrderPaid, START)
}

#[test]
fn a_webhook_without_an_endpoint_is_given_up_after_thirty_days() {
    let waiting = delivery();
    let last = START.plus(MAX_WAIT);
    assert_eq!(waiting.clone().expire(last.minus(SECOND)), waiting);
    let expired = waiting.expire(last);
    assert_eq!(expired.state(), DeliveryState::DeadLettered { at: last, reason: DeadLetterReason::Expired });
    assert_eq!(expired.next_at(), None);
    assert_eq!(compago::json::from_str::<Delivery>(&compago::json::to_string(&expired)).unwrap(), expired);

    // Put back by a person, it has its time again.
    let again = expired.redeliver(last);
    assert_eq!(again.clone().expire(last.plus(HOUR)), again);
    assert_ne!(again.clone().expire(last.plus(MAX_WAIT)), again);
}

#[test]
fn a_webhook_comes_to_rest_and_is_sent_although_the_clock_is_set_back() {
    for seed in 0..200 {
        let mut rng = Rng::new(seed);
        let (mut delivery, mut now, mut tries) = (delivery(), START, 0);
        while let Some(at) = delivery.next_at() {
            if rng.percent(30) {
                now = now.minus(rng.between(Duration::ZERO, HOUR * 24 * 40));
            }
            delivery = delivery.correct_times(now);
            let at = delivery.next_at().unwrap_or(at);
            assert!(at <= now.plus(HOUR * 27), "seed {seed}: next try at {at}, now {now}");
            assert!(delivery.tries() > 0 || at <= now, "seed {seed}: what was never tried is due");
            now = now.max(at);
            let (begun, number) = delivery.begin(now);
            delivery = begun;
            tries += 1;
            assert!(tries <= 11, "seed {seed}: {tries} tries");
            let Some(number) = number else { continue };
            let retry_after = Some(Duration::from_secs(rng.below(100_000)));
            let answer =
                rng.one_of(&[Answer::Unreachable, Answer::TimedOut, Answer::Status { status: 503, retry_after }]);
            if rng.percent(80) {
                delivery = delivery.answered(number, answer, now, Jitter::from_random(9));
            }
        }
        assert!(matches!(delivery.state(), DeliveryState::DeadLettered { reason: DeadLetterReason::Exhausted, .. }));
    }
}

#[test]
fn a_clock_that_goes_on_corrects_no_webhook() {
    let mut rng = Rng::new(1);
    let (mut delivery, mut now) = (delivery(), START);
    while let Some(at) = delivery.next_at() {
        now = now.max(at);
        let (begun, number) = delivery.begin(now);
        assert_eq!(begun.clone().correct_times(now), begun);
        delivery = begun;
        let Some(number) = number else { continue };
        let retry_after = Some(Duration::from_secs(rng.below(100_000)));
        delivery = delivery.answered(number, Answer::Status { status: 503, retry_after }, now, Jitter::MOST);
        assert_eq!(delivery.clone().correct_times(now), delivery);
    }
}

#[test]
fn a_comparison_goes_on_although_the_clock_is_set_back() {
    let mut run = Run::begin(StartedBy::Schedule, START);
    for tries in 1..20 {
        run.failed(START);
        let due = run.due().unwrap();
        assert!(run.is_due(due) && !run.is_due(due.minus(SECOND)), "try {tries}");
        for back in [MAX_ALARM_GAP * 2, HOUR * 24, HOUR * 24 * 365] {
            assert!(run.is_due(START.minus(back)), "try {tries}, {back:?}");
        }
    }
    run.failed(START);
    assert!(!run.is_due(UnixMillis(i64::MAX)), "given up");
}

#[test]
fn an_alarm_is_set_only_if_it_is_another() {
    let at = |seconds: u64| START.plus(SECOND * u32::try_from(seconds).unwrap());
    for (set, wanted, suits, why) in [
        (Alarm::Unknown, None, false, "nobody knows"),
        (Alarm::Unknown, Some(at(60)), false, "nobody knows"),
        (Alarm::Off, None, true, "nothing to do"),
        (Alarm::Off, Some(at(60)), false, "it is to be set"),
        (Alarm::At(at(60)), None, false, "nothing to do any more"),
        (Alarm::At(at(60)), Some(at(60)), true, "the same"),
        (Alarm::At(at(60)), Some(at(61)), true, "little earlier, as two calls after each other have it"),
        (Alarm::At(at(4)), Some(at(3)), false, "a second later than three"),
        (Alarm::At(at(60)), Some(at(70)), false, "much earlier: it would fire for nothing"),
        (Alarm::At(at(62)), Some(at(60)), true, "a little later than a minute"),
        (Alarm::At(at(64)), Some(at(60)), false, "more than a twentieth later"),
        (Alarm::At(at(1003)), Some(at(1000)), true, "three seconds at most"),
        (Alarm::At(at(1004)), Some(at(1000)), false, "three seconds at most"),
        (Alarm::At(START), Some(START.plus(Duration::from_millis(10))), true, "about to fire"),
        (Alarm::At(START.minus(SECOND * 60)), Some(START.plus(Duration::from_millis(10))), false, "lost"),
    ] {
        assert_eq!(set.suits(wanted, START), suits, "{why}");
    }
}

#[test]
fn while_something_is_under_way_an_alarm_is_needed_after_a_crash_alone() {
    let at = |seconds: u32| START.plus(SECOND * seconds);
    for (set, due, suits, why) in [
        (Alarm::Off, None, false, "after a crash nobody would go on"),
        (Alarm::At(at(5)), None, true, "an earlier one stays: what follows sets it"),
        (Alarm::At(at(30)), None, true, "in time"),
        (Alarm::At(at(30 + 180)), None, true, "within three minutes"),
        (Alarm::At(at(30 + 181)), None, false, "too late"),
        (Alarm::At(at(100)), Some(at(100)), true, "what else is due"),
        (Alarm::At(at(110)), Some(at(100)), false, "what else is due does not wait"),
        (Alarm::At(START.minus(SECOND * 31)), None, false, "lost"),
    ] {
        let wanted = Wake { due, fallback: Some(at(30)) };
        assert_eq!(set.suits(wanted, START), suits, "{why}");
        assert_eq!(wanted.at(), Some(at(30)));
    }
    assert!(Alarm::At(at(180)).recovers(START) && !Alarm::At(at(181)).recovers(START));
    assert!(!Alarm::Off.recovers(START) && !Alarm::Unknown.recovers(START));
}
