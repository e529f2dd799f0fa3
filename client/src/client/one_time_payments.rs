//! Payment links.

use compago::api::one_time_payment::get::{GetOneTimePayment, Reading};
use compago::endpoint::{CallError, Compago, Transport};
use compago::error::Refusal;
use compago::value::PaymentId;

use super::Client;

/// The calls of payment links; see [`Client::one_time_payments`].
#[derive(Debug, Clone, Copy)]
pub struct OneTimePayments<'a, T> {
    pub(super) client: &'a Client<T>,
}

impl<T: Transport<Compago>> OneTimePayments<'_, T> {
    /// Reads a payment.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn get(&self, id: PaymentId) -> Result<Reading, CallError<Refusal>> {
        self.client.call(&GetOneTimePayment { id }).await
    }
}
