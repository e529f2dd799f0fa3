//! Points in time as text, and links' lifetimes.

use core::time::Duration;

use compago::value::{TimeError, Ttl, UnixMillis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn times_are_read_in_every_form_of_rfc_3339() {
    for (text, millis) in [
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59.999Z", -1),
        ("2026-03-01T17:00:00Z", 1_772_384_400_000),
        ("2026-03-01t17:00:00z", 1_772_384_400_000),
        ("2026-03-01T17:00:00.000Z", 1_772_384_400_000),
        ("2026-03-01T11:00:00-06:00", 1_772_384_400_000),
        ("2026-03-02T02:30:00.0+09:30", 1_772_384_400_000),
        ("2026-03-01T17:00:00.5Z", 1_772_384_400_500),
        ("2026-03-01T17:00:00.123999999999Z", 1_772_384_400_123),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ("2000-02-29T00:00:00Z", 951_782_400_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ("0000-01-01T00:00:00Z", -62_167_219_200_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ] {
        assert_eq!(text.parse::<UnixMillis>(), Ok(UnixMillis(millis)), "{text}");
    }
}

#[test]
fn invalid_times_distinguish_format_and_date() {
    use TimeError::{Format, NoSuchTime};
    for (text, error) in [
        ("", Format),
        ("2026-03-01", Format),
        ("2026-03-01T17:00:00", Format),
        ("2026-03-01 17:00:00Z", Format),
        ("2026-3-1T17:00:00Z", Format),
        ("2026-03-01T17:00Z", Format),
        ("2026-03-01T17:00:00.Z", Format),
        ("2026-03-01T17:00:00,5Z", Format),
        ("2026-03-01T17:00:00+0600", Format),
        ("2026-03-01T17:00:00Zx", Format),
        (" 2026-03-01T17:00:00Z", Format),
        ("+002026-03-01T17:00:00Z", Format),
        ("1772384400000", Format),
        ("２026-03-01T17:00:00Z", Format),
        ("2026-00-01T17:00:00Z", NoSuchTime),
        ("2026-13-01T17:00:00Z", NoSuchTime),
        ("2026-02-29T17:00:00Z", NoSuchTime),
        ("1900-02-29T17:00:00Z", NoSuchTime),
        ("2026-04-31T17:00:00Z", NoSuchTime),
        ("2026-03-00T17:00:00Z", NoSuchTime),
        ("2026-03-01T24:00:00Z", NoSuchTime),
        ("2026-03-01T17:60:00Z", NoSuchTime),
        ("2026-03-01T17:00:61Z", NoSuchTime),
        ("2026-03-01T17:00:00+24:00", NoSuchTime),
        ("2026-03-01T17:00:00-06:60", NoSuchTime),
    ] {
        assert_eq!(text.parse::<UnixMillis>(), Err(error), "{text:?}");
    }
}

#[test]
fn times_are_written_in_one_form_that_sorts() {
    let times = [i64::MIN, -62_167_219_200_000, -1, 0, 999, 1_772_384_400_000, 253_402_300_799_999, i64::MAX];
    let texts = times.map(|millis| UnixMillis(millis).to_string());
    assert_eq!(texts[2], "1969-12-31T23:59:59.999Z");
    assert_eq!(texts[5], "2026-03-01T17:00:00.000Z");
    assert_eq!(texts[0], "0000-01-01T00:00:00.000Z");
    assert_eq!(texts[7], "9999-12-31T23:59:59.999Z");
    assert!(texts.is_sorted());
    assert_eq!(compago::json::to_string(&UnixMillis(999)), r#""1970-01-01T00:00:00.999Z""#);
}

#[test]
fn arithmetic_stops_at_the_ends() {
    let now = UnixMillis(1_000);
    assert_eq!(now.plus(Duration::from_millis(500)), UnixMillis(1_500));
    assert_eq!(now.minus(Duration::from_secs(2)), UnixMillis(-1_000));
    assert_eq!(now.since(UnixMillis(-500)), Duration::from_millis(1_500));
    assert_eq!(now.since(UnixMillis(2_000)), Duration::ZERO);
    assert_eq!(UnixMillis(i64::MAX).plus(Duration::MAX), UnixMillis(i64::MAX));
    assert_eq!(UnixMillis(i64::MIN).minus(Duration::MAX), UnixMillis(i64::MIN));
    assert_eq!(UnixMillis(i64::MIN).since(UnixMillis(i64::MAX)), Duration::ZERO);
    assert_eq!(UnixMillis(i64::MAX).since(UnixMillis(i64::MIN)), Duration::from_millis(i64::MAX.unsigned_abs()));
}

#[test]
fn a_link_lives_ten_minutes_to_two_days() {
    for minutes in [10, 30, 2_880] {
        let ttl = Ttl::from_minutes(minutes).unwrap();
        assert_eq!(ttl.duration(), Duration::from_secs(60 * u64::from(minutes)));
        assert_eq!(compago::json::from_str::<Ttl>(&compago::json::to_string(&ttl)).unwrap(), ttl);
    }
    for minutes in [0, 9, 2_881, u32::MAX] {
        assert!(Ttl::from_minutes(minutes).is_err(), "{minutes}");
    }
    assert!(compago::json::from_str::<Ttl>("9").is_err());
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use compago::value::UnixMillis;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_time_survives_text(millis in -62_167_219_200_000..=253_402_300_799_999_i64) {
            let time = UnixMillis(millis);
            prop_assert_eq!(time.to_string().parse::<UnixMillis>(), Ok(time));
        }

        #[test]
        fn a_day_later_is_the_next_date(millis in 0..=250_000_000_000_000_i64) {
            let (today, tomorrow) = (UnixMillis(millis).to_string(), UnixMillis(millis + 86_400_000).to_string());
            prop_assert!(today < tomorrow);
            prop_assert_eq!(&today[10..], &tomorrow[10..]);
        }

        #[test]
        fn no_text_makes_reading_fail_otherwise(text in "[0-9TZ:.+-]{0,30}|.{0,30}") {
            let _ = text.parse::<UnixMillis>();
        }
    }
}
