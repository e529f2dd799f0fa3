use js_sys::JSON;
use wasm_bindgen_test::wasm_bindgen_test;

use super::verify_webhook;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const SENT_AT: f64 = 1_614_265_330_000.0;

/// Verifies the example of the specification with some values replaced.
fn verdict(secret: &str, timestamp: Option<&str>, signature: Option<&str>, body: &[u8], now: f64) -> String {
    let text = |text: &str| text.to_owned();
    let id = Some(text("msg_p5jXN8AQM9LWM0D4loKWxJek"));
    let verdict = verify_webhook(secret, id, timestamp.map(text), signature.map(text), body, now, 300);
    JSON::stringify(&verdict).map(String::from).unwrap_or_default()
}

#[wasm_bindgen_test]
fn only_webhooks_signed_with_the_secret_for_this_body_and_time_are_accepted() {
    let (timestamp, signature) = (Some("1614265330"), Some(SIGNATURE));
    assert_eq!(verdict(SECRET, timestamp, signature, BODY, SENT_AT), r#"{"id":"msg_p5jXN8AQM9LWM0D4loKWxJek"}"#);
    for (result, code) in [
        (verdict("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", timestamp, signature, BODY, SENT_AT), "signature"),
        (verdict(SECRET, timestamp, signature, b"{}", SENT_AT), "signature"),
        (verdict(SECRET, timestamp, signature, BODY, SENT_AT + 301_000.0), "too-old"),
        (verdict(SECRET, timestamp, signature, BODY, SENT_AT - 301_000.0), "too-new"),
        (verdict(SECRET, None, signature, BODY, SENT_AT), "header-missing"),
        (verdict(SECRET, timestamp, Some("v2,abc"), BODY, SENT_AT), "signature-missing"),
        (verdict(SECRET, Some("soon"), signature, BODY, SENT_AT), "timestamp"),
        (verdict("secret", timestamp, signature, BODY, SENT_AT), "secret"),
        (verdict(SECRET, timestamp, signature, BODY, f64::NAN), "too-new"),
    ] {
        assert_eq!(result, format!(r#"{{"code":"{code}"}}"#));
    }
}
