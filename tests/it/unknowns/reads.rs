//! Answers to reads.

use compago::api::one_time_payment::Status;
use compago::endpoint::CallError;
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{ID, assert_unreadable_read, full, get, item, limited, list, page, page_ok, read_ok, with, without};
use crate::recording::{answer, reply};

/// A read contains no organisation that could be checked, so it only describes the payment with the requested id.
#[test]
fn organisation_of_a_read() {
    for organization in [json!(null), json!({}), json!({ "name": "Otra", "business": null }), json!("Otra"), json!([1])]
    {
        let reading = read_ok(&with(limited("CONFIRMED", false), "organization", organization));
        assert_eq!((reading.id, reading.external_id, reading.amount), (None, None, None));
    }
}

#[test]
fn status_of_an_expired_payment() {
    for (text, status) in [
        ("PENDING", Status::Pending),
        ("CANCELLED", Status::Cancelled),
        ("CONFIRMED", Status::Confirmed),
        ("EXPIRED", Status::Unknown("EXPIRED".to_owned())),
    ] {
        let reading = read_ok(&limited(text, true));
        assert_eq!((reading.status, reading.expired), (status, Some(true)));
    }
}

/// States for refunds, chargebacks or failures may be added; only the exact word is a confirmation.
#[test]
fn states_that_are_not_documented() {
    for text in [
        "REFUNDED",
        "CHARGED_BACK",
        "FAILED",
        "PROCESSING",
        "confirmed",
        "Confirmed",
        "CONFIRMED ",
        " CONFIRMED",
        "",
        "CONFIRMED\u{0}",
        "СONFIRMED",
        "CONFIRMED,CANCELLED",
        "true",
        "1",
    ] {
        assert_eq!(read_ok(&limited(text, false)).status, Status::Unknown(text.to_owned()));
        let listed = page_ok(&page(&[with(item(), "status", json!(text))]));
        assert_eq!(listed.readable[0].status, Status::Unknown(text.to_owned()));
    }
    for status in [json!(null), json!(true), json!(1), json!(["CONFIRMED"]), json!({ "CONFIRMED": null })] {
        assert_unreadable_read(&with(limited("", false), "status", status));
    }
    assert_unreadable_read(&without(limited("CONFIRMED", false), "status"));
}

#[test]
fn fields_of_a_read_that_are_missing_or_null() {
    let read =
        ["expired", "homepageUrl", "id", "externalId", "amount", "currency", "expiresAt", "description", "redirectUrl"];
    for field in read {
        assert_eq!(read_ok(&without(full(), field)), read_ok(&with(full(), field, json!(null))), "{field}");
    }
    for field in ["organization", "billingInformation"] {
        assert_eq!(read_ok(&without(full(), field)), read_ok(&full()), "{field}");
        assert_eq!(read_ok(&with(full(), field, json!(null))), read_ok(&full()), "{field}");
    }
    assert_eq!(read_ok(&json!({ "status": "CONFIRMED" })).expired, None);
}

#[test]
fn fields_of_a_wrong_type() {
    for field in ["expired", "homepageUrl", "id", "externalId", "currency", "expiresAt"] {
        for value in [json!(7), json!([]), json!({}), json!([null])] {
            assert_unreadable_read(&with(full(), field, value));
        }
    }
    for field in ["description", "redirectUrl"] {
        for value in [json!(7), json!([]), json!({})] {
            assert_eq!(read_ok(&with(full(), field, value)), read_ok(&without(full(), field)), "{field}");
        }
    }
    assert_unreadable_read(&with(full(), "expired", json!("false")));
    let fields = json!(["CONFIRMED", false, "https://tienda.example/?order=K7Q2", null, null, null, null, null]);
    assert_unreadable_read(&fields);
    for body in ["null", "true", "7", "\"PENDING\"", "[]", "[\"CONFIRMED\"]"] {
        assert!(matches!(answer(&get(), reply(200, body)), Err(CallError::Decode(_))), "{body}");
        assert!(matches!(answer(&list(), reply(200, body)), Err(CallError::Decode(_))), "{body}");
    }
}

#[test]
fn contradictory_fields_are_returned_unchanged() {
    let mut body = full();
    body["status"] = json!("CONFIRMED");
    body["expired"] = json!(true);
    body["expiresAt"] = json!("2099-01-01T00:00:00Z");
    let reading = read_ok(&body);
    assert_eq!((reading.status, reading.expired), (Status::Confirmed, Some(true)));
    assert_eq!(reading.id.as_deref(), Some(ID));
}

/// Every sample is UTC without a fraction. The expiry time counts, even where the text says 48 hours.
#[test]
fn fractions_and_offsets_of_times() {
    for (text, expected) in [
        ("2026-11-05T18:45:00Z", "2026-11-05T18:45:00.000Z"),
        ("2026-11-05T18:45:00.1Z", "2026-11-05T18:45:00.100Z"),
        ("2026-11-05T18:45:00.123Z", "2026-11-05T18:45:00.123Z"),
        ("2026-11-05T18:45:00.123456789Z", "2026-11-05T18:45:00.123Z"),
        ("2026-11-05T18:45:00+00:00", "2026-11-05T18:45:00.000Z"),
        ("2026-11-05T12:45:00-06:00", "2026-11-05T18:45:00.000Z"),
        ("2026-11-06T00:15:00.5+05:30", "2026-11-05T18:45:00.500Z"),
        ("2026-11-05t18:45:00z", "2026-11-05T18:45:00.000Z"),
        ("2024-02-29T23:59:60Z", "2024-03-01T00:00:00.000Z"),
    ] {
        assert_eq!(read_ok(&with(full(), "expiresAt", json!(text))).expires_at.unwrap().to_string(), expected);
        let listed = page_ok(&page(&[with(item(), "expiresAt", json!(text))]));
        assert_eq!(listed.readable[0].expires_at.unwrap().to_string(), expected);
    }
    for text in
        ["", "soon", "2026-11-05", "2026-11-05T18:45:00", "2026-13-05T18:45:00Z", "1793904300", "+2026-11-05T18:45:00Z"]
    {
        assert_unreadable_read(&with(full(), "expiresAt", json!(text)));
    }
}
