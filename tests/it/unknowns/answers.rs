//! Status codes, headers and bytes of answers.

use compago::api::one_time_payment::Status;
use compago::endpoint::{CallError, DecodeError};
use compago::error::Reason;
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{cancel, cancelled, create, created, full, get, item, list, page, page_ok, read_ok, refusal, with};
use crate::recording::{Recording, answer, now, reply};

#[test]
fn success_codes() {
    for status in 200..300 {
        assert!(answer(&create(), reply(status, created().to_string())).is_ok(), "{status}");
        assert!(answer(&get(), reply(status, full().to_string())).is_ok(), "{status}");
        assert!(answer(&list(), reply(status, page(&[item()]).to_string())).is_ok(), "{status}");
        assert!(answer(&cancel(), reply(status, cancelled().to_string())).is_ok(), "{status}");
    }
    for status in [0, 100, 199, 300, 304, 600, u16::MAX] {
        assert!(matches!(answer(&get(), reply(status, full().to_string())), Err(CallError::Refused(_))), "{status}");
    }
}

#[test]
fn success_without_a_body() {
    for status in [200, 201, 204] {
        assert_eq!(answer(&create(), reply(status, "")), Err(CallError::Decode(DecodeError::Json)));
        assert_eq!(answer(&cancel(), reply(status, "")), Err(CallError::Decode(DecodeError::Json)));
    }
}

#[test]
fn error_body_beyond_message() {
    let text = "One time payment with externalId a-1 already exists.";
    for body in [
        json!({ "message": text }),
        json!({ "message": [text] }),
        json!({ "message": ["description must be text", text] }),
        json!({ "statusCode": 400, "error": "Bad Request", "code": "DUPLICATE", "message": text, "errors": [{}] }),
    ] {
        assert_eq!(refusal(400, body.to_string()).reason, Reason::DuplicateExternalId, "{body}");
    }
    let deep = format!("{{\"message\":{}", "[".repeat(100_000));
    for body in ["", "null", "[]", "{}", "<html>no</html>", "{\"message\":", r#"{"message":{"text":1}}"#, &deep] {
        assert_eq!(refusal(400, body).reason, Reason::Other);
        assert_eq!(refusal(500, body).reason, Reason::Server);
    }
}

#[test]
fn status_and_body_of_a_refused_get_or_cancel() {
    for status in (300..=308).chain(400..=451).chain(500..=599) {
        for body in ["", "{}", r#"{"message":"Payment not found"}"#, r#"{"status":"CONFIRMED"}"#] {
            let read = answer(&get(), reply(status, body));
            assert!(matches!(read, Err(CallError::Refused(refusal)) if refusal.status == status));
            assert!(matches!(answer(&cancel(), reply(status, body)), Err(CallError::Refused(_))));
        }
    }
}

#[test]
fn rate_limits_and_retry_after() {
    for (retry_after, status) in [(Some(30), 429), (None, 429), (Some(u32::MAX), 503), (None, 503)] {
        let mut reply = reply(status, "slow down");
        reply.retry_after = retry_after;
        let Err(CallError::Refused(refusal)) = answer(&list(), reply) else { panic!("refused") };
        assert_eq!((refusal.reason, refusal.retry_after), (Reason::Busy, retry_after));
        assert!(!refusal.reason.did_nothing());
    }
}

/// No such header is documented, so none is sent: it could be refused or misinterpreted.
#[test]
fn idempotency_keys_and_versions() {
    let transport = Recording::new([reply(201, created().to_string())]);
    now(compago::endpoint::call(&create(), &transport)).unwrap();
    assert_eq!(transport.requests()[0].headers, []);
}

#[test]
fn bytes_that_are_not_json() {
    let whole = full().to_string();
    for cut in 0..whole.len() {
        let Some(start) = whole.get(..cut) else { continue };
        assert!(matches!(answer(&get(), reply(200, start)), Err(CallError::Decode(DecodeError::Json))), "{cut}");
    }
    let with_mark = format!("\u{FEFF}{whole}");
    let twice = format!("{whole}{whole}");
    for body in
        [with_mark.as_str(), &twice, "<!doctype html>", "{'status':'PENDING'}", "{\"status\":\"PENDING\",}", "\0"]
    {
        assert!(matches!(answer(&get(), reply(200, body)), Err(CallError::Decode(DecodeError::Json))));
    }
    assert!(answer(&get(), reply(200, b"{\"status\":\"\xff\xfe\"}")).is_err());
    assert!(answer(&get(), reply(200, format!(" \r\n\t{whole}\n"))).is_ok());
}

#[test]
fn deep_nesting() {
    for depth in [200, 100_000] {
        let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let body = full().to_string().replacen('{', &format!("{{\"more\":{deep},"), 1);
        assert_eq!(answer(&get(), reply(200, body)), Err(CallError::Decode(DecodeError::Json)));
        let body = page(&[item()]).to_string().replace("\"amount\"", &format!("\"more\":{deep},\"amount\""));
        assert_eq!(answer(&list(), reply(200, body)), Err(CallError::Decode(DecodeError::Json)));
        let open = "{\"status\":".repeat(depth);
        assert!(answer(&get(), reply(200, open)).is_err());
    }
}

#[test]
fn doubled_fields() {
    let status = r#"{"status":"PENDING","status":"CONFIRMED"}"#;
    assert_eq!(answer(&get(), reply(200, status)), Err(CallError::Decode(DecodeError::Shape)));
    let link = r#"{"redirectUrl":"https://a.example/","redirectUrl":"https://b.example/"}"#;
    assert_eq!(answer(&create(), reply(200, link)), Err(CallError::Decode(DecodeError::Shape)));
    let item = item().to_string().replacen('{', r#"{"status":"CONFIRMED","#, 1);
    let body = format!(r#"{{"count":1,"page":1,"pageSize":100,"items":[{item}]}}"#);
    let Ok(listed) = answer(&list(), reply(200, body)) else { panic!("one item does not spoil the page") };
    assert_eq!((listed.readable.len(), listed.unreadable), (0, 1));
}

#[test]
fn handling_of_unknown_fields() {
    let more = json!({ "status": "CONFIRMED", "paid": true });
    assert_eq!(read_ok(&with(full(), "payment", more.clone())).status, Status::Pending);
    assert_eq!(page_ok(&page(&[with(item(), "payment", more.clone())])).unreadable, 0);
    assert!(answer(&cancel(), reply(200, with(cancelled(), "payment", more.clone()).to_string())).is_ok());
    assert!(answer(&create(), reply(200, with(created(), "id", more).to_string())).is_ok());
}
