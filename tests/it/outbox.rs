//! Webhooks on their way: the schedule, what answers do to it, and what no sequence of events can break.

use core::time::Duration;

use compago::edge::delivery::{DeadLetterReason, DeliveryView};
use compago::flow::outbox::{
    Answer, Delivery, DeliveryState, Failure, FailureReason, Jitter, LastTry, MAX_TRIES, TIMEOUT, Try, TryOutcome,
};
use compago::value::UnixMillis;
use compago::webhook::EventKind;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(not(target_family = "wasm"))]
mod properties;

const START: UnixMillis = UnixMillis(1_772_388_000_000);
const ID: &str = "evt_k7q2m9xd3fht_order-paid_1";
const HOUR: u64 = 3600;
/// <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>, "Example retry
/// schedule", read November 2026: seconds since the start.
const SCHEDULE: [u64; 10] = [0, 5, 305, 2_105, 9_305, 27_305, 63_305, 113_705, 185_705, 272_105];

fn new() -> Delivery {
    Delivery::new(ID.parse().unwrap(), EventKind::OrderPaid, START)
}

fn status(status: u16) -> Answer {
    Answer::Status { status, retry_after: None }
}

fn later(seconds: u64) -> UnixMillis {
    START.plus(Duration::from_secs(seconds))
}

fn begin(delivery: Delivery, now: UnixMillis) -> (Delivery, Try) {
    let (delivery, begun) = delivery.begin(now);
    (delivery, begun.unwrap())
}

/// The first try, answered at once.
fn first(answer: Answer) -> Delivery {
    let (delivery, begun) = begin(new(), START);
    delivery.answered(begun, answer, START, Jitter::NONE)
}

/// So many tries without an answer, each begun when it is due.
fn lost(tries: u8) -> Delivery {
    let mut delivery = new();
    for _ in 0..tries {
        let due = delivery.next_at().unwrap();
        delivery = begin(delivery, due).0;
    }
    delivery
}

#[test]
fn ten_tries_on_the_schedule_of_the_specification() {
    let mut delivery = new();
    for (number, seconds) in (1..).zip(SCHEDULE) {
        let due = delivery.next_at().unwrap();
        assert_eq!(due, later(seconds), "try {number}");
        assert_eq!(delivery.clone().begin(due.minus(Duration::from_millis(1))), (delivery.clone(), None));

        let (sent, begun) = begin(delivery, due);
        assert_eq!(sent.tries(), number);
        delivery = sent.answered(begun, status(500), due, Jitter::NONE);
    }
    let parked = DeliveryState::DeadLettered { at: later(272_105), reason: DeadLetterReason::Exhausted };
    assert_eq!(delivery.state(), parked);
    assert_eq!(delivery.next_at(), None);
    assert_eq!(delivery.clone().begin(later(999_999)), (delivery, None));
}

#[test]
fn only_2xx_is_success() {
    for code in [200, 201, 204, 299] {
        assert_eq!(first(status(code)).state(), DeliveryState::Delivered { at: START }, "{code}");
    }
    for code in [0, 100, 199, 300, 301, 302, 304, 307, 308, 400, 401, 404, 409, 429, 500, 502, 503, 504, 599, 65535] {
        assert_eq!(first(status(code)).state(), DeliveryState::Pending { next_at: later(5) }, "{code}");
    }
    assert_eq!(first(Answer::Unreachable).state(), DeliveryState::Pending { next_at: later(5) });
}

#[test]
fn gone_parks_at_once() {
    assert_eq!(first(status(410)).state(), DeliveryState::DeadLettered { at: START, reason: DeadLetterReason::Gone });
}

#[test]
fn retry_after_is_honoured_within_a_day() {
    for (code, seconds, expected) in [
        (429, 60, 60),
        (503, 60, 60),
        (503, 1, 5),
        (503, 24 * HOUR, 24 * HOUR),
        (503, 24 * HOUR + 1, 24 * HOUR),
        (429, u64::MAX, 24 * HOUR),
        (500, 60, 5),
        (302, 60, 5),
    ] {
        let answer = Answer::Status { status: code, retry_after: Some(Duration::from_secs(seconds)) };
        assert_eq!(first(answer).next_at(), Some(later(expected)), "{code}, {seconds} s");
    }
}

#[test]
fn jitter_adds_a_tenth_at_most() {
    let wait = Duration::from_secs(300);
    for (bits, extra) in [(0, 0), (u16::MAX / 2, 14_999), (u16::MAX, 30_000)] {
        let due = first(status(500)).next_at().unwrap();
        let (delivery, begun) = begin(first(status(500)), due);
        let delivery = delivery.answered(begun, status(500), due, Jitter::from_random(bits));
        assert_eq!(delivery.next_at(), Some(due.plus(wait).plus(Duration::from_millis(extra))), "{bits}");
    }
}

