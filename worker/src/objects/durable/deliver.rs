//! Sends one webhook to the merchant's endpoint.

use std::time::Duration;

use compago::endpoint::{Method, Undelivered};
use compago::flow::outbox::{Answer, Delivery, FailureReason, TIMEOUT, TryOutcome};
use compago::value::HttpsUrl;
use compago::webhook::{EventId, ID_HEADER, SIGNATURE_HEADER, SigningSecrets, TIMESTAMP_HEADER, sign};
use compago_client::Outgoing;
use compago_client::transport::worker::fetch_head;
use serde_json::json;

use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// The merchant's endpoint.
#[derive(Debug)]
pub(crate) struct Webhook {
    /// Where it listens.
    pub(crate) url: HttpsUrl,
    /// What its requests are signed with.
    pub(crate) secrets: SigningSecrets,
}

/// Signs and sends the event, and returns what came of it. Redirects are not followed.
pub(crate) async fn deliver(id: &EventId, body: &str, webhook: &Webhook) -> Answer {
    match fetch_head(&request(id, body, webhook), TIMEOUT).await {
        Ok(reply) => Answer::Status {
            status: reply.status,
            retry_after: reply.retry_after.map(|seconds| Duration::from_secs(seconds.into())),
        },
        Err(Undelivered::Timeout) => Answer::TimedOut,
        Err(Undelivered::Network | Undelivered::TooLarge) => Answer::Unreachable,
    }
}

/// Logs an attempt with what came of it; `delivery` has taken in the answer.
pub(super) fn log_attempt(delivery: &Delivery, answer: Answer) {
    let level = match delivery.outcome_of(answer) {
        TryOutcome::Delivered => Level::Info,
        TryOutcome::Failed => Level::Warn,
        TryOutcome::GivenUp => Level::Error,
    };
    let reason = FailureReason::of(answer).map(FailureReason::code);
    let status = match answer {
        Answer::Status { status, .. } => Some(status),
        Answer::Unreachable | Answer::TimedOut => None,
    };
    log::write(
        level,
        "webhook-sent",
        json!({ "id": delivery.id(), "try": delivery.tries(), "status": status, "reason": reason }),
    );
}

fn request(id: &EventId, body: &str, webhook: &Webhook) -> Outgoing {
    let signed = sign(id, now(), body.as_bytes(), &webhook.secrets);
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("user-agent", "compago-edge".to_owned()),
        (ID_HEADER, signed.id),
        (TIMESTAMP_HEADER, signed.timestamp),
        (SIGNATURE_HEADER, signed.signature),
    ];
    let url = webhook.url.as_str().to_owned();
    Outgoing { name: "webhook", method: Method::Post, url, headers, body: Some(body.to_owned()) }
}
