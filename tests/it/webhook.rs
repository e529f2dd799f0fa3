//! Webhooks from the receiver's point of view.

#[cfg(not(target_family = "wasm"))]
use core::ops::Range;
use core::time::Duration;

use compago::value::{Environment, Extensible, Reference, UnixMillis};
use compago::webhook::{
    DEFAULT_TOLERANCE, Event, EventData, EventId, EventIdError, EventKind, Received, Signed, SigningSecrets, TestData,
    Verified, VerifyError, receive, sign, verify,
};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// From the test suites of <https://github.com/standard-webhooks/standard-webhooks>, read November 2026.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER_SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDx2Qe8Yp3+Eg=";
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const NOW: UnixMillis = UnixMillis(1_614_265_330_000);
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

fn secrets(text: &str) -> SigningSecrets {
    text.parse().unwrap()
}

fn signed_with(secret: &str) -> Signed {
    sign(&ID.parse().unwrap(), NOW, BODY, &secrets(secret))
}

fn check(signed: &Signed, body: &[u8], secret: &str, now: UnixMillis) -> Result<Verified, VerifyError> {
    let received =
        Received { id: Some(&signed.id), timestamp: Some(&signed.timestamp), signature: Some(&signed.signature) };
    verify(received, body, &secrets(secret), now, DEFAULT_TOLERANCE)
}

#[test]
fn the_published_vector() {
    let signed = signed_with(SECRET);
    assert_eq!(
        signed,
        Signed { id: ID.to_owned(), timestamp: "1614265330".to_owned(), signature: SIGNATURE.to_owned() }
    );
    assert_eq!(check(&signed, BODY, SECRET, NOW), Ok(Verified { id: ID.parse().unwrap(), sent_at: NOW }));
}

#[test]
fn missing_headers_are_named() {
    let whole = Received { id: Some(ID), timestamp: Some("1614265330"), signature: Some(SIGNATURE) };
    for (received, header) in [
        (Received { id: None, ..whole }, "webhook-id"),
        (Received { timestamp: None, ..whole }, "webhook-timestamp"),
        (Received { signature: None, ..whole }, "webhook-signature"),
        (Received::default(), "webhook-id"),
    ] {
        let refused = verify(received, BODY, &secrets(SECRET), NOW, DEFAULT_TOLERANCE);
        assert_eq!(refused, Err(VerifyError::Missing(header)));
    }
}

