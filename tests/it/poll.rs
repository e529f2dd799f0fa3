//! When a payment is read: politely, however many pages ask, and soon enough when none does.

use std::time::Duration;

use compago::edge::order::OrderStatus;
use compago::flow::machine::Input;
use compago::flow::order::{Event, SETTLE_MARGIN};
use compago::flow::poll::{OPERATOR_BUDGET, PAYER_PAGE_BUDGET, PollSchedule, RETURNS, ReadCause, backoff};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod wait;

use crate::order::bench::{HOUR, MINUTE, START, TTL, seconds};
use crate::sim::rng::Rng;
use crate::wire::to_value;
use wait::{END, QUARTER, Wait};

#[test]
fn a_link_that_is_not_registered_is_followed_to_its_end() {
    for latency in [Duration::ZERO, seconds(1), seconds(20)] {
        let mut wait = Wait::alone(latency);
        wait.pass(END.plus(HOUR));
        assert_eq!(wait.status(), OrderStatus::Expired);
        assert!(wait.longest_gap() <= QUARTER, "{:?}", wait.longest_gap());
        wait.assert_polite("alone");
        assert_is_read_behind_its_end(&wait);
    }
}

#[test]
fn a_registered_link_is_read_a_few_times_and_settled_without_a_search() {
    for latency in [Duration::ZERO, seconds(1), seconds(20)] {
        let mut wait = Wait::list_watched(latency);
        wait.pass(END.plus(HOUR));
        assert_eq!(wait.status(), OrderStatus::Expired);
        wait.assert_polite("list watched");
        assert_is_read_behind_its_end(&wait);
        let names: Vec<_> = wait.calls.iter().map(|(_, name, _)| *name).collect();
        assert_eq!(names, ["create", "read", "read", "read", "read", "read", "read", "read"]);
        let opened = wait.calls[1].0.plus(latency);
        let ages: Vec<_> = wait.reads().into_iter().map(|at| at.since(opened)).collect();
        let expected = [MINUTE, MINUTE * 3, MINUTE * 9, HOUR * 24 + MINUTE * 9];
        assert!(ages.iter().zip(expected).all(|(age, expected)| *age == expected), "{ages:?}");
        let last = wait.calls.last().unwrap().0;
        assert!(last >= END.plus(SETTLE_MARGIN + MINUTE * 10), "a payer may have finished at the bank late");
    }
}

fn assert_is_read_behind_its_end(wait: &Wait) {
    let behind = wait.calls.iter().find(|(at, ..)| *at >= END).unwrap().0;
    assert!(behind <= END.plus(SETTLE_MARGIN), "read first {:?} behind its end", behind.since(END));
}

#[test]
fn ten_thousand_watchers_are_one() {
    for mut wait in [Wait::list_watched(Duration::from_millis(300)), Wait::alone(Duration::from_millis(300))] {
        while wait.now < END.plus(HOUR) {
            // A page asks every few seconds, and there are thousands: something comes all the time while it is hot.
            let hot = wait.now < START.plus(HOUR) || wait.now > END.minus(MINUTE * 5);
            let pause = if hot { Duration::from_millis(100) } else { seconds(5) };
            wait.pass(wait.now.plus(pause));
            wait.feed(Event::Watched);
        }
        assert_eq!(wait.status(), OrderStatus::Expired);
        wait.assert_polite("10,000 watchers");
    }
}

/// The longest times between two reads in the first minute, in the next four and in the next twenty of a page that an operator
/// opens `after` the link.
fn gaps_of_a_page(after: Duration) -> [Duration; 3] {
    let mut wait = Wait::list_watched(Duration::from_millis(300));
    wait.by_operators = true;
    wait.pass(START.plus(after));
    let opened = wait.now;
    wait.feed(Event::WatchedByOperator);
    while wait.now < opened.plus(HOUR) {
        wait.pass(wait.now.plus(Duration::from_millis(500)));
        wait.feed(Event::WatchedByOperator);
    }
    let longest = |from: Duration, to: Duration| {
        let (from, to) = (opened.plus(from), opened.plus(to));
        let times: Vec<_> = wait.reads().into_iter().filter(|at| (from..to).contains(at)).collect();
        times.windows(2).map(|pair| pair[1].since(pair[0])).max().unwrap()
    };
    let gaps = [longest(Duration::ZERO, MINUTE), longest(MINUTE, MINUTE * 5), longest(MINUTE * 5, MINUTE * 25)];
    let made = wait.reads().into_iter().filter(|at| *at >= opened).count();
    wait.pass(END.plus(HOUR));
    wait.assert_polite("an operator's open page");
    assert!(made < usize::from(OPERATOR_BUDGET), "{made}: some are kept for a person who asks");
    gaps
}

