//! Charges at terminals.

use compago::api::payment_intent::cancel::{Acknowledged, CancelPaymentIntent};
use compago::api::payment_intent::create::{CreatePaymentIntent, CreatedIntent};
use compago::api::payment_intent::get::{GetPaymentIntent, IntentReading};
use compago::endpoint::{CallError, Compago, Transport};
use compago::error::Refusal;
use compago::value::PaymentIntentId;

use super::Client;

/// The calls of charges at terminals; see [`Client::payment_intents`].
#[derive(Debug, Clone, Copy)]
pub struct PaymentIntents<'a, T> {
    pub(super) client: &'a Client<T>,
}

impl<T: Transport<Compago>> PaymentIntents<'_, T> {
    /// Requests a charge at a terminal. It is the requested one only if [`CreatedIntent::answers`] returns `true`: no
    /// later answer contains its amount or external id, so store the returned id beside the sale that it pays.
    ///
    /// After a call without an answer, repeat it with the same external id, which cannot create a second charge. A repeated
    /// call that is refused does not mean that there is no charge: look at the terminal before another one.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn create(&self, charge: &CreatePaymentIntent) -> Result<CreatedIntent, CallError<Refusal>> {
        self.client.call(charge).await
    }

    /// Reads a charge. It is paid if [`IntentReading::charge`] is `Succeeded`, which says nothing about the sale that it
    /// pays: `id` must be the one that was stored at its creation.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn get(&self, id: PaymentIntentId) -> Result<IntentReading, CallError<Refusal>> {
        self.client.call(&GetPaymentIntent { id }).await
    }

    /// Cancels a charge. A refusal may mean that it was just paid, so read it before drawing a conclusion.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn cancel(&self, id: PaymentIntentId) -> Result<Acknowledged, CallError<Refusal>> {
        self.client.call(&CancelPaymentIntent { id }).await
    }
}
