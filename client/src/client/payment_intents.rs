//! Charges at terminals.

use super::Client;

/// The calls of charges at terminals; see [`Client::payment_intents`].
#[derive(Debug, Clone, Copy)]
pub struct PaymentIntents<'a, T> {
    pub(super) client: &'a Client<T>,
}
