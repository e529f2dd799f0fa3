//! Saved cards and their charges.

use super::Client;

/// The calls of saved cards; see [`Client::payment_methods`].
#[derive(Debug, Clone, Copy)]
pub struct PaymentMethods<'a, T> {
    pub(super) client: &'a Client<T>,
}