#[test]
fn an_open_page_of_an_operator_learns_soon_what_became_of_a_link_whenever_it_is_opened() {
    for after in [Duration::ZERO, MINUTE * 20, HOUR * 5, HOUR * 30] {
        let [first, then, later] = gaps_of_a_page(after);
        assert!(first <= seconds(11), "{after:?}: {first:?}");
        assert!(then <= seconds(45), "{after:?}: {then:?}");
        assert!(later <= MINUTE * 2, "{after:?}: {later:?}");
    }
}

#[test]
fn what_operators_ask_for_does_not_slow_their_pages_down() {
    let mut polls = PollSchedule::opened(START);
    for n in 1..=20 {
        polls.read(ReadCause::OperatorCheck, START.plus(seconds(3 * n)));
    }
    let last = polls.last_read_at();
    assert_eq!(polls.operator_page_at(), Some(last.plus(seconds(5))));
    assert_eq!(polls.checks_left(), OPERATOR_BUDGET - 20);
    let mut pages = 0;
    while let Some(at) = polls.operator_page_at() {
        assert!(at.since(polls.last_read_at()) <= MINUTE * 2);
        polls.read(ReadCause::OperatorPage, at);
        pages += 1;
    }
    assert_eq!((pages, polls.checks_left()), (40, 0));
}

#[test]
fn an_order_says_whether_compago_answered_when_it_was_last_asked() {
    let told = |wait: &Wait| {
        let story = to_value(&wait.order().detail(Vec::new(), wait.now));
        (story["checkAnswered"].as_bool(), story["checkAfterMs"].as_u64(), story["checksLeft"].as_u64())
    };
    let mut wait = Wait::list_watched(seconds(1));
    wait.by_operators = true;
    assert_eq!(told(&wait), (None, None, Some(60)), "there is no payment yet");
    wait.pass(START.plus(seconds(30)));
    assert_eq!(told(&wait), (Some(true), Some(0), Some(60)));
    for (failing, answered) in [(true, Some(false)), (false, Some(true))] {
        wait.failing = if failing { vec!["read"] } else { Vec::new() };
        wait.feed(Event::CheckAsked);
        assert_eq!(told(&wait).0, None, "it is on its way");
        assert_eq!(told(&wait).1, Some(3_000));
        wait.pass(wait.now.plus(seconds(2)));
        assert_eq!(told(&wait).0, answered);
        wait.pass(wait.now.plus(seconds(3)));
    }
    // What the list watcher says afterwards does not make up for a read without an answer.
    wait.pass(START.plus(HOUR * 3));
    wait.failing = vec!["read"];
    wait.feed(Event::CheckAsked);
    wait.pass(wait.now.plus(MINUTE * 20));
    assert_eq!(told(&wait).0, Some(false));
    wait.failing.clear();
    wait.pass(wait.now.plus(MINUTE * 11));
    assert_eq!(told(&wait).0, Some(true));
}

