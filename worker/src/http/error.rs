//! The errors of the API. What a client sees of each is in [`crate::http::problems`].

use core::error::Error;

use compago::edge::order::OrderStatus;
use compago::endpoint::CallError;
use compago::error::{Blame, Reason, Refusal};
use compago::flow::intent::Intent;
use compago::flow::order::{CancelRefusal, FulfilmentRefusal, Order, RetryRefusal};
use compago::problem::Problems;
use compago::value::{Amount, Reference};

use crate::config::Misconfigured;
use crate::http::methods::Methods;

mod internal;
mod provider_call;

pub(crate) use internal::InternalError;
pub(crate) use provider_call::ProviderCall;

/// Why a request is not answered with what it asked for.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// The body breaks rules; all problems are reported.
    InvalidBody(Problems),
    /// The body is not JSON.
    NotJson,
    /// The body is larger than is read.
    TooLarge,
    /// The body broke off, or did not arrive within the time for it.
    BodyIncomplete,
    /// The content type is not JSON.
    MediaType,
    /// No such route, order or page.
    NotFound,
    /// The route has other methods.
    Method(Methods),
    /// No `Idempotency-Key`.
    KeyMissing,
    /// The `Idempotency-Key` is malformed.
    KeyMalformed,
    /// The key was used for another body.
    KeyReused,
    /// The first request with this key is still being answered.
    InFlight,
    /// Too many requests of this kind by one client.
    TooMany {
        /// When to come back.
        seconds: u32,
    },
    /// One client, or its network, has too many unpaid payment links.
    TooManyOpenLinks {
        /// When the first of them ends by itself.
        seconds: u32,
    },
    /// The shop has too many unpaid payment links.
    ShopBusy {
        /// When the first of them ends by itself.
        seconds: u32,
    },
    /// Nobody is signed in.
    Unauthenticated,
    /// The token is not one of ours.
    WrongToken,
    /// Signed in, but not in the role that this needs.
    Forbidden,
    /// A page of another origin calls the shop's API, and is on none of the embed origins.
    ForeignPage {
        /// The shop's own origin.
        expected: String,
    },
    /// A page of another origin asks with the cookie of somebody who is signed in, or signs in or out.
    ForeignOrigin {
        /// That of the pages for staff.
        expected: String,
    },
    /// Compago does not answer, or not as documented.
    ProviderUnavailable(ProviderCall),
    /// Compago refuses the shop: its key, organisation or base URL is wrong.
    ProviderRefused(ProviderCall),
    /// Compago refused this one request, for a reason that is not documented.
    RequestRefused(ProviderCall),
    /// The request was sent to a host on which this is not answered.
    WrongHost {
        /// Where it is.
        origin: String,
    },
    /// The client spoke plain http.
    HttpsRequired {
        /// Where it is, over https.
        origin: String,
    },
    /// Below the account's minimum.
    AmountBelowMinimum {
        /// The minimum, if Compago named it.
        minimum: Option<Amount>,
    },
    /// The merchant's external id belongs to another payment.
    ExternalIdTaken,
    /// A payment was made that must not be shown before a person has looked at it.
    PaymentOnHold {
        /// The order's name.
        reference: Reference,
    },
    /// The last payment link can still be paid.
    StillPayable,
    /// The order is paid.
    OrderPaid,
    /// A person looks at the order.
    OrderOnHold,
    /// Nothing more can be done with the order.
    OrderClosed,
    /// The order is not paid: nothing of it may be handed over.
    NotPaid,
    /// The personal data of the order was deleted.
    PersonalDataDeleted,
    /// What has become of the payment is being found out.
    Verifying,
    /// The payment's link cannot be paid any more: there is nothing to cancel.
    NotCancellable,
    /// Another charge of the terminal may still be paid.
    TerminalBusy,
    /// The charge that was to be displaced has been paid.
    IntentPaid,
    /// Compago knows no such terminal.
    TerminalNotFound,
    /// Whether a charge was made is not known.
    IntentUnknown,
    /// The saved card is not active, and so cannot be charged.
    CardNotActive,
    /// The saved card is not active, and so cannot be revoked.
    CardNotRevocable,
    /// The saved card is being charged for something else.
    CardBusy,
    /// The charge is not confirmed: there is nothing to refund.
    PaymentNotConfirmed,
    /// Compago's form is not where forms may be.
    LinkElsewhere,
    /// The query of a list is invalid.
    InvalidQuery,
    /// Settings are missing or malformed.
    Misconfigured,
    /// The catalog file has a mistake, so nothing can be ordered.
    CatalogUnreadable,
    /// The shop's file has a mistake, so nothing can be ordered.
    ShopFileUnreadable,
    /// What the Worker has generated cannot be read now.
    SettingsUnavailable,
    /// The signing key was configured once and is not now, and no other one may take its place.
    SigningKeyRemoved,
    /// The secret that is to be rotated is configured.
    SecretConfigured,
    /// The secret was rotated a moment ago.
    RotatedRecently {
        /// When it can be rotated again.
        seconds: u32,
    },
    /// Our own fault.
    Internal(InternalError),
}

