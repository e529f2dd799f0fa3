//! Middleware of every call: the API key, the organisation, planned faults, the log.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::mishap::{self, Outlook};
use super::{API_KEY, request};
use crate::call::Call;
use crate::clock::{Fraction, written};
use crate::endpoint::{Endpoint, ListOf};
use crate::fault::{Drift, Fault};
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::world::App;

/// An extension of the answer to a create or a charge, for the log.
#[derive(Clone, Copy)]
pub(crate) struct CreatedId(pub(crate) Uuid);

/// An extension of the request for a list that is to be read in the opposite order.
#[derive(Clone, Copy)]
pub(crate) struct OppositeOrder;

impl OppositeOrder {
    /// Returns the settings that apply to the page of a list.
    pub(crate) fn applied(opposite: Option<Extension<Self>>, settings: &Settings) -> Settings {
        let list_order = match (opposite, settings.list_order) {
            (None, order) => order,
            (Some(_), order) => order.opposite(),
        };
        Settings { list_order, ..settings.clone() }
    }
}

pub(crate) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let named = Endpoint::of(request.method(), request.uri().path());
    let endpoint = named.map(|(endpoint, _)| endpoint);
    let mut call = Call {
        at: app.with(|world| written(world.clock.now(), Fraction::Milliseconds)),
        method: request.method().to_string(),
        path: format!("/api{}", request.uri().path()),
        endpoint,
        id: named.and_then(|(_, id)| id).map(str::to_owned),
        status: None,
        fault: None,
    };

    let refused = refuse_stranger(&app, request.headers(), endpoint);
    let (fault, release) = app.with(|world| {
        let fault = match (&refused, endpoint) {
            (None, Some(endpoint)) => world.faults.take(endpoint, call.id.as_deref()),
            (Some(_), _) | (None, None) => None,
        };
        (fault, world.faults.release())
    });
    call.fault = fault.as_ref().map(Fault::into_str);

    let response = match (&refused, fault.as_ref().and_then(mishap::instead)) {
        (Some(refusal), _) => refusal.clone().into_response(),
        (None, Some(response)) => response,
        (None, None) => {
            if let Some(Fault::Drift { how, by }) = &fault
                && let Err(refusal) = drift(&app, &mut request, &call, *how, *by)
            {
                return refusal.into_response();
            }
            next.run(request).await
        }
    };
    if let Some(CreatedId(id)) = response.extensions().get() {
        call.id = Some(id.to_string());
    }
    let (mut response, outlook) = mishap::afterwards(fault, release, response);
    call.status = match outlook {
        Outlook::Answered | Outlook::Late(_) | Outlook::Held(_) | Outlook::Halved => Some(response.status().as_u16()),
        Outlook::Lost => None,
    };
    // Logged before any waiting, which is up to the carrier: a caller that gives up must not erase its call.
    app.with(|world| world.calls.add(call));
    response.extensions_mut().insert(outlook);
    response
}

/// Answers 401 without the right key and 400 without an organisation (docs.compago.com/one-time-payment/create and
/// /payment-intent/create, read November 2026). The texts are the labels of the documentation's tables.
fn refuse_stranger(app: &App, headers: &HeaderMap, endpoint: Option<Endpoint>) -> Option<Refusal> {
    let mut keys = headers.get_all("x-api-key").iter();
    let right = keys.next().is_some_and(|key| key.as_bytes() == API_KEY.as_bytes()) && keys.next().is_none();
    if !right {
        return Some(Refusal::new(StatusCode::UNAUTHORIZED, "Unauthorized"));
    }
    let missing = app.with(|world| world.settings.missing_organization);
    missing.then(|| {
        Refusal::bad_request(match endpoint {
            Some(Endpoint::PaymentIntentCreate) => "User does not have an organization",
            Some(
                Endpoint::OneTimePaymentCreate
                | Endpoint::OneTimePaymentGet
                | Endpoint::OneTimePaymentList
                | Endpoint::OneTimePaymentCancel
                | Endpoint::PaymentIntentGet
                | Endpoint::PaymentIntentCancel
                | Endpoint::PaymentMethodCreate
                | Endpoint::PaymentMethodList
                | Endpoint::PaymentMethodGet
                | Endpoint::PaymentMethodRevoke
                | Endpoint::PaymentMethodCharge
                | Endpoint::PaymentMethodPayments
                | Endpoint::PaymentMethodPayment
                | Endpoint::PaymentMethodRefund,
            )
            | None => "Missing organization context",
        })
    })
}

fn drift(app: &App, request: &mut Request, call: &Call, how: Drift, by: u16) -> Result<(), Refusal> {
    match how {
        Drift::Reverse => {
            request.extensions_mut().insert(OppositeOrder);
            Ok(())
        }
        Drift::Touch => app.change(|world| {
            world.one_time_payments.touch(by, world.clock.now());
            Ok(())
        }),
        Drift::Insert => app.change(|world| {
            let now = world.clock.now();
            match call.endpoint.and_then(Endpoint::list_of) {
                Some(ListOf::OneTimePayments) => world.one_time_payments.add_neighbours(by, now),
                Some(ListOf::PaymentMethods) => world.payment_methods.add_neighbours(by, now),
                Some(ListOf::Charges) => {
                    let method = call.id.as_deref().and_then(request::issued);
                    if let Some(method) = method.and_then(|id| world.payment_methods.find_mut(id)) {
                        method.add_foreign_charges(by, now);
                    }
                }
                None => {}
            }
            Ok(())
        }),
    }
}
