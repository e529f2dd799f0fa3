//! What the log says of who came in, who was refused and what signed-in people did, so that an attack leaves a trace.
//!
//! A line names the route, the role and the thing that was acted on by its reference or id; never a token, a cookie, a body
//! or personal data. A client stands there as a keyed hash of its address: lines of one client can be put together, and the
//! address is told to nobody.

use compago::edge::Role;
use serde_json::json;

use crate::access::Caller;
use crate::env::Config;
use crate::fault::Fault;
use crate::limit;
use crate::log::{self, Level};
use crate::receive::{Incoming, idempotency_key};
use crate::route::Route;

/// Logs a refusal that may be part of an attack.
pub(crate) fn refused(fault: &Fault, route: &Route<'_>, request: &Incoming, config: &Config) {
    if let Some(event) = event(fault) {
        log::write(Level::Warn, event, json!({ "route": route.name(), "client": client(request, config) }));
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

/// Logs what an operator or a cashier has changed, or tried to.
pub(crate) fn acted(caller: &Caller, status: u16, route: &Route<'_>, request: &Incoming, config: &Config) {
    // What was asked in vain names nothing of ours: it is whatever the client wrote.
    let subject = (status < 400).then(|| subject(route, request, config)).flatten();
    let by = if caller.session.is_some() { "session" } else { "token" };
    log::write(
        Level::Info,
        "staff-action",
        json!({ "role": caller.role, "by": by, "route": route.name(), "subject": subject, "status": status, "client": client(request, config) }),
    );
}

/// What a request is about: what its path names, or the reference that its idempotency key gives.
fn subject(route: &Route<'_>, request: &Incoming, config: &Config) -> Option<String> {
    if let Some(subject) = route.subject() {
        return Some(subject);
    }
    let scope = route.scope()?;
    Some(idempotency_key(request).ok()?.reference(scope, &config.keys).to_string())
}

fn client(request: &Incoming, config: &Config) -> Option<String> {
    Some(limit::client(request)?.key(&config.keys).as_str().to_owned())
}