#[test]
fn a_payment_that_is_being_proved_or_cancelled_cannot_be_checked_though_reads_are_left() {
    let mut wait = Wait::list_watched(seconds(20));
    let told = |wait: &Wait| compago::json::to_string(&wait.order().detail(Vec::new(), wait.now));
    wait.pass(START.plus(seconds(21)));
    assert!(told(&wait).contains(r#""checkAfterMs":null,"checksLeft":60"#), "{}", told(&wait));
    wait.pass(START.plus(MINUTE * 2));
    assert!(told(&wait).contains(r#""checkAfterMs":0,"checksLeft":60"#), "{}", told(&wait));
    wait.feed(Event::CancelAsked);
    assert!(told(&wait).contains(r#""checkAfterMs":null,"checksLeft":60"#), "{}", told(&wait));
}

#[test]
fn an_operator_who_asks_has_the_payment_read_at_once_and_not_for_ever() {
    let mut wait = Wait::list_watched(Duration::from_millis(300));
    wait.by_operators = true;
    wait.pass(START.plus(HOUR * 20));
    let before = wait.reads().len();
    wait.feed(Event::CheckAsked);
    assert_eq!(wait.reads().len(), before + 1);
    for _ in 0..4 {
        wait.pass(wait.now.plus(Duration::from_millis(700)));
        wait.feed(Event::CheckAsked);
    }
    assert_eq!(wait.reads().len(), before + 1, "another within three seconds");
    for _ in 0..200 {
        wait.pass(wait.now.plus(seconds(3)));
        wait.feed(Event::CheckAsked);
    }
    assert_eq!(wait.reads().len(), before + usize::from(OPERATOR_BUDGET));
    let story = compago::json::to_string(&wait.order().detail(Vec::new(), wait.now));
    assert!(story.contains(r#""checkAfterMs":null,"checksLeft":0"#), "{story}");
    // What operators have used, payers and alarms still have.
    let watched = wait.reads().len();
    for _ in 0..200 {
        wait.pass(wait.now.plus(MINUTE * 5));
        wait.feed(Event::Watched);
    }
    assert!(wait.reads().len() > watched);
    wait.pass(END.plus(HOUR));
    wait.assert_polite("an operator who asks");
}

#[test]
fn no_pattern_of_pages_returns_and_alarms_makes_more_calls() {
    let lives = if cfg!(target_family = "wasm") { 4 } else { 40 };
    for seed in 0..lives {
        let mut rng = Rng::new(seed);
        let latency = rng.between(Duration::ZERO, seconds(20));
        let mut wait = if rng.percent(50) { Wait::list_watched(latency) } else { Wait::alone(latency) };
        let keen = rng.below(4);
        wait.by_operators = rng.percent(50);
        let cancels = rng.percent(30).then(|| START.plus(rng.between(MINUTE, TTL)));
        while wait.now < END.plus(HOUR) {
            let pause = match keen {
                0 => rng.between(Duration::ZERO, HOUR),
                1 => rng.between(Duration::ZERO, MINUTE),
                2 => rng.one_of(&[seconds(1), MINUTE, HOUR * 2]),
                _ => rng.one_of(&[seconds(3), seconds(30), seconds(300)]),
            };
            wait.pass(wait.now.plus(pause));
            match rng.below(8) {
                0 | 1 => wait.returned(),
                2 => wait.take(Input::AlarmFired),
                3 if wait.by_operators => wait.feed(Event::CheckAsked),
                4 if wait.by_operators => wait.feed(Event::WatchedByOperator),
                _ => wait.feed(Event::Watched),
            }
            if cancels.is_some_and(|at| at <= wait.now) {
                wait.feed(Event::CancelAsked);
            }
        }
        wait.assert_polite(&format!("seed {seed}"));
        assert!(!wait.status().is_pending(), "seed {seed}");
    }
}

#[test]
fn one_read_that_fails_does_not_make_a_quarter_of_an_hour() {
    for after in [MINUTE, MINUTE * 20, HOUR * 5, HOUR * 40] {
        let mut wait = Wait::alone(seconds(1));
        wait.pass(START.plus(after));
        fail_once(&mut wait);
        wait.pass(END.plus(HOUR));
        assert!(wait.longest_gap() <= QUARTER, "after {after:?}: {:?}", wait.longest_gap());
        wait.assert_polite("one read that fails");
    }
}

/// The next read fails.
fn fail_once(wait: &mut Wait) {
    wait.failing = vec!["read"];
    let before = wait.calls.len();
    while wait.calls[before..].iter().all(|(.., told)| *told) && wait.now < END {
        wait.pass(wait.now.plus(seconds(30)));
    }
    wait.failing.clear();
}

/// After a read that failed, the order does not rely on the list watcher: whatever makes the one fail may hide the other.
#[test]
fn a_read_that_fails_is_repeated_soon_although_the_link_is_registered() {
    for after in [MINUTE * 2, HOUR * 5] {
        let mut wait = Wait::list_watched(seconds(1));
        wait.pass(START.plus(after));
        fail_once(&mut wait);
        let [.., (failed_at, ..)] = wait.calls[..] else { panic!("no call") };
        let before = wait.calls.len();
        wait.pass(failed_at.plus(MINUTE * 4 + seconds(1)));
        assert!(wait.calls.len() > before, "after {after:?}: not read again");
        let again = wait.calls.len();
        wait.pass(failed_at.plus(HOUR * 23));
        assert!(wait.calls.len() <= again + 2, "after {after:?}: the list watcher is relied on again");
    }
}

#[test]
fn a_crash_over_a_read_does_not_make_much_more() {
    let mut wait = Wait::alone(seconds(1));
    wait.pass(START.plus(HOUR * 5));
    while wait.answering.is_none() {
        wait.pass(wait.now.plus(Duration::from_millis(500)));
    }
    let before = wait.calls[wait.calls.len() - 2].0;
    let crashed = wait.calls.len();
    wait.answering = None;
    while wait.calls.len() == crashed && wait.now < END {
        wait.pass(wait.now.plus(Duration::from_millis(500)));
    }
    assert!(wait.calls.len() > crashed, "it is never read again");
    assert_eq!(wait.calls[crashed].1, "read");
    assert!(wait.calls[crashed].0.since(before) <= QUARTER + seconds(5));
}

#[test]
fn the_read_behind_the_end_keeps_its_distance_from_one_just_before_it() {
    for before in [0, 1, 1_000, 2_999] {
        let mut wait = Wait::alone(Duration::from_millis(100));
        wait.pass(END.minus(MINUTE * 12));
        wait.failing = vec!["read"];
        wait.pass(END.plus(SETTLE_MARGIN).minus(Duration::from_millis(before)));
        wait.returned();
        wait.pass(END.plus(HOUR));
        wait.assert_polite("a read just before the end");
    }
}

#[test]
fn a_read_that_stays_down_is_made_up_for_by_the_list() {
    for mut wait in [Wait::list_watched(seconds(1)), Wait::alone(seconds(1))] {
        wait.pass(START.plus(MINUTE * 5));
        wait.failing = vec!["read"];
        wait.returned();
        wait.pass(END.plus(HOUR));
        assert!(wait.alarms <= 330, "{}", wait.alarms);
        assert_eq!(wait.status(), OrderStatus::Expired, "the order searches the list itself");
        assert!(wait.calls.iter().any(|(_, name, _)| *name == "search"));
    }
}

#[test]
fn days_without_any_answer_are_read_through_every_ten_minutes() {
    let mut wait = Wait::list_watched(seconds(1));
    wait.pass(START.plus(MINUTE));
    wait.failing = vec!["read", "search"];
    wait.pass(END.plus(HOUR * 100));
    assert_eq!(wait.status(), OrderStatus::OnHold);
    assert!(wait.alarms <= 600, "{}", wait.alarms);
}

#[test]
fn waits_double_from_three_seconds_to_ten_minutes() {
    let waits: Vec<u64> = (0..=12).map(|tries| backoff(tries).as_secs()).collect();
    assert_eq!(waits, [3, 3, 6, 12, 24, 48, 96, 192, 384, 600, 600, 600, 600]);
    assert_eq!(backoff(u8::MAX), MINUTE * 10);
}

#[test]
fn reads_thin_out_to_one_in_ten_minutes_or_to_one_a_day() {
    for (list_watched, expected) in [
        (true, vec![60, 180, 540, 540 + 86_400, 540 + 2 * 86_400]),
        (false, vec![60, 120, 180, 240, 320, 426, 568, 758, 1_011, 1_348, 1_797, 2_397, 2_997, 3_597]),
    ] {
        let mut reads = PollSchedule::opened(START);
        let ages = std::iter::from_fn(|| {
            let at = reads.alarm_at(list_watched);
            reads.read(ReadCause::Alarm, at);
            reads.record_success();
            Some(at.since(START).as_secs())
        });
        assert_eq!(ages.take(expected.len()).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_return_begins_the_reads_of_a_young_link_again_and_not_for_ever() {
    let mut reads = PollSchedule::opened(START);
    let mut now = START.plus(HOUR);
    reads.read(ReadCause::Alarm, now);
    for _ in 0..RETURNS {
        now = now.plus(HOUR);
        assert_eq!(reads.returned(now), Some(now));
        assert!(reads.awaits_read_after_return());
        reads.read(ReadCause::Alarm, now);
        for age in [1, 3, 9, 24 * 60 + 9].map(|minutes| MINUTE * minutes) {
            assert_eq!(reads.alarm_at(true), now.plus(age));
            reads.read(ReadCause::Alarm, now.plus(age));
        }
        now = now.plus(HOUR * 25);
    }
    assert_eq!(reads.returned(now.plus(HOUR)), None);
}

#[test]
fn watchers_keep_some_reads_for_the_return() {
    let mut polls = PollSchedule::opened(START);
    let mut now = START;
    let mut watch = |polls: &mut PollSchedule| {
        let mut reads = 0;
        while let Some(at) = polls.payer_page_at() {
            now = now.max(at);
            polls.read(ReadCause::PayerPage, now);
            reads += 1;
        }
        (reads, now)
    };
    let (before, at) = watch(&mut polls);
    assert_eq!(before, 8);
    assert!(polls.returned(at.plus(HOUR)).is_some());
    assert_eq!(watch(&mut polls).0, 8);
    assert_eq!(polls.reads(), 1 + PAYER_PAGE_BUDGET);
}
