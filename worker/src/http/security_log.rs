//! What the log says of who came in, who was refused and what signed-in people did, so that an attack leaves a trace.
//!
//! A line names the route, the role and the thing that was acted on by its reference or id; never a token, a cookie, a body
//! or personal data. A client is named by a keyed hash of its address: lines of one client can be put together, and the address is
//! not disclosed.

use compago::edge::{Role, SigningKeys};
use serde_json::json;

use super::auth::Caller;
use super::rate_limit;
use crate::config::KeyedConfig;
use crate::http::error::ApiError;
use crate::http::request::{Incoming, header};
use crate::runtime::log::{self, Level};

/// Logs a refusal that may be part of an attack; without keys, no client is named. Reads that pages elsewhere attempt are not logged: any site could fill the log with them.
pub(crate) fn refused(error: &ApiError, operation: &str, request: &Incoming, keys: Option<&SigningKeys>) {
    if matches!(error, ApiError::ForeignPage { .. }) && !would_change(request) {
        return;
    }
    if let Some(event) = event(error) {
        log::write(
            Level::Warn,
            event,
            json!({ "route": operation, "client": keys.and_then(|keys| client(request, keys)) }),
        );
    }
}

/// Whether a request to the shop's API changes something: by its method, or by the one that its preflight announces. A browser sends nothing
/// more once that is refused.
fn would_change(request: &Incoming) -> bool {
    match request.method() {
        "OPTIONS" => header(request, "access-control-request-method").is_some_and(|method| method == "POST"),
        method => method == "POST",
    }
}

fn event(error: &ApiError) -> Option<&'static str> {
    match error {
        ApiError::WrongToken => Some("authentication-failed"),
        ApiError::Forbidden => Some("authorization-failed"),
        ApiError::ForeignPage { .. } | ApiError::ForeignOrigin { .. } => Some("origin-refused"),
        ApiError::HttpsRequired { .. } => Some("https-required"),
        ApiError::TooMany { .. } | ApiError::TooManyOpenLinks { .. } => Some("rate-limited"),
        ApiError::ShopBusy { .. } => Some("open-links-exhausted"),
        ApiError::InvalidBody(_)
        | ApiError::NotJson
        | ApiError::TooLarge
        | ApiError::BodyIncomplete
        | ApiError::MediaType
        | ApiError::NotFound
        | ApiError::Method(_)
        | ApiError::KeyMissing
        | ApiError::KeyMalformed
        | ApiError::KeyReused
        | ApiError::InFlight
        | ApiError::Unauthenticated
        | ApiError::ProviderUnavailable(_)
        | ApiError::ProviderRefused(_)
        | ApiError::RequestRefused(_)
        | ApiError::WrongHost { .. }
        | ApiError::AmountBelowMinimum { .. }
        | ApiError::ExternalIdTaken
        | ApiError::PaymentOnHold { .. }
        | ApiError::StillPayable
        | ApiError::OrderPaid
        | ApiError::OrderOnHold
        | ApiError::OrderClosed
        | ApiError::NotPaid
        | ApiError::PersonalDataDeleted
        | ApiError::Verifying
        | ApiError::NotCancellable
        | ApiError::TerminalBusy
        | ApiError::IntentPaid
        | ApiError::TerminalNotFound
        | ApiError::IntentUnknown
        | ApiError::CardNotActive
        | ApiError::CardNotRevocable
        | ApiError::CardBusy
        | ApiError::PaymentNotConfirmed
        | ApiError::LinkElsewhere
        | ApiError::InvalidQuery
        | ApiError::Misconfigured
        | ApiError::CatalogUnreadable
        | ApiError::ShopFileUnreadable
        | ApiError::SettingsUnavailable
        | ApiError::SigningKeyRemoved
        | ApiError::SecretConfigured
        | ApiError::RotatedRecently { .. }
        | ApiError::Internal(_) => None,
    }
}

/// Logs that a session has begun, was ended, or was used after that.
pub(crate) fn session(event: &str, role: Role, request: &Incoming, config: &KeyedConfig) {
    log::write(Level::Info, event, json!({ "role": role, "client": client(request, &config.keys) }));
}

/// Logs what an operator or a cashier has changed, or tried to; `subject` is what was changed.
pub(crate) fn acted(
    caller: &Caller,
    status: u16,
    operation: &str,
    subject: Option<&str>,
    request: &Incoming,
    config: &KeyedConfig,
) {
    let by = if caller.session.is_some() { "session" } else { "token" };
    log::write(
        Level::Info,
        "staff-action",
        json!({
            "role": caller.role,
            "by": by,
            "route": operation,
            "subject": subject,
            "status": status,
            "client": client(request, &config.keys)
        }),
    );
}

fn client(request: &Incoming, keys: &SigningKeys) -> Option<String> {
    Some(rate_limit::client(request)?.key(keys).as_str().to_owned())
}
