//! Everything that this Worker's API can refuse. What a client sees of it stands in [`crate::http::respond`].

use compago::edge::order::OrderStatus;
use compago::endpoint::CallError;
use compago::error::{Blame, Reason, Refusal};
use compago::flow::intent::Intent;
use compago::flow::order::{CancelRefusal, Order, RetryRefusal};
use compago::problem::Problem;
use compago::value::{Amount, Reference};
use thiserror::Error;

use crate::config::Misconfigured;
use crate::http::methods::Methods;

mod internal;
mod provider_call;

pub(crate) use internal::InternalError;
pub(crate) use provider_call::ProviderCall;

/// Why a request is not answered with what it asked for.
#[derive(Debug, Error)]
pub(crate) enum Fault {
    /// The body breaks rules; all of them are told.
    #[error("the body breaks rules")]
    InvalidBody(Vec<Problem>),
    /// The body is not JSON.
    #[error("the body is not JSON")]
    NotJson,
    /// The body is larger than is read.
    #[error("the body is larger than is read")]
    TooLarge,
    /// The body broke off, or did not arrive within the time for it.
    #[error("the body is incomplete")]
    BodyIncomplete,
    /// The content type is not JSON.
    #[error("the content type is not JSON")]
    MediaType,
    /// No such route, order or page.
    #[error("there is no such thing")]
    NotFound,
    /// The route has other methods.
    #[error("the route has other methods")]
    Method(Methods),
    /// No `Idempotency-Key`.
    #[error("there is no idempotency key")]
    KeyMissing,
    /// An `Idempotency-Key` that is none.
    #[error("the idempotency key is malformed")]
    KeyMalformed,
    /// The key was used for another body.
    #[error("the idempotency key was used for another body")]
    KeyReused,
    /// The first request with this key is still being answered.
    #[error("the first request with this key is being answered")]
    InFlight,
    /// Too many requests of this kind by one client.
    #[error("too many requests")]
    TooMany {
        /// When to come back.
        seconds: u32,
    },
    /// One client, or its network, has too many unpaid payment links.
    #[error("the client has too many unpaid links")]
    TooManyOpenLinks {
        /// When the first of them ends by itself.
        seconds: u32,
    },
    /// The shop has too many unpaid payment links.
    #[error("the shop has too many unpaid links")]
    ShopBusy {
        /// When the first of them ends by itself.
        seconds: u32,
    },
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// The token is not one of ours.
    #[error("the token is not one of ours")]
    WrongToken,
    /// Signed in, but not in the role that this needs.
    #[error("the role does not cover this")]
    Forbidden,
    /// A browser on another origin asks for a change.
    #[error("another origin asks for a change")]
    ForeignOrigin,
    /// Compago does not answer, or not as documented.
    #[error("Compago does not answer")]
    ProviderUnavailable(ProviderCall),
    /// Compago refuses the shop: its key, organisation or base URL is wrong.
    #[error("Compago refuses the shop")]
    ProviderRefused(ProviderCall),
    /// Compago refused this one request, for a reason that is not documented.
    #[error("Compago refused the request")]
    RequestRefused(ProviderCall),
    /// The request was sent to a host on which this is not answered.
    #[error("this is answered on another host")]
    WrongHost {
        /// Where it is.
        origin: String,
    },
    /// The client spoke plain http.
    #[error("this is answered over https")]
    HttpsRequired {
        /// Where it is, over https.
        origin: String,
    },
    /// Below the account's minimum.
    #[error("the amount is below the minimum")]
    AmountBelowMinimum {
        /// The minimum, if Compago named it.
        minimum: Option<Amount>,
    },
    /// The merchant's external id belongs to another payment.
    #[error("the external id is taken")]
    ExternalIdTaken,
    /// A payment was made that must not be shown before a person has looked at it.
    #[error("the payment is on hold")]
    PaymentOnHold {
        /// The order's name.
        reference: Reference,
    },
    /// The last payment link can still be paid.
    #[error("the last link can still be paid")]
    StillPayable,
    /// The order is paid.
    #[error("the order is paid")]
    OrderPaid,
    /// A person looks at the order.
    #[error("the order is on hold")]
    OrderOnHold,
    /// Nothing more can be done with the order.
    #[error("the order is closed")]
    OrderClosed,
    /// What has become of the payment is being found out.
    #[error("the payment is being verified")]
    Verifying,
    /// The payment's link cannot be paid any more: there is nothing to cancel.
    #[error("the payment cannot be cancelled")]
    NotCancellable,
    /// Another charge of the terminal may still be paid.
    #[error("the terminal is busy")]
    TerminalBusy,
    /// The charge that was to be displaced has been paid.
    #[error("the charge that was to be displaced is paid")]
    IntentPaid,
    /// Compago knows no such terminal.
    #[error("there is no such terminal")]
    TerminalNotFound,
    /// Whether a charge was made is not known.
    #[error("whether a charge was made is not known")]
    IntentUnknown,
    /// The saved card is not active, and so cannot be charged.
    #[error("the card is not active")]
    CardNotActive,
    /// The saved card is not active, and so cannot be revoked.
    #[error("the card cannot be revoked")]
    CardNotRevocable,
    /// The saved card is being charged for something else.
    #[error("the card is being charged")]
    CardBusy,
    /// The charge is not confirmed: there is nothing to give back.
    #[error("the charge is not confirmed")]
    PaymentNotConfirmed,
    /// Compago's form is not where forms may be.
    #[error("the form is not where forms may be")]
    LinkElsewhere,
    /// The query of a list is none.
    #[error("the query is invalid")]
    InvalidQuery,
    /// Settings are missing or malformed.
    #[error("settings are missing or malformed")]
    Misconfigured,
    /// The catalog file has a mistake, so nothing can be ordered.
    #[error("the catalog has a mistake")]
    CatalogUnreadable,
    /// Our own fault.
    #[error("something failed on our side")]
    Internal(#[from] InternalError),
}

impl Fault {
    /// Why an attempt has no link to show. `call` made the attempt.
    pub(crate) fn of_unopened(order: &Order, call: ProviderCall) -> Self {
        match order.status() {
            OrderStatus::OnHold => Self::PaymentOnHold { reference: order.terms().reference },
            OrderStatus::Paid => Self::OrderPaid,
            OrderStatus::Expired | OrderStatus::Cancelled => Self::OrderClosed,
            OrderStatus::Failed => match order.refusal() {
                Some(reason) => Self::of_refusal(reason, call),
                None => Self::ProviderUnavailable(call),
            },
            OrderStatus::AwaitingPayment | OrderStatus::Verifying => Self::ProviderUnavailable(call),
        }
    }

