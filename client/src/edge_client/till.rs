//! The calls of a till.

use compago::edge::calls::pos::{CancelPaymentIntent, CreatePaymentIntent, ReadPaymentIntent, ReadTerminal};
use compago::edge::payment_intent::{IntentView, PaymentIntentRequest};
use compago::edge::{Edge, IdempotencyKey, ProblemDetails};
use compago::endpoint::{CallError, Transport};
use compago::value::{PaymentIntentId, TerminalCode};

use super::EdgeClient;

/// The calls of a till; see [`EdgeClient::till`].
#[derive(Debug, Clone, Copy)]
pub struct Till<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<T: Transport<Edge>> Till<'_, T> {
    /// Charges a card at a terminal. Repeated with the same key, it is the same charge.
    ///
    /// # Errors
    /// [`CallError`], see [`CreatePaymentIntent`].
    pub async fn create_payment_intent(
        &self,
        key: &IdempotencyKey,
        request: &PaymentIntentRequest,
    ) -> Result<IntentView, CallError<ProblemDetails>> {
        self.client.call(&CreatePaymentIntent { idempotency_key: key.clone(), request: request.clone() }).await
    }

    /// Reads the state of a charge.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadPaymentIntent`].
    pub async fn payment_intent(&self, intent: PaymentIntentId) -> Result<IntentView, CallError<ProblemDetails>> {
        self.client.call(&ReadPaymentIntent { intent }).await
    }

    /// Cancels a charge, which may turn out to be paid all the same.
    ///
    /// # Errors
    /// [`CallError`], see [`CancelPaymentIntent`].
    pub async fn cancel_payment_intent(
        &self,
        intent: PaymentIntentId,
    ) -> Result<IntentView, CallError<ProblemDetails>> {
        self.client.call(&CancelPaymentIntent { intent }).await
    }

    /// Reads the latest charge of a terminal.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadTerminal`].
    pub async fn terminal(&self, terminal_code: &TerminalCode) -> Result<IntentView, CallError<ProblemDetails>> {
        self.client.call(&ReadTerminal { terminal_code: terminal_code.clone() }).await
    }
}
