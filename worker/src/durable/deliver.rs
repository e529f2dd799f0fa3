//! Sends one webhook to the merchant's endpoint.

use compago::flow::outbox::{Answer, TIMEOUT};
use compago::json::ToJson;
use compago::webhook::{EventId, ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, sign};
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::Request;

use crate::clock::now;
use crate::env::Webhook;
use crate::log::{self, Level};
use crate::outgoing::outgoing;
use crate::transport::{Wanted, fetch_bounded};

/// Signs and sends the event, and tells what came of it. Redirects are not followed.
pub(crate) async fn deliver(id: &EventId, body: &str, webhook: &Webhook) -> Answer {
    let answer = match request(id, body, webhook) {
        Ok(request) => match fetch_bounded(request, TIMEOUT, Wanted::StatusAlone).await {
            Ok(reply) => Answer::Status {
                status: reply.status,
                retry_after: reply.retry_after.map(|seconds| Duration::from_secs(seconds.into())),
            },
            Err(_) => Answer::Unreachable,
        },
        Err(_) => Answer::Unreachable,
    };
    let status: &dyn ToJson = match &answer {
        Answer::Status { status, .. } => status,
        Answer::Unreachable => &"unreachable",
    };
    log::write(Level::Info, "webhook-sent", &[("id", id), ("status", status)]);
    answer
}

fn request(id: &EventId, body: &str, webhook: &Webhook) -> Result<Request, JsValue> {
    let signed = sign(id, now(), body.as_bytes(), &webhook.secrets);
    let headers = [
        ("content-type", "application/json"),
        ("user-agent", "compago-edge"),
        (ID_HEADER, &signed.id),
        (TIMESTAMP_HEADER, &signed.timestamp),
        (SIGNATURE_HEADER, &signed.signature),
    ];
    outgoing("POST", webhook.url.as_str(), &headers, Some(body))
}