#[test]
fn headers_that_are_refused() {
    let nine = [SIGNATURE; 9].join(" ");
    for (id, timestamp, signature, expected) in [
        ("", "1614265330", SIGNATURE, VerifyError::Id(EventIdError::Length)),
        ("msg.1", "1614265330", SIGNATURE, VerifyError::Id(EventIdError::Character)),
        ("msg_p5jXN8AQM9LWM0D4loKWxJel", "1614265330", SIGNATURE, VerifyError::Signature),
        (ID, "", SIGNATURE, VerifyError::Timestamp),
        (ID, "now", SIGNATURE, VerifyError::Timestamp),
        (ID, "1614265330.0", SIGNATURE, VerifyError::Timestamp),
        (ID, "+1614265330", SIGNATURE, VerifyError::Timestamp),
        (ID, "01614265330", SIGNATURE, VerifyError::Timestamp),
        (ID, " 1614265330", SIGNATURE, VerifyError::Timestamp),
        (ID, "-1", SIGNATURE, VerifyError::Timestamp),
        (ID, "9999999999999999999999", SIGNATURE, VerifyError::Timestamp),
        (ID, "1614265331", SIGNATURE, VerifyError::Signature),
        (ID, "1", SIGNATURE, VerifyError::TooOld),
        (ID, "1614265330000", SIGNATURE, VerifyError::Timestamp),
        (ID, "999999999999", SIGNATURE, VerifyError::TooNew),
        (ID, "1614265330", "", VerifyError::NoSignature),
        (ID, "1614265330", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", VerifyError::NoSignature),
        (ID, "1614265330", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", VerifyError::NoSignature),
        (ID, "1614265330", nine.as_str(), VerifyError::NoSignature),
        (ID, "1614265330", "v1,", VerifyError::Signature),
        (ID, "1614265330", "v1,g0hM9SsE", VerifyError::Signature),
        (ID, "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", VerifyError::Signature),
        (ID, "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OEA", VerifyError::Signature),
    ] {
        let signed = Signed { id: id.to_owned(), timestamp: timestamp.to_owned(), signature: signature.to_owned() };
        assert_eq!(check(&signed, BODY, SECRET, NOW), Err(expected), "{signed:?}");
    }
}

#[test]
fn one_of_several_signatures_is_enough() {
    let others = "v1a,AAAA v2,AAAA v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA= ";
    let signed = Signed { signature: format!("{others}{SIGNATURE}"), ..signed_with(SECRET) };
    assert!(check(&signed, BODY, SECRET, NOW).is_ok());
}

#[test]
fn every_byte_of_the_body_is_signed() {
    for body in [&b""[..], br#"{"test":2432232314}"#, br#"{"test": 2432232315}"#, b"{\"test\": 2432232314}\n"] {
        assert_eq!(check(&signed_with(SECRET), body, SECRET, NOW), Err(VerifyError::Signature));
    }
}

#[test]
fn five_minutes_either_way() {
    let second = Duration::from_secs(1);
    let millisecond = Duration::from_millis(1);
    let (early, late) = (NOW.minus(DEFAULT_TOLERANCE), NOW.plus(DEFAULT_TOLERANCE));
    for (now, expected) in [
        (late, None),
        (late.plus(millisecond), Some(VerifyError::TooOld)),
        (late.plus(second), Some(VerifyError::TooOld)),
        (early, None),
        (early.minus(millisecond), Some(VerifyError::TooNew)),
    ] {
        assert_eq!(check(&signed_with(SECRET), BODY, SECRET, now).err(), expected, "{now}");
    }
}

/// Old to old, both to old, both to both, both to new, new to new: no receiver misses an event, whichever side rotates
/// first.
#[test]
fn secrets_are_changed_in_steps() {
    let both = format!("{OTHER_SECRET} {SECRET}");
    for (sender, receiver) in
        [(SECRET, SECRET), (&both, SECRET), (&both, &both), (SECRET, &both), (&both, OTHER_SECRET)]
    {
        assert!(check(&signed_with(sender), BODY, receiver, NOW).is_ok(), "{sender} to {receiver}");
    }
    assert_eq!(check(&signed_with(SECRET), BODY, OTHER_SECRET, NOW), Err(VerifyError::Signature));

    let signatures = signed_with(&both).signature;
    assert_eq!(signatures, format!("{} {SIGNATURE}", signed_with(OTHER_SECRET).signature));
}

#[test]
fn the_body_of_an_event() {
    for (kind, name) in [
        (EventKind::OrderPaid, "order.paid"),
        (EventKind::OrderExpired, "order.expired"),
        (EventKind::OrderCancelled, "order.cancelled"),
        (EventKind::OrderOnHold, "order.on-hold"),
        (EventKind::PaymentIntentPaid, "payment-intent.paid"),
        (EventKind::PaymentIntentClosed, "payment-intent.closed"),
        (EventKind::PaymentIntentOnHold, "payment-intent.on-hold"),
    ] {
        let event = Event {
            kind,
            timestamp: NOW,
            data: crate::wire::tree(&serde_json::json!({ "reference": "K7Q2-M9XD-3FHT" })),
            environment: None,
        };
        let before = format!(r#"{{"type":"{name}","timestamp":"{NOW}","data":{{"reference":"K7Q2-M9XD-3FHT"}}"#);
        assert_same(&event, &format!("{before}}}"));
        for &environment in Environment::ALL {
            let event = Event { environment: Some(environment), ..event.clone() };
            assert_same(&event, &format!(r#"{before},"environment":"{environment}"}}"#));
        }
        let elsewhere = format!(r#"{before},"environment":"staging"}}"#);
        assert!(compago::json::from_str::<Event<compago::json::Json>>(&elsewhere).is_err(), "{elsewhere}");
    }
    assert!(compago::json::from_str::<EventKind>(r#""order.refunded""#).is_err());
}

#[test]
fn an_environment_of_a_later_version_is_kept() {
    let body = r#"{"type":"order.split","timestamp":"2021-02-25T15:02:10.000Z","data":{},"environment":"staging"}"#;
    let signed = sign(&ID.parse().unwrap(), NOW, body.as_bytes(), &secrets(SECRET));
    let received =
        Received { id: Some(&signed.id), timestamp: Some(&signed.timestamp), signature: Some(&signed.signature) };
    let webhook = receive(received, body.as_bytes(), &secrets(SECRET), NOW, DEFAULT_TOLERANCE).unwrap();
    assert_eq!(webhook.environment, Some(Extensible::Other("staging".to_owned())));
    assert_eq!(webhook.event, EventData::Unknown { kind: "order.split".to_owned() });
}

#[test]
fn a_test_event_reports_nothing() {
    let body = r#"{"type":"webhook.test","timestamp":"2021-02-25T15:02:10.000Z","data":{},"environment":"demo"}"#;
    let event = Event {
        kind: EventKind::WebhookTest,
        timestamp: NOW,
        data: TestData::default(),
        environment: Some(Environment::Demo),
    };
    assert_eq!(compago::json::to_string(&event), body);
    let signed = sign(&ID.parse().unwrap(), NOW, body.as_bytes(), &secrets(SECRET));
    let received =
        Received { id: Some(&signed.id), timestamp: Some(&signed.timestamp), signature: Some(&signed.signature) };
    let webhook = receive(received, body.as_bytes(), &secrets(SECRET), NOW, DEFAULT_TOLERANCE).unwrap();
    assert_eq!(webhook.event, EventData::WebhookTest(TestData::default()));
}

fn assert_same(event: &Event<compago::json::Json>, text: &str) {
    assert_eq!(compago::json::to_string(event), text);
    assert_eq!(&compago::json::from_str::<Event<compago::json::Json>>(text).unwrap(), event);
}

#[test]
fn the_id_of_an_event_follows_from_the_order() {
    let order: Reference = "K7Q2-M9XD-3FHT".parse().unwrap();
    let id = EventId::of(&order, EventKind::OrderCancelled, u32::MAX);
    assert_eq!(id.as_str(), "evt_k7q2m9xd3fht_order-cancelled_4294967295");
    assert_eq!(compago::json::from_str::<EventId>(&compago::json::to_string(&id)).unwrap(), id);

    let mut ids: Vec<EventId> =
        EventKind::ALL.iter().flat_map(|&kind| [1, 2].map(|nth| EventId::of(&order, kind, nth))).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 2 * EventKind::ALL.len());
}

#[test]
fn ids_are_validated_on_input() {
    for (text, expected) in [
        ("a".repeat(64), None),
        ("a".repeat(65), Some(EventIdError::Length)),
        (String::new(), Some(EventIdError::Length)),
        ("a b".to_owned(), Some(EventIdError::Character)),
        ("ñ".to_owned(), Some(EventIdError::Character)),
        ("a\n".to_owned(), Some(EventIdError::Character)),
    ] {
        assert_eq!(text.parse::<EventId>().err(), expected, "{text:?}");
        let json = compago::json::to_string(&text);
        assert_eq!(compago::json::from_str::<EventId>(&json).is_err(), expected.is_some(), "{text:?}");
    }
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    const TIMES: Range<i64> = 1_000_000_000_000..4_000_000_000_000;

    proptest! {
        #[test]
        fn any_signed_webhook_is_verified(id in "[A-Za-z0-9_-]{1,64}", time in TIMES, body: Vec<u8>, skew in -300_000_i64..=299_000) {
            let now = UnixMillis(time);
            let signed = sign(&id.parse().unwrap(), now, &body, &secrets(SECRET));
            let verified = check(&signed, &body, SECRET, UnixMillis(time.div_euclid(1000) * 1000 + skew)).unwrap();
            prop_assert_eq!(verified.id.as_str(), id);
            prop_assert!(now.since(verified.sent_at) < Duration::from_secs(1));
        }

        #[test]
        fn one_flipped_bit_is_noticed(body in prop::collection::vec(any::<u8>(), 1..200), at: prop::sample::Index, bit in 0..8) {
            let signed = sign(&ID.parse().unwrap(), NOW, &body, &secrets(SECRET));
            let mut changed = body.clone();
            changed[at.index(body.len())] ^= 1_u8 << bit;
            prop_assert_eq!(check(&signed, &changed, SECRET, NOW), Err(VerifyError::Signature));
        }

        #[test]
        fn no_header_makes_it_panic(id: String, timestamp: String, signature: String, now: i64) {
            let signed = Signed { id, timestamp, signature };
            prop_assert!(check(&signed, BODY, SECRET, UnixMillis(now)).is_err());
        }

        #[test]
        fn no_text_makes_secrets_panic(text: String) {
            prop_assert!(text.parse::<SigningSecrets>().is_err());
        }
    }
}
