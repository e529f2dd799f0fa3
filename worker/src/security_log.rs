//! What the log says of who came in, who was refused and what signed-in people did, so that an attack leaves a trace.
//!
//! A line names the route, the role and the thing that was acted on by its reference or id; never a token, a cookie, a body
//! or personal data. A client stands there as a keyed hash of its address: lines of one client can be put together, and the
//! address is told to nobody.

use compago::edge::Role;
use compago::json::{IfSome, ToJson};

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
        log::write(Level::Warn, event, &[("route", &route.name()), ("client", &client(request, config))]);
    }
}

fn event(fault: &Fault) -> Option<&'static str> {
    if matches!(fault, Fault::WrongToken) {
        Some("authentication-failed")
    } else if matches!(fault, Fault::Forbidden) {
        Some("authorization-failed")
    } else if matches!(fault, Fault::ForeignOrigin) {
        Some("origin-refused")
    } else if matches!(fault, Fault::HttpsRequired { .. }) {
        Some("https-required")
    } else if matches!(fault, Fault::TooMany { .. } | Fault::TooManyOpenLinks { .. }) {
        Some("rate-limited")
    } else if matches!(fault, Fault::ShopBusy { .. }) {
        Some("open-links-exhausted")
    } else {
        None
    }
}

/// Logs that a session has begun, was ended, or was used after that.
pub(crate) fn session(event: &str, role: Role, request: &Incoming, config: &Config) {
    log::write(Level::Info, event, &[("role", &role), ("client", &client(request, config))]);
}

/// Logs what an operator or a cashier has changed, or tried to.
pub(crate) fn acted(caller: &Caller, status: u16, route: &Route<'_>, request: &Incoming, config: &Config) {
    // What was asked in vain names nothing of ours: it is whatever the client wrote.
    let subject = (status < 400).then(|| subject(route, request, config)).flatten();
    let by = if caller.session.is_some() { "session" } else { "token" };
    let fields: [(&str, &dyn ToJson); 6] = [
        ("role", &caller.role),
        ("by", &by),
        ("route", &route.name()),
        ("subject", &IfSome(&subject)),
        ("status", &status),
        ("client", &client(request, config)),
    ];
    log::write(Level::Info, "staff-action", &fields);
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
