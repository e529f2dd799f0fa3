//! `GET /payment-method/{id}/payment/{paymentId}`: reads one charge of a saved card.
//!
//! <https://docs.compago.com/payment-method/manage>, read November 2026.

use serde::{Deserialize, Serialize};

use super::CardPaymentStatus;
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::value::amount::pesos;
use crate::value::{Amount, CardPaymentId, PaymentMethodId, UnixMillis};

/// Reads the charge with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GetCardPayment {
    /// The saved card.
    pub method: PaymentMethodId,
    /// The charge.
    pub id: CardPaymentId,
}

impl Endpoint for GetCardPayment {
    type Host = Compago;
    type Answer = CardPayment;

    const NAME: &'static str = "payment-method.payment";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/payment-method/{}/payment/{}", self.method, self.id)
    }

    fn read(&self, body: &[u8]) -> Result<CardPayment, DecodeError> {
        read_json(body)
    }
}

/// A charge of a saved card, as all calls about charges return it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CardPayment {
    /// The charge's id.
    pub id: CardPaymentId,
    /// Its state.
    pub status: CardPaymentStatus,
    /// The amount.
    #[serde(deserialize_with = "pesos::read")]
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
    /// When it was made; only the list contains it.
    pub created_at: Option<UnixMillis>,
}
