//! What the log says of who came in, who was refused and what signed-in people did, so that an attack leaves a trace.
//!
//! A line names the route, the role and the thing that was acted on by its reference or id; never a token, a cookie, a body
//! or personal data. A client stands there as a keyed hash of its address: lines of one client can be put together, and the
//! address is told to nobody.

use compago::edge::Role;
use serde_json::json;

use super::auth::Caller;
use super::rate_limit;
use crate::config::Config;
use crate::http::error::Fault;
use crate::http::request::Incoming;
use crate::runtime::log::{self, Level};

/// Logs a refusal that may be part of an attack.
pub(crate) fn refused(fault: &Fault, operation: &str, request: &Incoming, config: &Config) {
    if let Some(event) = event(fault) {
        log::write(Level::Warn, event, json!({ "route": operation, "client": client(request, config) }));
    }
}

fn event(fault: &Fault) -> Option<&'static str> {
    match fault {
        Fault::WrongToken => Some("authentication-failed"),
        Fault::Forbidden => Some("authorization-failed"),
        Fault::ForeignOrigin => Some("origin-refused"),
        Fault::HttpsRequired { .. } => Some("https-required"),
        Fault::TooMany { .. } | Fault::TooManyOpenLinks { .. } => Some("rate-limited"),
        Fault::ShopBusy { .. } => Some("open-links-exhausted"),
        Fault::InvalidBody(_)
        | Fault::NotJson
        | Fault::TooLarge
        | Fault::BodyIncomplete
        | Fault::MediaType
        | Fault::NotFound
        | Fault::Method(_)
        | Fault::KeyMissing
        | Fault::KeyMalformed
        | Fault::KeyReused
        | Fault::InFlight
        | Fault::Unauthenticated
        | Fault::ProviderUnavailable(_)
        | Fault::ProviderRefused(_)
        | Fault::RequestRefused(_)
        | Fault::WrongHost { .. }
        | Fault::AmountBelowMinimum { .. }
        | Fault::ExternalIdTaken
        | Fault::PaymentOnHold { .. }
        | Fault::StillPayable
        | Fault::OrderPaid
        | Fault::OrderOnHold
        | Fault::OrderClosed
        | Fault::Verifying
        | Fault::NotCancellable
        | Fault::TerminalBusy
        | Fault::IntentPaid
        | Fault::TerminalNotFound
        | Fault::IntentUnknown
        | Fault::CardNotActive
        | Fault::CardNotRevocable
        | Fault::CardBusy
        | Fault::PaymentNotConfirmed
        | Fault::LinkElsewhere
        | Fault::InvalidQuery
        | Fault::Misconfigured
        | Fault::CatalogUnreadable
        | Fault::Internal(_) => None,
    }
}

/// Logs that a session has begun, was ended, or was used after that.
pub(crate) fn session(event: &str, role: Role, request: &Incoming, config: &Config) {
    log::write(Level::Info, event, json!({ "role": role, "client": client(request, config) }));
}

/// Logs what an operator or a cashier has changed, or tried to; `subject` is what was changed.
pub(crate) fn acted(
    caller: &Caller,
    status: u16,
    operation: &str,
    subject: Option<&str>,
    request: &Incoming,
    config: &Config,
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
            "client": client(request, config)
        }),
    );
}

fn client(request: &Incoming, config: &Config) -> Option<String> {
    Some(rate_limit::client(request)?.key(&config.keys).as_str().to_owned())
}
