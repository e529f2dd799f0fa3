//! How many calls a bucket lets through.

use core::time::Duration;

use compago::flow::rate::{Bucket, Limit, LimitError};
use compago::value::UnixMillis;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const START: UnixMillis = UnixMillis(1_772_388_000_000);

fn limit(text: &str) -> Limit {
    text.parse().unwrap()
}

/// Takes until it is refused: how often that went, and how long to wait then.
fn drain(mut bucket: Bucket, limit: Limit, now: UnixMillis) -> (Bucket, u32, u64) {
    let mut taken = 0;
    loop {
        let (next, result) = bucket.take(limit, now);
        bucket = next;
        match result {
            Ok(()) => taken += 1,
            Err(refused) => return (bucket, taken, refused.seconds()),
        }
    }
}

#[test]
fn a_burst_and_then_one_at_a_time() {
    let limit = limit("10/60s");
    let (bucket, taken, wait) = drain(Bucket::full(START), limit, START);
    assert_eq!((taken, wait), (10, 6));

    let (bucket, taken, wait) = drain(bucket, limit, START.plus(Duration::from_millis(5_999)));
    assert_eq!((taken, wait), (0, 1));
    let (bucket, taken, wait) = drain(bucket, limit, START.plus(Duration::from_secs(6)));
    assert_eq!((taken, wait), (1, 6));

    assert_eq!(bucket.full_at(), START.plus(Duration::from_secs(66)));
    assert_eq!(drain(bucket, limit, bucket.full_at()).1, 10);
}

/// Seven in a second: a token takes 142.9 ms, so 143.
#[test]
fn tokens_are_rounded_to_the_safe_side() {
    let (bucket, taken, _) = drain(Bucket::full(START), limit("7/1s"), START);
    assert_eq!((taken, bucket.full_at()), (7, START.plus(Duration::from_millis(1_001))));
}

#[test]
fn a_refusal_takes_nothing() {
    let limit = limit("1/60s");
    let (empty, _, _) = drain(Bucket::full(START), limit, START);
    let mut refused = empty;
    for second in 0..60 {
        refused = refused.take(limit, START.plus(Duration::from_secs(second))).0;
    }
    assert_eq!(refused, empty);
    assert_eq!(refused.take(limit, START.plus(Duration::from_secs(60))).1, Ok(()));
}

#[test]
fn a_clock_that_goes_back_costs_an_empty_bucket_at_most() {
    let limit = limit("10/60s");
    let ahead = START.plus(Duration::from_secs(1_000_000));
    let (bucket, _, _) = drain(Bucket::full(ahead), limit, ahead);
    let (bucket, taken, wait) = drain(bucket, limit, START);
    assert_eq!((taken, wait), (0, 6));
    assert_eq!(drain(bucket, limit, START.plus(Duration::from_secs(60))).1, 10);
}

#[test]
fn a_smaller_limit_costs_an_empty_bucket_at_most() {
    let (bucket, _, _) = drain(Bucket::full(START), limit("1000/24h"), START);
    assert_eq!(drain(bucket, limit("10/60s"), START).2, 6);
}

#[test]
fn limits_are_read() {
    for (text, written) in [
        ("10/60s", "10/60s"),
        ("1/1s", "1/1s"),
        ("1000/1s", "1000/1s"),
        ("5/2m", "5/120s"),
        ("100/24h", "100/86400s"),
        ("007/060s", "7/60s"),
    ] {
        assert_eq!(limit(text).to_string(), written);
    }
    for (text, expected) in [
        ("", LimitError::Format),
        ("10", LimitError::Format),
        ("10/", LimitError::Format),
        ("/60s", LimitError::Format),
        ("10/60", LimitError::Format),
        ("10/s", LimitError::Format),
        ("10/60d", LimitError::Format),
        ("10/60ñ", LimitError::Format),
        ("10/ñ", LimitError::Format),
        ("-1/60s", LimitError::Format),
        ("+1/60s", LimitError::Format),
        ("10 / 60s", LimitError::Format),
        ("1.5/60s", LimitError::Format),
        ("0/60s", LimitError::Range),
        ("10/0s", LimitError::Range),
        ("1001/60s", LimitError::Range),
        ("10/25h", LimitError::Range),
        ("10/4294967295h", LimitError::Range),
        ("99999999999/60s", LimitError::Range),
    ] {
        assert_eq!(text.parse::<Limit>(), Err(expected), "{text:?}");
    }
}

#[test]
fn the_stored_form() {
    let (bucket, _) = Bucket::full(START).take(limit("10/60s"), START);
    let stored = r#"{"fullAt":"2026-03-01T18:00:06.000Z"}"#;
    assert_eq!(compago::json::to_string(&bucket), stored);
    assert_eq!(compago::json::from_str::<Bucket>(stored).unwrap(), bucket);
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// In any stretch of time there are no more than a burst and what drips in meanwhile; and who keeps to the rate is
        /// never refused.
        #[test]
        fn no_more_than_the_limit(
            burst in 1_u32..=1000,
            seconds in 1_u32..=86_400,
            gaps in prop::collection::vec(0_u64..30_000, 1..200),
        ) {
            let limit = limit(&format!("{burst}/{seconds}s"));
            let interval = f64::from(seconds) * 1000.0 / f64::from(burst);
            let mut bucket = Bucket::full(START);
            let mut now = START;
            let mut taken = Vec::new();
            for gap in gaps {
                now = now.plus(Duration::from_millis(gap));
                let (next, result) = bucket.take(limit, now);
                bucket = next;
                match result {
                    Ok(()) => taken.push(now),
                    Err(refused) => {
                        let then = now.plus(Duration::from_secs(refused.seconds()));
                        prop_assert_eq!(bucket.take(limit, then).1, Ok(()));
                    }
                }
            }
            for (from, first) in taken.iter().enumerate() {
                for (count, last) in (1_u32..).zip(&taken[from..]) {
                    let dripped = last.since(*first).as_secs_f64() * 1000.0 / interval;
                    prop_assert!(f64::from(count) <= f64::from(burst) + dripped + 1e-6);
                }
            }
        }

        #[test]
        fn who_keeps_to_the_rate_is_never_refused(burst in 1_u32..=1000, seconds in 1_u32..=86_400) {
            let limit = limit(&format!("{burst}/{seconds}s"));
            let interval = (u64::from(seconds) * 1000).div_ceil(u64::from(burst));
            let (mut bucket, _, _) = drain(Bucket::full(START), limit, START);
            for nth in 1..50 {
                let (next, result) = bucket.take(limit, START.plus(Duration::from_millis(nth * interval)));
                prop_assert_eq!(result, Ok(()));
                bucket = next;
            }
        }

        #[test]
        fn any_clock_and_any_bucket(full_at: i64, times: Vec<i64>) {
            let mut bucket = Bucket::full(UnixMillis(full_at));
            for time in times {
                let (next, result) = bucket.take(limit("10/60s"), UnixMillis(time));
                bucket = next;
                if let Err(refused) = result {
                    prop_assert!((1..=6).contains(&refused.seconds()));
                }
            }
        }
    }
}
