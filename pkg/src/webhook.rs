//! Verification of our webhooks.

use core::time::Duration;

use compago::{
    value::UnixMillis,
    webhook::{EventId, Received, SigningSecrets, VerifyError, verify},
};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::js_value::to_js;

/// Returns `{ id }` of the event if the request was signed with one of the secrets for exactly this body, within the
/// tolerance of `now`; otherwise `{ code }` with the reason.
#[wasm_bindgen(js_name = verifyWebhook)]
pub fn verify_webhook(
    secrets: &str,
    id: Option<String>,
    timestamp: Option<String>,
    signature: Option<String>,
    body: &[u8],
    now: f64,
    tolerance_seconds: u32,
) -> JsValue {
    let Ok(secrets) = secrets.parse::<SigningSecrets>() else { return to_js(&Verdict::Refused { code: "secret" }) };
    let received = Received { id: id.as_deref(), timestamp: timestamp.as_deref(), signature: signature.as_deref() };
    #[expect(clippy::cast_possible_truncation, reason = "a float cast saturates, and a clock is far inside of i64")]
    let now = UnixMillis(now as i64);
    to_js(&match verify(received, body, &secrets, now, Duration::from_secs(tolerance_seconds.into())) {
        Ok(verified) => Verdict::Verified { id: verified.id },
        Err(error) => Verdict::Refused { code: code(&error) },
    })
}

#[derive(Serialize)]
#[serde(untagged)]
enum Verdict {
    Verified { id: EventId },
    Refused { code: &'static str },
}

const fn code(error: &VerifyError) -> &'static str {
    match error {
        VerifyError::Missing(_) => "header-missing",
        VerifyError::Id(_) => "id",
        VerifyError::Timestamp => "timestamp",
        VerifyError::TooOld => "too-old",
        VerifyError::TooNew => "too-new",
        VerifyError::NoSignature => "signature-missing",
        VerifyError::Signature => "signature",
    }
}

#[cfg(test)]
mod tests;