    /// Why a charge has nothing to show.
    pub(crate) fn of_unmade(charge: &Intent) -> Self {
        match charge.refusal() {
            None => Self::IntentUnknown,
            Some(Reason::NotFound) if charge.terms().terminal_code.is_some() => Self::TerminalNotFound,
            Some(reason) => Self::blaming(reason, ProviderCall::Charge),
        }
    }

    /// Why Compago made nothing.
    pub(crate) fn of_refusal(reason: Reason, call: ProviderCall) -> Self {
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
            | Reason::Other => Self::blaming(reason, call),
        }
    }

    /// Why something that the request names could not be asked for at Compago.
    pub(crate) fn of_named(error: &CallError<Refusal>, call: ProviderCall) -> Self {
        match error {
            CallError::Refused(refusal) if refusal.reason == Reason::NotFound => Self::NotFound,
            CallError::Refused(refusal) => Self::blaming(refusal.reason, call),
            CallError::Undelivered(_) | CallError::Decode(_) => Self::ProviderUnavailable(call),
        }
    }

    /// Why a list of Compago's could not be read. One that is not found is none of the request's names: the base URL is wrong.
    pub(crate) fn of_list(error: &CallError<Refusal>) -> Self {
        let fault = Self::of_named(error, ProviderCall::Read);
        if matches!(fault, Self::NotFound) { Self::ProviderRefused(ProviderCall::Read) } else { fault }
    }

    /// Why nothing was given back.
    pub(crate) fn of_unrefunded(refusal: Option<Reason>) -> Self {
        match refusal {
            None => Self::PaymentNotConfirmed,
            Some(Reason::NotFound) => Self::NotFound,
            Some(reason) => Self::blaming(reason, ProviderCall::Refund),
        }
    }

    /// For a reason of Compago's, by who can mend it.
    pub(crate) const fn blaming(reason: Reason, call: ProviderCall) -> Self {
        match reason.blame() {
            Blame::Ours => Self::ProviderRefused(call),
            Blame::Provider => Self::ProviderUnavailable(call),
            Blame::Caller => Self::RequestRefused(call),
        }
    }
}

impl Fault {
    /// Returns what failed on our own side with its causes, if that is why: nobody but the log is told.
    pub(crate) fn internal(&self) -> Option<String> {
        if let Self::Internal(error) = self { Some(error.chain()) } else { None }
    }
}

impl From<Methods> for Fault {
    fn from(allowed: Methods) -> Self {
        Self::Method(allowed)
    }
}

/// The log and `/healthz` name the settings; a client learns only that something is missing.
impl From<Misconfigured> for Fault {
    fn from(_: Misconfigured) -> Self {
        Self::Misconfigured
    }
}

impl From<Vec<Problem>> for Fault {
    fn from(problems: Vec<Problem>) -> Self {
        Self::InvalidBody(problems)
    }
}

impl From<RetryRefusal> for Fault {
    fn from(refusal: RetryRefusal) -> Self {
        match refusal {
            RetryRefusal::Paid => Self::OrderPaid,
            RetryRefusal::StillPayable => Self::StillPayable,
            RetryRefusal::OnHold => Self::OrderOnHold,
            RetryRefusal::Closed => Self::OrderClosed,
        }
    }
}

impl From<CancelRefusal> for Fault {
    fn from(refusal: CancelRefusal) -> Self {
        match refusal {
            CancelRefusal::Paid => Self::OrderPaid,
            CancelRefusal::Verifying => Self::Verifying,
            CancelRefusal::OnHold => Self::OrderOnHold,
            CancelRefusal::Closed => Self::OrderClosed,
        }
    }
}

impl From<worker::Error> for Fault {
    fn from(error: worker::Error) -> Self {
        Self::Internal(error.into())
    }
}