impl ApiError {
    /// Returns why an attempt has no link. `call` created the attempt.
    pub(crate) fn from_order_failure(order: &Order, call: ProviderCall) -> Self {
        match order.status() {
            OrderStatus::OnHold => Self::PaymentOnHold { reference: order.terms().reference },
            OrderStatus::Paid => Self::OrderPaid,
            OrderStatus::Expired | OrderStatus::Cancelled => Self::OrderClosed,
            OrderStatus::Failed => match order.refusal() {
                Some(reason) => Self::from_creation_refusal(reason, call),
                None => Self::ProviderUnavailable(call),
            },
            OrderStatus::AwaitingPayment | OrderStatus::Verifying => Self::ProviderUnavailable(call),
        }
    }

    /// Returns why a charge was not created.
    pub(crate) fn from_intent_failure(charge: &Intent) -> Self {
        match charge.refusal() {
            None => Self::IntentUnknown,
            Some(Reason::NotFound) if charge.terms().terminal_code.is_some() => Self::TerminalNotFound,
            Some(reason) => Self::from_reason(reason, ProviderCall::Charge),
        }
    }

    /// Returns why Compago created nothing.
    pub(crate) fn from_creation_refusal(reason: Reason, call: ProviderCall) -> Self {
        match reason {
            Reason::BelowMinimum(minimum) => Self::AmountBelowMinimum { minimum },
            Reason::DuplicateExternalId => Self::ExternalIdTaken,
            Reason::Currency
            | Reason::MissingOrganization
            | Reason::Unauthorized
            | Reason::NotFound
            | Reason::Busy
            | Reason::Server
            | Reason::Redirect
            | Reason::Other => Self::from_reason(reason, call),
        }
    }

    /// Returns why something that the request names could not be read at Compago.
    pub(crate) fn from_call_error(error: &CallError<Refusal>, call: ProviderCall) -> Self {
        match error {
            CallError::Refused(refusal) if refusal.reason == Reason::NotFound => Self::NotFound,
            CallError::Refused(refusal) => Self::from_reason(refusal.reason, call),
            CallError::Undelivered(_) | CallError::Decode(_) => Self::ProviderUnavailable(call),
        }
    }

    /// Returns why a list of Compago's could not be read. A list that is not found means that the base URL is wrong.
    pub(crate) fn from_list_error(error: &CallError<Refusal>) -> Self {
        let error = Self::from_call_error(error, ProviderCall::Read);
        if matches!(error, Self::NotFound) { Self::ProviderRefused(ProviderCall::Read) } else { error }
    }

    /// Returns why nothing was refunded.
    pub(crate) fn from_refund_failure(refusal: Option<Reason>) -> Self {
        match refusal {
            None => Self::PaymentNotConfirmed,
            Some(Reason::NotFound) => Self::NotFound,
            Some(reason) => Self::from_reason(reason, ProviderCall::Refund),
        }
    }

    /// Returns the error for a reason of Compago's, by who is to blame.
    pub(crate) const fn from_reason(reason: Reason, call: ProviderCall) -> Self {
        match reason.blame() {
            Blame::Ours => Self::ProviderRefused(call),
            Blame::Provider => Self::ProviderUnavailable(call),
            Blame::Caller => Self::RequestRefused(call),
        }
    }
}

impl ApiError {
    /// Returns what failed on our own side with its causes, if that is why. It is for the log alone.
    pub(crate) fn internal(&self) -> Option<String> {
        if let Self::Internal(error) = self { Some(error.chain()) } else { None }
    }
}

impl Error for ApiError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        if let Self::Internal(error) = self { Some(error) } else { None }
    }
}

impl From<InternalError> for ApiError {
    fn from(error: InternalError) -> Self {
        Self::Internal(error)
    }
}

impl From<Methods> for ApiError {
    fn from(allowed: Methods) -> Self {
        Self::Method(allowed)
    }
}

/// The log and `/healthz` name the settings; a client learns only that something is missing.
impl From<Misconfigured> for ApiError {
    fn from(_: Misconfigured) -> Self {
        Self::Misconfigured
    }
}

impl From<Problems> for ApiError {
    fn from(problems: Problems) -> Self {
        Self::InvalidBody(problems)
    }
}

impl From<RetryRefusal> for ApiError {
    fn from(refusal: RetryRefusal) -> Self {
        match refusal {
            RetryRefusal::Paid => Self::OrderPaid,
            RetryRefusal::StillPayable => Self::StillPayable,
            RetryRefusal::OnHold => Self::OrderOnHold,
            RetryRefusal::Closed => Self::OrderClosed,
        }
    }
}

impl From<CancelRefusal> for ApiError {
    fn from(refusal: CancelRefusal) -> Self {
        match refusal {
            CancelRefusal::Paid => Self::OrderPaid,
            CancelRefusal::Verifying => Self::Verifying,
            CancelRefusal::OnHold => Self::OrderOnHold,
            CancelRefusal::Closed => Self::OrderClosed,
        }
    }
}

impl From<FulfilmentRefusal> for ApiError {
    fn from(refusal: FulfilmentRefusal) -> Self {
        match refusal {
            FulfilmentRefusal::NotPaid => Self::NotPaid,
        }
    }
}

impl From<worker::Error> for ApiError {
    fn from(error: worker::Error) -> Self {
        Self::Internal(error.into())
    }
}