/// The state that was saved before the request went out is all that is left of it.
#[test]
fn a_crash_after_begin_is_a_try_without_an_answer() {
    let (saved, _lost) = begin(new(), START);
    assert_eq!(saved.last_try(), Some(LastTry { at: START, answer: None }));

    let due = saved.next_at().unwrap();
    assert!(due > START.plus(TIMEOUT), "the answer may still come until then");
    let (again, begun) = begin(saved, due);
    assert_eq!((again.id().as_str(), again.tries()), (ID, 2));
    assert_eq!(again.answered(begun, status(200), due, Jitter::NONE).state(), DeliveryState::Delivered { at: due });
}

/// An answer that breaks the Worker each time must not use up ten tries in minutes.
#[test]
fn crashes_keep_the_schedule() {
    let (second, _) = begin(lost(1), later(30));
    assert_eq!(second.next_at(), Some(later(30 + 300)));
    let ninth = lost(9);
    assert!(ninth.next_at().unwrap().since(START) >= Duration::from_secs(272_000));
}

#[test]
fn the_tenth_answer_may_be_lost_too() {
    let tenth = lost(MAX_TRIES);
    let due = tenth.next_at().unwrap();
    let (parked, begun) = tenth.begin(due);
    assert_eq!(begun, None);
    assert_eq!(parked.state(), DeliveryState::DeadLettered { at: due, reason: DeadLetterReason::Exhausted });
}

#[test]
fn a_late_failure_is_no_news() {
    for answer in [status(500), status(410), Answer::Unreachable, Answer::TimedOut] {
        for sent in [1, 9] {
            let (saved, slow) = begin(lost(sent - 1), lost(sent - 1).next_at().unwrap());
            let due = saved.next_at().unwrap();
            let (next, _) = begin(saved, due);
            let late = due.plus(Duration::from_secs(1));
            assert_eq!(next.clone().answered(slow, answer, late, Jitter::NONE), next, "{answer:?} to try {sent}");
        }
    }
}

#[test]
fn a_clock_that_goes_back_does_not_hurry_the_next_try() {
    let now = later(HOUR);
    let (delivery, begun) = begin(new(), now);
    let delivery = delivery.answered(begun, status(500), START, Jitter::NONE);
    assert_eq!(delivery.next_at(), Some(now.plus(Duration::from_secs(5))));
}

#[test]
fn a_late_success_counts() {
    let (saved, slow) = begin(new(), START);
    let due = saved.next_at().unwrap();
    let (second, begun) = begin(saved, due);
    let delivered = second.answered(slow, status(200), due, Jitter::NONE);
    assert_eq!(delivered.state(), DeliveryState::Delivered { at: due });
    let after = delivered.answered(begun, status(410), later(100), Jitter::NONE);
    assert_eq!(after.state(), DeliveryState::Delivered { at: due });

    let (tenth, begun) = begin(lost(9), lost(9).next_at().unwrap());
    let due = tenth.next_at().unwrap();
    let (parked, _) = tenth.begin(due);
    assert_eq!(parked.answered(begun, status(200), due, Jitter::NONE).state(), DeliveryState::Delivered { at: due });
}

#[test]
fn a_person_can_put_it_back() {
    let exhausted = lost(MAX_TRIES).begin(later(999_999)).0;
    for closed in [first(status(410)), first(status(200)), exhausted, first(status(500))] {
        let again = closed.redeliver(later(5000));
        assert_eq!((again.id().as_str(), again.tries()), (ID, 0));
        assert_eq!(again.state(), DeliveryState::Pending { next_at: later(5000) });
        assert!(again.begin(later(5000)).1.is_some());
    }
}

/// Numbers of tries begin anew when it is put back; answers from before must not be taken for new ones.
#[test]
fn an_answer_from_before_it_was_put_back_is_told_apart() {
    let (delivery, old) = begin(new(), START);
    let (delivery, _new) = begin(delivery.redeliver(START), START);
    assert_eq!(delivery.clone().answered(old, status(410), START, Jitter::NONE), delivery);
}

