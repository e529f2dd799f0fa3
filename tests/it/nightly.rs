//! On which run of the hourly schedule the nightly comparison begins: once a day, whatever the shop's clock does.

use std::collections::BTreeMap;
use std::time::Duration;

use compago::flow::reconciliation::schedule::is_due;
use compago::value::{TimeZone, UnixMillis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// The local times of the runs that begin a comparison, of the hourly runs from `from` for so many hours.
fn begun(zone: &str, from: &str, hours: u32) -> Vec<String> {
    let zone: TimeZone = zone.parse().unwrap();
    let from: UnixMillis = from.parse().unwrap();
    let runs = (0..hours).map(|run| from.plus(HOUR * run));
    runs.filter(|run| is_due(*run, &zone)).map(|run| zone.local(run).to_string()).collect()
}

#[test]
fn it_begins_in_the_hour_after_three_by_the_shops_clock() {
    for (zone, from, expected) in [
        ("America/Mexico_City", "2026-07-01T00:20:00Z", "2026-07-01 03:20:00"),
        ("America/Cancun", "2026-07-01T00:20:00Z", "2026-07-01 03:20:00"),
        ("America/Tijuana", "2026-07-01T00:20:00Z", "2026-07-01 03:20:00"),
        ("Asia/Kathmandu", "2026-07-01T00:20:00Z", "2026-07-02 03:05:00"),
        ("Asia/Kolkata", "2026-07-01T00:20:00Z", "2026-07-02 03:50:00"),
        ("America/Mexico_City", "2026-07-01T00:00:00Z", "2026-07-01 03:00:00"),
    ] {
        assert_eq!(begun(zone, from, 24), [expected], "{zone}");
    }
}

#[test]
fn a_day_whose_clock_is_put_forward_or_back_has_one_comparison() {
    for (what, zone, from, expected) in [
        ("two becomes three", "America/Tijuana", "2026-03-08T08:20:00Z", "2026-03-08 03:20:00"),
        ("two becomes one", "America/Tijuana", "2026-11-01T07:20:00Z", "2026-11-01 03:20:00"),
        ("three is skipped", "Europe/Helsinki", "2026-03-28T22:20:00Z", "2026-03-29 04:20:00"),
        ("three is repeated", "Europe/Helsinki", "2026-10-24T21:20:00Z", "2026-10-25 03:20:00"),
        ("one becomes three", "Antarctica/Troll", "2026-03-29T00:20:00Z", "2026-03-29 03:20:00"),
        ("three becomes one", "Antarctica/Troll", "2026-10-24T22:20:00Z", "2026-10-25 03:20:00"),
        ("two becomes half past", "Australia/Lord_Howe", "2026-10-03T13:50:00Z", "2026-10-04 03:50:00"),
        ("two becomes half past one", "Australia/Lord_Howe", "2026-04-04T13:20:00Z", "2026-04-05 03:50:00"),
        ("three becomes two", "Africa/Casablanca", "2026-02-14T23:20:00Z", "2026-02-15 03:20:00"),
        ("four becomes one", "Antarctica/Casey", "2018-03-10T13:20:00Z", "2018-03-11 03:20:00"),
    ] {
        assert_eq!(begun(zone, from, 23), [expected], "{what}: {zone}");
    }
}

#[test]
fn every_day_of_a_year_has_one_comparison() {
    for zone in ["America/Mexico_City", "America/Tijuana", "Europe/Helsinki", "Antarctica/Troll", "Australia/Lord_Howe"]
    {
        let mut days: BTreeMap<String, u32> = BTreeMap::new();
        for time in begun(zone, "2026-01-01T12:20:00Z", 365 * 24) {
            *days.entry(time.split(' ').next().unwrap().to_owned()).or_default() += 1;
        }
        assert_eq!((days.len(), days.values().max()), (365, Some(&1)), "{zone}");
    }
}
