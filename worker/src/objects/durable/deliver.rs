//! Sends one webhook to the merchant's endpoint.

use std::time::Duration;

use compago::endpoint::Undelivered;
use compago::flow::outbox::{Answer, Delivery, FailureReason, TIMEOUT, TryOutcome};
use compago::webhook::{EventId, ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, sign};
use serde_json::json;
use worker::{Method, Request};

use crate::config::Webhook;
use crate::http::outgoing::{Wanted, fetch_bounded, outgoing};
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// Signs and sends the event, and returns what came of it. Redirects are not followed.
pub(crate) async fn deliver(id: &EventId, body: &str, webhook: &Webhook) -> Answer {
    let Ok(request) = request(id, body, webhook) else { return Answer::Unreachable };
    match fetch_bounded(request, TIMEOUT, Wanted::StatusAlone).await {
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

fn request(id: &EventId, body: &str, webhook: &Webhook) -> worker::Result<Request> {
    let signed = sign(id, now(), body.as_bytes(), &webhook.secrets);
    let headers = [
        ("content-type", "application/json"),
        ("user-agent", "compago-edge"),
        (ID_HEADER, &signed.id),
        (TIMESTAMP_HEADER, &signed.timestamp),
        (SIGNATURE_HEADER, &signed.signature),
    ];
    outgoing(Method::Post, webhook.url.as_str(), &headers, Some(body))
}
