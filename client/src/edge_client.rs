//! The client of a Worker's own API.

use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Endpoint, Transport, call};

mod operator;
mod pages;
mod payment_methods;
mod session;
mod shop;
mod till;

pub use operator::{
    Operator, OperatorAttention, OperatorCharges, OperatorIndex, OperatorOneTimePayments, OperatorOrders,
    OperatorReconciliation, OperatorReports, OperatorSettings, OperatorWebhooks,
};
pub use payment_methods::OperatorPaymentMethods;
pub use session::Session;
pub use shop::Shop;
pub use till::Till;

/// A compago-edge Worker: for pages, tills and merchants' backends. It needs no API key of Compago's.
///
/// A backend's transport sends the token of a role with each call. A page has a session: [`Session::sign_in`] sends the token
/// once, and the browser sends the session's cookie from then on.
///
/// A call that creates something takes an [`IdempotencyKey`](compago::edge::IdempotencyKey): parse a new UUID, store it
/// before the call, and repeat the call with it until it is answered.
#[derive(Debug, Clone)]
pub struct EdgeClient<T> {
    pub(crate) transport: T,
}

impl<T: Transport<Edge>> EdgeClient<T> {
    /// Creates a client that sends by `transport`.
    pub const fn with_transport(transport: T) -> Self {
        Self { transport }
    }

    /// The calls of a payer's page.
    pub const fn shop(&self) -> Shop<'_, T> {
        Shop { client: self }
    }

    /// The calls of a till, which need the role of a cashier.
    pub const fn till(&self) -> Till<'_, T> {
        Till { client: self }
    }

    /// The calls of the operator's page and of the merchant's backend, which need the role of an operator.
    pub const fn operator(&self) -> Operator<'_, T> {
        Operator { client: self }
    }

    /// The session of a page, whose cookie only a browser keeps.
    pub const fn session(&self) -> Session<'_, T> {
        Session { client: self }
    }

    /// Makes any call of the Worker's API.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call<E: Endpoint<Host = Edge>>(&self, endpoint: &E) -> Result<E::Answer, CallError<ProblemDetails>> {
        call(endpoint, &self.transport).await
    }
}
