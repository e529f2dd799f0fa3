//! The client of Compago's API.

use compago::endpoint::{CallError, Compago, Endpoint, Transport, call};
use compago::error::Refusal;

mod one_time_payments;
mod payment_intents;
mod payment_methods;

pub use one_time_payments::OneTimePayments;
pub use payment_intents::PaymentIntents;
pub use payment_methods::PaymentMethods;

/// Compago's API, as one organisation's key opens it. Cloning is cheap where cloning the transport is.
#[derive(Debug, Clone)]
pub struct Client<T> {
    transport: T,
}

impl<T: Transport<Compago>> Client<T> {
    /// Creates a client that sends by `transport`.
    pub const fn with_transport(transport: T) -> Self {
        Self { transport }
    }

    /// Payment links.
    pub const fn one_time_payments(&self) -> OneTimePayments<'_, T> {
        OneTimePayments { client: self }
    }

    /// Charges at terminals.
    pub const fn payment_intents(&self) -> PaymentIntents<'_, T> {
        PaymentIntents { client: self }
    }

    /// Saved cards and their charges.
    pub const fn payment_methods(&self) -> PaymentMethods<'_, T> {
        PaymentMethods { client: self }
    }

    /// Makes any call of Compago's.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call<E: Endpoint<Host = Compago>>(&self, endpoint: &E) -> Result<E::Answer, CallError<Refusal>> {
        call(endpoint, &self.transport).await
    }
}