/// Rows that an older version wrote must be read for as long as deliveries live, which is for ever.
#[test]
fn the_stored_form() {
    let (delivery, _attempt) = begin(new(), START);
    let stored = concat!(
        r#"{"id":"evt_k7q2m9xd3fht_order-paid_1","kind":"order.paid","createdAt":"2026-03-01T18:00:00.000Z","#,
        r#""tries":1,"sent":1,"lastTry":{"at":"2026-03-01T18:00:00.000Z","answer":null},"lastFailure":null,"#,
        r#""state":{"pending":{"nextAt":"2026-03-01T18:00:30.000Z"}}}"#
    );
    assert_eq!(compago::json::to_string(&delivery), stored);
    assert_eq!(compago::json::from_str::<Delivery>(stored).unwrap(), delivery);
    // Before failures were recorded.
    let older = stored.replace(r#""lastFailure":null,"#, "");
    assert_eq!(compago::json::from_str::<Delivery>(&older).unwrap(), delivery);

    for (state, stored) in [
        (DeliveryState::Delivered { at: START }, r#"{"delivered":{"at":"2026-03-01T18:00:00.000Z"}}"#),
        (
            DeliveryState::DeadLettered { at: START, reason: DeadLetterReason::Gone },
            r#"{"parked":{"at":"2026-03-01T18:00:00.000Z","reason":"gone"}}"#,
        ),
    ] {
        assert_eq!(compago::json::to_string(&state), stored);
    }
    for (answer, stored) in [
        (Answer::Unreachable, r#""unreachable""#),
        (Answer::TimedOut, r#""timed-out""#),
        (
            Answer::Status { status: 503, retry_after: Some(Duration::from_secs(60)) },
            r#"{"status":{"status":503,"retryAfter":60}}"#,
        ),
    ] {
        assert_eq!(compago::json::to_string(&answer), stored);
    }
    for (reason, stored) in [
        (FailureReason::Status { status: 503 }, r#"{"status":{"status":503}}"#),
        (FailureReason::Redirect { status: 301 }, r#"{"redirect":{"status":301}}"#),
        (FailureReason::NoConnection, r#""no-connection""#),
        (FailureReason::TimedOut, r#""timed-out""#),
        (FailureReason::Interrupted, r#""interrupted""#),
    ] {
        let failure = Failure { at: START, reason };
        let text = format!(r#"{{"at":"2026-03-01T18:00:00.000Z","reason":{stored}}}"#);
        assert_eq!(compago::json::to_string(&failure), text);
        assert_eq!(compago::json::from_str::<Failure>(&text).unwrap(), failure);
    }
}

#[test]
fn a_failure_says_why() {
    for (answer, reason) in [
        (status(503), FailureReason::Status { status: 503 }),
        (status(410), FailureReason::Status { status: 410 }),
        (status(304), FailureReason::Status { status: 304 }),
        (status(301), FailureReason::Redirect { status: 301 }),
        (status(308), FailureReason::Redirect { status: 308 }),
        (Answer::Unreachable, FailureReason::NoConnection),
        (Answer::TimedOut, FailureReason::TimedOut),
    ] {
        assert_eq!(first(answer).last_failure(), Some(Failure { at: START, reason }), "{answer:?}");
    }
    assert_eq!((new().last_failure(), first(status(204)).last_failure()), (None, None));
}

/// What is known of the last failure stays known while the next try hangs, after a success, and after it was put back.
#[test]
fn the_last_failure_stays_until_there_is_another() {
    let failed = first(status(503));
    let failure = Some(Failure { at: START, reason: FailureReason::Status { status: 503 } });
    let due = failed.next_at().unwrap();
    let (sending, begun) = begin(failed, due);
    assert_eq!((sending.trying_since(), sending.last_failure()), (Some(due), failure));
    let delivered = sending.clone().answered(begun, status(200), due, Jitter::NONE);
    assert_eq!((delivered.trying_since(), delivered.last_failure()), (None, failure));
    assert_eq!(delivered.redeliver(due).last_failure(), failure);
    let again = sending.answered(begun, Answer::TimedOut, due, Jitter::NONE);
    assert_eq!(again.trying_since(), None);
    assert_eq!(again.last_failure(), Some(Failure { at: due, reason: FailureReason::TimedOut }));
}

#[test]
fn a_try_whose_answer_was_lost_was_interrupted() {
    let (saved, _lost) = begin(new(), START);
    assert_eq!((saved.trying_since(), saved.last_failure()), (Some(START), None));
    let next = begin(saved, later(30)).0;
    assert_eq!(next.last_failure(), Some(Failure { at: START, reason: FailureReason::Interrupted }));

    let tenth = lost(MAX_TRIES);
    let began = tenth.last_try().unwrap().at;
    let parked = tenth.begin(later(999_999)).0;
    assert_eq!(parked.last_failure(), Some(Failure { at: began, reason: FailureReason::Interrupted }));
    assert_eq!(parked.trying_since(), None);
}

#[test]
fn the_outcome_of_a_try_follows_what_became_of_the_event() {
    for (answer, outcome) in [
        (status(204), TryOutcome::Delivered),
        (status(500), TryOutcome::Failed),
        (Answer::TimedOut, TryOutcome::Failed),
        (status(410), TryOutcome::GivenUp),
    ] {
        assert_eq!(first(answer).outcome_of(answer), outcome, "{answer:?}");
    }
    let (tenth, begun) = begin(lost(9), lost(9).next_at().unwrap());
    let parked = tenth.answered(begun, Answer::Unreachable, later(999_999), Jitter::NONE);
    assert_eq!(parked.outcome_of(Answer::Unreachable), TryOutcome::GivenUp);
}

#[test]
fn the_operator_reads_why_it_failed_and_that_it_is_being_sent() {
    let failed = first(status(503));
    let due = failed.next_at().unwrap();
    let listed = |delivery: &Delivery| compago::json::to_string(&DeliveryView::from(delivery));
    let failure = r#""lastFailure":{"at":"2026-03-01T18:00:00.000Z","reason":"status","status":503}"#;
    assert!(listed(&failed).contains(failure), "{}", listed(&failed));
    assert!(listed(&failed).contains(r#""tryingSince":null"#));
    let sending = begin(failed, due).0;
    assert!(listed(&sending).contains(failure));
    assert!(listed(&sending).contains(r#""tryingSince":"2026-03-01T18:00:05.000Z""#), "{}", listed(&sending));
    assert!(listed(&first(Answer::TimedOut)).contains(r#""reason":"timed-out","status":null}"#));
}
