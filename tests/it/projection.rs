//! How often a desk is told that does not hear.

use std::time::Duration;

use compago::flow::outbox::Jitter;
use compago::flow::projection::{RETRY, wait};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// When it is told again, counted from the change that is to be told, if it never hears.
fn times(jitter: Jitter) -> Vec<Duration> {
    let mut at = Duration::ZERO;
    let mut times = Vec::from([at]);
    while at < DAY {
        at += wait(at, jitter);
        times.push(at);
    }
    times
}

#[test]
fn the_waits_double_from_half_a_minute_to_an_hour() {
    let minutes: Vec<u64> = times(Jitter::NONE).iter().take(12).map(|at| at.as_secs() * 2 / 60).collect();
    assert_eq!(minutes, [0, 1, 2, 4, 8, 16, 32, 64, 128, 248, 368, 488], "in half minutes");
}

#[test]
fn a_desk_that_is_down_for_a_day_is_asked_some_thirty_times_and_hears_within_the_hour_when_it_is_back() {
    for bits in [0, 1, u16::MAX / 2, u16::MAX] {
        let times = times(Jitter::from_random(bits));
        assert!((25..=35).contains(&times.len()), "{bits}: {} times", times.len());
        for pair in times.windows(2) {
            let gap = pair[1] - pair[0];
            assert!(gap >= RETRY && gap <= HOUR + HOUR / 10, "{bits}: {gap:?}");
        }
    }
}
