//! Answers to creating and cancelling.

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::create::CheckoutUrl;
use compago::api::one_time_payment::link::{CheckoutLink, LinkError};
use compago::endpoint::{CallError, DecodeError};
use compago::value::{HttpsUrl, PaymentId};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{ID, cancel, cancelled, create, with};
use crate::recording::{answer, reply};

/// It is not documented what is encoded, cut off or repeated in the return URL. What we send needs no encoding and has
/// no fragment.
#[test]
fn rules_for_urls() {
    assert!("https://tienda.example/#done".parse::<HttpsUrl>().is_err());
    let sent = crate::wire::to_value(&create());
    let id = sent["externalId"].as_str().unwrap();
    assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
}

/// A sample of the cancel page was cancelled after it had expired.
#[test]
fn times_of_a_cancellation() {
    let mut body = cancelled();
    body["expiresAt"] = json!("2026-11-05T18:45:00Z");
    body["updatedAt"] = json!("2026-11-05T19:45:00Z");
    let cancellation = answer(&cancel(), reply(200, body.to_string())).unwrap();
    assert_eq!((cancellation.id, cancellation.status), (ID.parse().unwrap(), Status::Cancelled));
    assert_eq!((cancellation.external_id, cancellation.amount, cancellation.currency), (None, None, None));
}

#[test]
fn an_answer_to_cancelling_with_other_content() {
    for (field, value) in
        [("status", json!("CONFIRMED")), ("status", json!("DONE")), ("id", json!(ID.replace('7', "8")))]
    {
        let Ok(cancelled) = answer(&cancel(), reply(200, with(cancelled(), field, value).to_string())) else {
            panic!()
        };
        assert!(cancelled.status != Status::Cancelled || cancelled.id.to_string() != ID);
    }
    assert_eq!(answer(&cancel(), reply(200, "{}")), Err(CallError::Decode(DecodeError::Shape)));
}

/// Neither the checkout host of the demo environment nor the position of the id in the URL is documented.
#[test]
fn form_of_the_checkout_link() {
    let allowed = ["https://app.compago.com".parse().unwrap(), "https://demo.app.compago.com".parse().unwrap()];
    let link = |text: &str| CheckoutLink::parse(text, &allowed);
    let id: PaymentId = ID.parse().unwrap();
    for host in ["app.compago.com", "demo.app.compago.com"] {
        assert_eq!(link(&format!("https://{host}/checkout/otp/{ID}")).unwrap().candidate(), Some(id));
    }
    for path in ["", "/", "/checkout/otp/", "/checkout/otp/abc", "/checkout/abc", "/checkout/otp/x/7c9e2b64"] {
        assert_eq!(link(&format!("https://app.compago.com{path}")).unwrap().candidate(), None, "{path}");
    }
    for tail in ["/", "?lang=es", "/pay", "%20"] {
        assert_eq!(link(&format!("https://app.compago.com/checkout/otp/{ID}{tail}")).unwrap().candidate(), None);
    }
    for (text, error) in [
        (format!("https://app.compago.com.evil.example/checkout/otp/{ID}"), LinkError::Elsewhere),
        (format!("https://app.compago.com:8443/checkout/otp/{ID}"), LinkError::Elsewhere),
        (format!("http://127.0.0.1/checkout/otp/{ID}"), LinkError::Elsewhere),
        (format!("http://app.compago.com/checkout/otp/{ID}"), LinkError::NotAUrl),
        (format!("https://app.compago.com@evil.example/checkout/otp/{ID}"), LinkError::NotAUrl),
        (format!("//app.compago.com/checkout/otp/{ID}"), LinkError::NotAUrl),
        (format!("javascript:alert(1)//{ID}"), LinkError::NotAUrl),
        (String::new(), LinkError::NotAUrl),
    ] {
        assert_eq!(link(&text), Err(error), "{text}");
    }
}

#[test]
fn a_created_payment_without_a_checkout_link() {
    for body in
        [json!({}), json!({ "redirectUrl": null }), json!({ "redirectUrl": 7 }), json!({ "url": "https://a.example" })]
    {
        assert_eq!(answer(&create(), reply(200, body.to_string())), Err(CallError::Decode(DecodeError::Shape)));
    }
    assert_eq!(answer(&create(), reply(200, r#"{"redirectUrl":""}"#)), Ok(CheckoutUrl(String::new())));
}
